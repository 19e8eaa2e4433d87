package io.elacsym.format.columnar;

import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.VectorPlaces;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An open file, as {@link ColumnarReader} uses it: the reader has checked before each call that the
 * rows and columns it asks for are in the file. All methods but {@link #schema} and {@link #rows}
 * may throw whatever the library throws at bytes that are not what was written. Safe for use by
 * many threads.
 */
public interface ColumnarFile extends AutoCloseable {
  /** How many bytes a scan reads in one wave, roughly. */
  int WAVE_BYTES = 8 << 20;

  /** The schema as it was given to the writer. */
  SegmentSchema schema();

  /** How many rows it has. */
  int rows();

  /** What it knows of a column's values. */
  ColumnStatistics statistics(ColumnSpec column) throws IOException;

  /** What it knows of a column's values page by page. */
  default List<PageBounds> pageBounds(ColumnSpec column) throws IOException {
    return List.of();
  }

  /** Reads some rows, which are in order and distinct. */
  ColumnBatch fetch(int[] rows, List<ColumnSpec> columns) throws IOException;

  /** Where it has the vectors of a column as plain floats; empty when it has them otherwise. */
  default Optional<VectorPlaces> vectorPlaces(ColumnSpec column) throws IOException {
    return Optional.empty();
  }

  /** Begins to read all rows from one on. */
  Scan scan(int fromRow, List<ColumnSpec> columns) throws IOException;

  @Override
  void close();

  /** Reads rows front to back. For one thread. */
  interface Scan extends AutoCloseable {
    /** The next rows, at least one and at most so many; only asked for while there are some. */
    ColumnBatch next(int most) throws IOException;

    @Override
    void close();
  }
}
