package io.elacsym.engine.border;

import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.VectorPlaces;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A reader of documents that gives as many rows as were asked for, and the columns that were, or
 * fails: there is nothing else from which they could be had, and a merge of too few rows would lose
 * the others. Safe for use by many threads.
 */
public final class CheckedReader implements SegmentReader {
  private final SegmentReader reader;
  private final PluginName plugin;
  private final PluginWatch watch;

  public CheckedReader(SegmentReader reader, PluginName plugin, PluginWatch watch) {
    this.reader = reader;
    this.plugin = plugin;
    this.watch = watch;
  }

  @Override
  public SegmentSchema schema() {
    return reader.schema();
  }

  @Override
  public int rowCount() {
    return reader.rowCount();
  }

  @Override
  public Optional<ColumnStatistics> statistics(String column) {
    return reader.statistics(column);
  }

  @Override
  public List<PageBounds> pageBounds(String column) {
    return reader.pageBounds(column);
  }

  @Override
  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
    BatchCursor cursor = reader.scan(columns, fromRow, batchRows);
    return new BatchCursor() {
      private int left = rowCount() - fromRow;

      @Override
      public Optional<ColumnBatch> next() {
        Optional<ColumnBatch> batch = cursor.next();
        int rows = batch.map(ColumnBatch::rows).orElse(0);
        left -= rows;
        require(batch.isEmpty() || (rows > 0 && rows <= batchRows), "a batch of another size");
        require(left >= 0, "more rows than there are");
        require(batch.isPresent() || left == 0, "fewer rows than there are");
        batch.ifPresent(b -> requireColumns(b, columns));
        return batch;
      }

      @Override
      public void close() {
        cursor.close();
      }

      private void require(boolean kept, String what) {
        CheckedReader.this.require(kept, "scan gave " + what);
      }
    };
  }

  @Override
  public ColumnBatch fetch(int[] rows, List<String> columns) {
    ColumnBatch batch = reader.fetch(rows, columns);
    require(batch.rows() == rows.length, "fetch gave another number of rows than was asked for");
    requireColumns(batch, columns);
    return batch;
  }

  private void requireColumns(ColumnBatch batch, List<String> columns) {
    require(
        batch.columns().keySet().equals(Set.copyOf(columns)),
        "a reader gave other columns than were asked for");
  }

  private void require(boolean kept, String otherwise) {
    if (!kept) {
      watch.broke(plugin, otherwise);
      throw WrongAnswer.of(plugin, otherwise);
    }
  }

  @Override
  public Optional<VectorPlaces> vectorPlaces(String column) {
    return reader.vectorPlaces(column);
  }

  @Override
  public void close() {
    reader.close();
  }
}
