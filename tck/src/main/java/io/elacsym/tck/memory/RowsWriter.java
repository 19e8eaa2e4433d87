package io.elacsym.tck.memory;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a {@code rows} file, a chunk of each column whenever enough rows have come. */
final class RowsWriter implements SegmentWriter {
  private final SegmentSchema schema;
  private final BlobSink sink;
  private final List<List<Object>> pending = new ArrayList<>();
  private final List<RowsStatistics> statistics = new ArrayList<>();
  private final List<List<ByteRange>> chunks = new ArrayList<>();
  private int rows;
  private boolean ended;

  RowsWriter(SegmentSchema schema, BlobSink sink) {
    this.schema = schema;
    this.sink = sink;
    for (ColumnSpec spec : schema.columns()) {
      pending.add(new ArrayList<>());
      statistics.add(new RowsStatistics(spec));
      chunks.add(new ArrayList<>());
    }
  }

  @Override
  public void write(ColumnBatch batch) {
    checkOpen();
    List<Column> columns = batch.columns(schema);
    for (int row = 0; row < batch.rows(); row++) {
      for (int c = 0; c < columns.size(); c++) {
        pending.get(c).add(Cells.at(columns.get(c), row));
      }
      rows++;
      if (rows % RowsDirectory.CHUNK_ROWS == 0) {
        writeChunks();
      }
    }
  }

  private void writeChunks() {
    for (int c = 0; c < schema.columns().size(); c++) {
      ColumnSpec spec = schema.columns().get(c);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      try {
        for (Object cell : pending.get(c)) {
          statistics.get(c).add(cell);
          RowsCells.write(out, spec, cell);
        }
      } catch (IOException e) {
        throw ElacsymException.unavailable("a chunk cannot be written: " + e, e);
      }
      chunks.get(c).add(new ByteRange(sink.position(), bytes.size()));
      sink.write(bytes.toByteArray());
      pending.get(c).clear();
    }
  }

  @Override
  public void finish() {
    checkOpen();
    ended = true;
    if (rows % RowsDirectory.CHUNK_ROWS != 0) {
      writeChunks();
    }
    RowsDirectory directory =
        new RowsDirectory(
            schema, rows, statistics.stream().map(RowsStatistics::result).toList(), chunks);
    try {
      sink.write(directory.bytes(sink.position()));
    } catch (IOException e) {
      throw ElacsymException.unavailable("the directory cannot be written: " + e, e);
    }
  }

  @Override
  public void close() {
    ended = true;
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException("the segment is finished or closed");
    }
  }
}
