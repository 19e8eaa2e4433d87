package io.elacsym.format.parquet;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.format.columnar.ColumnarFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads columns front to back. Pages are read some megabytes at a time, all columns in one wave.
 */
final class ParquetScan implements ColumnarFile.Scan {
  private final ParquetSegmentFile file;
  private final Decompressor decompressor = new Decompressor();
  private final List<ColumnScan> columns;
  private final int rows;
  private int row;
  private int loadedTo;

  ParquetScan(ParquetSegmentFile file, List<PageTable> tables, int fromRow) {
    this.file = file;
    this.columns =
        tables.stream().map(table -> new ColumnScan(file, table, decompressor, fromRow)).toList();
    this.rows = file.rows();
    this.row = fromRow;
    this.loadedTo = fromRow;
  }

  @Override
  public ColumnBatch next(int most) throws IOException {
    int count = Math.min(most, rows - row);
    if (row + count > loadedTo) {
      load(waveEnd(row + count));
    }
    List<Column> batch = new ArrayList<>();
    for (ColumnScan column : columns) {
      batch.add(column.read(count));
    }
    row += count;
    return ColumnBatch.of(count, batch);
  }

  /** The end of a wave that holds at least the rows before {@code least}. */
  private int waveEnd(int least) {
    long bytes = 0;
    for (ColumnScan column : columns) {
      bytes += column.bytesTo(least);
    }
    long step = Math.max(1, least - loadedTo);
    double bytesPerRow = Math.max(1, (double) bytes / step);
    return (int)
        Math.min(rows, Math.max(least, loadedTo + (long) (ColumnarFile.WAVE_BYTES / bytesPerRow)));
  }

  private void load(int end) throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    columns.forEach(column -> column.want(end, ranges));
    List<MemorySegment> bytes = file.source().readAll(ranges);
    int next = 0;
    for (ColumnScan column : columns) {
      next = column.take(bytes, next);
    }
    loadedTo = end;
  }

  @Override
  public void close() {
    columns.forEach(ColumnScan::drop);
    decompressor.close();
  }
}
