package io.elacsym.format.orc.write;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.SegmentSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/**
 * Some rows as the library takes them. It is filled again and again, and holds few rows, and fewer
 * when these are large, because they are copies. For one thread.
 */
final class RowBatch {
  static final int MAX_ROWS = 64;

  /**
   * A batch is full when its rows take this many bytes beyond their places in the columns: the
   * bytes of texts and the elements of lists, say.
   */
  private static final int FULL_BYTES = 1 << 20;

  private final VectorizedRowBatch batch;
  private final List<ColumnFiller> fillers = new ArrayList<>();

  RowBatch(SegmentSchema schema, TypeDescription type) {
    this.batch = type.createRowBatch(MAX_ROWS);
    for (int i = 0; i < batch.cols.length; i++) {
      fillers.add(ColumnFiller.of(schema.columns().get(i), batch.cols[i]));
    }
  }

  /**
   * Takes some rows in place of those before, at least one.
   *
   * @param columns in the schema's order
   * @param most no more rows, and no more than {@link #MAX_ROWS}
   * @return how many it has taken
   */
  int fill(List<Column> columns, int fromRow, int most) {
    clear();
    long bytes = 0;
    int rows = 0;
    while (rows < most && bytes < FULL_BYTES) {
      for (int i = 0; i < fillers.size(); i++) {
        Column column = columns.get(i);
        ColumnVector vector = batch.cols[i];
        boolean isPresent = column.isPresent(fromRow + rows);
        vector.isNull[rows] = !isPresent;
        if (isPresent) {
          bytes += fillers.get(i).put(column, fromRow + rows, rows);
        } else {
          vector.noNulls = false;
        }
      }
      rows++;
    }
    batch.size = rows;
    return rows;
  }

  private void clear() {
    for (int i = 0; i < fillers.size(); i++) {
      batch.cols[i].noNulls = true;
      fillers.get(i).clear();
    }
  }

  /** The rows that were taken last. */
  VectorizedRowBatch rows() {
    return batch;
  }
}
