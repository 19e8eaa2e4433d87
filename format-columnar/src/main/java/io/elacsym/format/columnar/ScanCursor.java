package io.elacsym.format.columnar;

import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import java.util.Optional;

/** The batches of a scan, up to the last row. */
final class ScanCursor implements BatchCursor {
  /** A batch is no larger, however much is asked for. */
  private static final int MAX_BATCH_ROWS = 8192;

  private final String format;
  private final ColumnarFile.Scan scan;
  private final int batchRows;
  private int rowsLeft;

  ScanCursor(String format, ColumnarFile.Scan scan, int rowsLeft, int batchRows) {
    this.format = format;
    this.scan = scan;
    this.rowsLeft = rowsLeft;
    this.batchRows = Math.min(batchRows, MAX_BATCH_ROWS);
  }

  @Override
  public Optional<ColumnBatch> next() {
    if (rowsLeft == 0) {
      return Optional.empty();
    }
    ColumnBatch batch = Decoding.of(format, () -> scan.next(Math.min(batchRows, rowsLeft)));
    rowsLeft -= batch.rows();
    return Optional.of(batch);
  }

  @Override
  public void close() {
    rowsLeft = 0;
    scan.close();
  }
}
