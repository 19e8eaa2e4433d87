package io.elacsym.format.parquet;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads columns front to back. Pages are read some megabytes at a time, all columns in one wave,
 * while the host is told what comes next.
 */
final class Scan implements BatchCursor {
  /** How much is read in one wave. */
  private static final int WAVE_BYTES = 8 << 20;

  /** A batch is no larger, however much is asked for. */
  private static final int MAX_BATCH_ROWS = 8192;

  private final ParquetSegmentReader reader;
  private final Decompressor decompressor = new Decompressor();
  private final List<ColumnScan> columns;
  private final int rows;
  private final int batchRows;
  private int row;
  private int loadedTo;

  Scan(ParquetSegmentReader reader, List<PageTable> tables, int fromRow, int batchRows) {
    this.reader = reader;
    this.columns =
        tables.stream().map(table -> new ColumnScan(reader, table, decompressor, fromRow)).toList();
    this.rows = reader.rowCount();
    this.batchRows = Math.min(batchRows, MAX_BATCH_ROWS);
    this.row = fromRow;
    this.loadedTo = fromRow;
  }

  @Override
  public Optional<ColumnBatch> next() {
    return row == rows ? Optional.empty() : ParquetSegmentReader.decoding(this::batch);
  }

  private Optional<ColumnBatch> batch() throws IOException {
    int count = Math.min(batchRows, rows - row);
    if (row + count > loadedTo) {
      load(waveEnd(row + count));
    }
    List<Column> batch = new ArrayList<>();
    for (ColumnScan column : columns) {
      batch.add(column.read(count));
    }
    row += count;
    return Optional.of(ColumnBatch.of(count, batch));
  }

  /** The end of a wave that holds at least the rows before {@code least}. */
  private int waveEnd(int least) {
    long bytes = 0;
    for (ColumnScan column : columns) {
      bytes += column.bytesTo(least);
    }
    long step = Math.max(1, least - loadedTo);
    double bytesPerRow = Math.max(1, (double) bytes / step);
    return (int) Math.min(rows, Math.max(least, loadedTo + (long) (WAVE_BYTES / bytesPerRow)));
  }

  private void load(int end) throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    columns.forEach(column -> column.want(end, ranges));
    List<MemorySegment> bytes = reader.file().readAll(ranges);
    int next = 0;
    for (ColumnScan column : columns) {
      next = column.take(bytes, next);
    }
    int length = end - loadedTo;
    loadedTo = end;
    if (end < rows) {
      int soon = (int) Math.min(rows, (long) end + length);
      List<ByteRange> upcoming = new ArrayList<>();
      columns.forEach(column -> column.upcoming(soon, upcoming));
      reader.file().prefetch(upcoming);
    }
  }

  @Override
  public void close() {
    row = rows;
    columns.forEach(ColumnScan::drop);
    decompressor.close();
  }
}
