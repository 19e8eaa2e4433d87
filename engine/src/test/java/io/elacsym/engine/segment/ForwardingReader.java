package io.elacsym.engine.segment;

import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.VectorPlaces;
import java.util.List;
import java.util.Optional;

/** A reader, to be changed by overriding. */
public class ForwardingReader implements SegmentReader {
  private final SegmentReader inner;

  public ForwardingReader(SegmentReader inner) {
    this.inner = inner;
  }

  @Override
  public SegmentSchema schema() {
    return inner.schema();
  }

  @Override
  public int rowCount() {
    return inner.rowCount();
  }

  @Override
  public Optional<ColumnStatistics> statistics(String column) {
    return inner.statistics(column);
  }

  @Override
  public List<PageBounds> pageBounds(String column) {
    return inner.pageBounds(column);
  }

  @Override
  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
    return inner.scan(columns, fromRow, batchRows);
  }

  @Override
  public ColumnBatch fetch(int[] rows, List<String> columns) {
    return inner.fetch(rows, columns);
  }

  @Override
  public Optional<VectorPlaces> vectorPlaces(String column) {
    return inner.vectorPlaces(column);
  }

  @Override
  public void close() {
    inner.close();
  }
}
