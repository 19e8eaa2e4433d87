package io.elacsym.engine.border;

import io.elacsym.api.Provider;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.storage.StorageProvider;

/**
 * Which plugin something comes from.
 *
 * @param kind what it plugs in, in words
 * @param name by which configuration calls it
 */
public record PluginName(String kind, String name) {
  private static final String VECTOR_INDEX = "vector index";

  /** Of a provider, wrapped or not. */
  public static PluginName of(Provider provider) {
    String kind =
        switch (provider) {
          case StorageProvider p -> "storage";
          case SegmentFormatProvider p -> "segment format";
          case VectorIndexProvider p -> VECTOR_INDEX;
          case TextIndexProvider p -> "text index";
          default -> "unknown";
        };
    return new PluginName(kind, provider.name());
  }

  /** Of the vector index with a name. */
  public static PluginName ofVectorIndex(String name) {
    return new PluginName(VECTOR_INDEX, name);
  }

  /** For messages: {@code vector index plugin 'hnsw'}. */
  @Override
  public String toString() {
    return kind + " plugin '" + name + "'";
  }
}
