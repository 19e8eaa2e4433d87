package io.elacsym.distribution.plugins;

import io.elacsym.api.Provider;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;

/** What a plugin can be. */
public enum PluginKind {
  STORAGE("storage", "storage", "backend", StorageProvider.class),
  SEGMENT_FORMAT("segment format", "segment", "format", SegmentFormatProvider.class),
  VECTOR_INDEX("vector index", "index", "vector", VectorIndexProvider.class),
  TEXT_INDEX("text index", "index", "text", TextIndexProvider.class);

  private final String label;
  private final String section;
  private final String key;
  private final Class<? extends Provider> spi;

  PluginKind(String label, String section, String key, Class<? extends Provider> spi) {
    this.label = label;
    this.section = section;
    this.key = key;
    this.spi = spi;
  }

  /** What people call it. */
  public String label() {
    return label;
  }

  /** The configuration table in which the tables of such plugins stand. */
  public String section() {
    return section;
  }

  /** The key of the configuration that chooses one of them, such as {@code storage.backend}. */
  public String key() {
    return section + "." + key;
  }

  /** The interface that such plugins provide. */
  public Class<? extends Provider> spi() {
    return spi;
  }

  /** The name of the one that is chosen. */
  public String chosen(EngineSettings settings) {
    return switch (this) {
      case STORAGE -> settings.storageBackend();
      case SEGMENT_FORMAT -> settings.segmentFormat();
      case VECTOR_INDEX -> settings.vectorIndex();
      case TEXT_INDEX -> settings.textIndex();
    };
  }

  /**
   * The one with a name.
   *
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} listing those there are
   */
  public Provider named(Providers providers, String name) {
    return switch (this) {
      case STORAGE -> providers.storage(name);
      case SEGMENT_FORMAT -> providers.segmentFormat(name);
      case VECTOR_INDEX -> providers.vectorIndex(name);
      case TEXT_INDEX -> providers.textIndex(name);
    };
  }
}
