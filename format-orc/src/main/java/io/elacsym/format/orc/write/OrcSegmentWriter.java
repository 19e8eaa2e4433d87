package io.elacsym.format.orc.write;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.format.orc.layout.ChunkCodec;
import io.elacsym.format.orc.layout.Codecs;
import io.elacsym.format.orc.layout.OrcSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.orc.OrcUtils;
import org.apache.orc.TypeDescription;
import org.apache.orc.impl.writer.StreamOptions;

/** Hands rows to the library in small batches, and ends a stripe when it is large enough. */
public final class OrcSegmentWriter implements SegmentWriter {
  /** Stripes end after a multiple of these, so that batches do not matter. */
  private static final int SIZE_CHECK_ROWS = RowBatch.MAX_ROWS;

  private final SegmentSchema schema;
  private final WriteSettings settings;
  private final Optional<ChunkCodec> codec;
  private final RowBatch batch;
  private final OrcFileWriter file;

  public OrcSegmentWriter(SegmentSchema schema, BlobSink sink, WriteSettings settings) {
    if (schema.columns().isEmpty()) {
      throw ElacsymException.invalid("an ORC file needs at least one column");
    }
    this.schema = schema;
    this.settings = settings;
    this.codec = Codecs.codec(settings.compression(), settings.zstdLevel());
    try {
      TypeDescription type =
          OrcUtils.convertTypeFromProtobuf(OrcSchema.types(schema), OrcSchema.ROOT);
      this.batch = new RowBatch(schema, type);
      this.file = file(type, sink);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private OrcFileWriter file(TypeDescription type, BlobSink sink) throws IOException {
    SinkFile to = new SinkFile(sink, options(codec), new KeptStatistics(schema));
    Set<Integer> components = KeptStatistics.componentColumns(schema);
    StreamOptions original = options(codec.map(used -> new OriginalChunkCodec(used.getKind())));
    ColumnContext context =
        new ColumnContext(
            to, original, components, settings.rowGroupRows(), type.getMaximumId() + 1);
    return new OrcFileWriter(schema, type, to, context);
  }

  private StreamOptions options(Optional<? extends ChunkCodec> used) {
    StreamOptions options = new StreamOptions(settings.chunkBytes());
    used.ifPresent(chunks -> options.withCodec(chunks, chunks.getDefaultOptions()));
    return options;
  }

  @Override
  public void write(ColumnBatch rows) {
    List<Column> columns = rows.columns(schema);
    try {
      for (int row = 0; row < rows.rows(); ) {
        row += batch.fill(columns, row, Math.min(rows.rows() - row, room()));
        file.add(batch.rows());
        if (file.stripeRows() % SIZE_CHECK_ROWS == 0
            && file.bufferedBytes() >= settings.stripeBytes()) {
          file.endStripe();
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** How many rows can be added at once: up to where a row group or a stripe may end. */
  private int room() {
    int toSizeCheck = SIZE_CHECK_ROWS - file.stripeRows() % SIZE_CHECK_ROWS;
    return Math.min(toSizeCheck, file.roomInRowGroup());
  }

  @Override
  public void finish() {
    try {
      file.end();
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
