package io.elacsym.distribution.plugins;

import io.elacsym.api.Provider;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.storage.StorageProvider;

/** What a plugin can be. */
public enum PluginKind {
  STORAGE("storage", "storage", StorageProvider.class),
  SEGMENT_FORMAT("segment format", "segment", SegmentFormatProvider.class),
  VECTOR_INDEX("vector index", "index", VectorIndexProvider.class),
  TEXT_INDEX("text index", "index", TextIndexProvider.class);

  private final String label;
  private final String section;
  private final Class<? extends Provider> spi;

  PluginKind(String label, String section, Class<? extends Provider> spi) {
    this.label = label;
    this.section = section;
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

  /** The interface that such plugins provide. */
  public Class<? extends Provider> spi() {
    return spi;
  }
}
