package io.elacsym.format.parquet;

import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.format.columnar.ColumnarReader;
import java.util.List;

/** The segment format {@code parquet}. */
public final class ParquetFormatProvider implements SegmentFormatProvider {
  private static final Encoding ENCODING = Encoding.of("parquet", 1);

  @Override
  public String name() {
    return ENCODING.name();
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return "Apache Parquet files, readable by any Parquet tool";
  }

  @Override
  public List<Option> options() {
    return WriteSettings.OPTIONS;
  }

  @Override
  public void check(Options options) {
    var _ = WriteSettings.of(options);
  }

  @Override
  public Encoding encoding() {
    return ENCODING;
  }

  @Override
  public String extension() {
    return "parquet";
  }

  @Override
  public boolean placesVectors() {
    return true;
  }

  @Override
  public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
    return new ParquetSegmentWriter(schema, sink, WriteSettings.of(context.options()));
  }

  @Override
  public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
    return ColumnarReader.open("Parquet", () -> ParquetSegmentFile.open(source));
  }
}
