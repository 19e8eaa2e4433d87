package io.elacsym.tck.memory;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;

/**
 * The segment format {@code rows}: simple, uncompressed, for tests. 1,024 rows of one column are a
 * chunk; a directory of all chunks ends the file.
 */
public final class RowsFormatProvider implements SegmentFormatProvider {
  /** The name for configuration. */
  public static final String NAME = "rows";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "A simple uncompressed segment format, for tests.";
  }

  @Override
  public Encoding encoding() {
    return Encoding.of(NAME, 1);
  }

  @Override
  public String extension() {
    return "rows";
  }

  @Override
  public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
    return new RowsWriter(schema, sink);
  }

  @Override
  public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
    return new RowsReader(source, RowsDirectory.readFrom(source));
  }
}
