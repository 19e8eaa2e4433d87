package io.elacsym.api.segment;

import java.util.List;
import java.util.Optional;

/**
 * Reads one segment. Safe for use by many threads. Rows are numbered from 0 in the order in which
 * they were written; unknown column names are {@link IllegalArgumentException}s.
 */
public interface SegmentReader extends AutoCloseable {
  /** The schema as it was given to the writer: same columns, same order, same logical types. */
  SegmentSchema schema();

  int rowCount();

  /** What the file knows of a column's values; empty when it keeps no such record. */
  default Optional<ColumnStatistics> statistics(String column) {
    return Optional.empty();
  }

  /**
   * What the file knows of a column's values page by page, in the order of the rows; without those
   * pages of which it knows no bounds. What must be known for that is read by this call.
   *
   * @return none when it keeps no such record, or none that is small beside the column
   */
  default List<PageBounds> pageBounds(String column) {
    return List.of();
  }

  /**
   * Reads some columns of all rows from {@code fromRow} on. Bytes of other columns are not read.
   *
   * @param columns may be none: then batches say only how many rows there are
   * @param batchRows at most this many rows a batch
   */
  BatchCursor scan(List<String> columns, int fromRow, int batchRows);

  /**
   * Reads some columns of some rows. Only what is needed of the file is read.
   *
   * @param rows any order, repeats allowed; row {@code i} of the result is {@code rows[i]}
   * @param columns may be none
   */
  ColumnBatch fetch(int[] rows, List<String> columns);

  /**
   * Where single vectors of a column can be read without decoding anything. What must be known for
   * that is read by this call.
   *
   * @return empty when this file has them in no such form, not even some
   */
  default Optional<VectorPlaces> vectorPlaces(String column) {
    return Optional.empty();
  }

  @Override
  void close();
}
