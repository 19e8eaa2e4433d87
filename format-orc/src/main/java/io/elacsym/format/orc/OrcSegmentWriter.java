package io.elacsym.format.orc;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.orc.impl.writer.StreamOptions;

/** Writes rows into stripes, one after the other. */
final class OrcSegmentWriter implements SegmentWriter {
  private static final int SIZE_CHECK_ROWS = 64;

  private final SegmentSchema schema;
  private final WriteSettings settings;
  private final Optional<ChunkCodec> codec;
  private final StreamOptions compressed;
  private final StreamOptions original;
  private final FileSink file;
  private StripeWriter stripe;

  OrcSegmentWriter(SegmentSchema schema, BlobSink sink, WriteSettings settings) {
    if (schema.columns().isEmpty()) {
      throw ElacsymException.invalid("an ORC file needs at least one column");
    }
    this.schema = schema;
    this.settings = settings;
    this.codec = settings.compression().codec(settings.zstdLevel());
    this.compressed = options(settings, codec);
    this.original = options(settings, codec.map(used -> new OriginalChunkCodec(used.getKind())));
    this.file = new FileSink(sink, compressed);
    try {
      this.stripe = newStripe();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static StreamOptions options(
      WriteSettings settings, Optional<? extends ChunkCodec> codec) {
    StreamOptions options = new StreamOptions(settings.chunkBytes());
    codec.ifPresent(used -> options.withCodec(used, used.getDefaultOptions()));
    return options;
  }

  private StripeWriter newStripe() throws IOException {
    return new StripeWriter(
        schema, settings.rowGroupRows(), new StripeStreams(compressed, original));
  }

  @Override
  public void write(ColumnBatch batch) {
    List<Column> columns = new ArrayList<>();
    for (ColumnSpec spec : schema.columns()) {
      Column column = batch.column(spec.name());
      if (!column.spec().equals(spec)) {
        throw new IllegalArgumentException("column " + column.spec() + ", expected " + spec);
      }
      columns.add(column);
    }
    if (batch.columns().size() != columns.size()) {
      throw new IllegalArgumentException(
          "columns " + batch.columns().keySet() + ", expected those of the schema");
    }
    try {
      for (int row = 0; row < batch.rows(); row++) {
        stripe.add(columns, row);
        if (stripe.rows() % SIZE_CHECK_ROWS == 0
            && stripe.bufferedBytes() >= settings.stripeBytes()) {
          stripe.flush(file);
          stripe = newStripe();
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void finish() {
    try {
      stripe.flush(file);
      file.end(new SchemaMetadata(schema), settings.rowGroupRows(), settings.compression());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    codec.ifPresent(ChunkCodec::close);
  }

  private static ElacsymException failed(IOException e) {
    return new ElacsymException(ErrorKind.INTERNAL, "writing ORC: " + e.getMessage(), e);
  }
}
