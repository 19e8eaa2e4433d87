package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.RowSource.Visitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Visits rows of a segment with some of their attributes, some rows at a time. Where few rows are
 * wanted only they are read, else the columns from the first to the last wanted row.
 */
final class ColumnVisit {
  /** With fewer than one of so many rows, reading them alone is cheaper than whole columns. */
  private static final int SCAN_SHARE = 64;

  private static final int ROWS_BETWEEN_CHECKS = 1_024;

  private final SegmentReader reader;
  private final Schema schema;
  private final List<String> attributes;
  private final int rowsAtOnce;
  private final Visitor visitor;

  /**
   * @param schema may have gained attributes since the segment was written
   * @param attributes in the order in which the visitor asks for them
   * @param rowsAtOnce of how many rows the attributes may be in memory
   */
  ColumnVisit(
      SegmentReader reader,
      Schema schema,
      List<String> attributes,
      int rowsAtOnce,
      Visitor visitor) {
    this.reader = reader;
    this.schema = schema;
    this.attributes = attributes;
    this.rowsAtOnce = rowsAtOnce;
    this.visitor = visitor;
  }

  /**
   * Visits rows in ascending order.
   *
   * @param stored those of the attributes that the segment has
   */
  void visit(RowSet rows, List<String> stored) {
    if (stored.isEmpty()) {
      visit(rows, 0, ColumnBatch.of(rows.rowCount(), List.of()));
    } else if (rows.cardinality() < rows.rowCount() / SCAN_SHARE) {
      fetch(rows, stored);
    } else {
      scan(rows, stored);
    }
  }

  private void fetch(RowSet rows, List<String> stored) {
    int[] batch = new int[Math.min(rowsAtOnce, rows.cardinality())];
    int row = rows.next(0);
    while (row >= 0) {
      Deadline.check();
      int count = 0;
      for (; row >= 0 && count < batch.length; row = rows.next(row + 1)) {
        batch[count++] = row;
      }
      ColumnBatch read = reader.fetch(Arrays.copyOf(batch, count), stored);
      List<IntFunction<Optional<Value>>> values = values(read);
      for (int i = 0; i < count; i++) {
        visit(batch[i], i, values);
      }
    }
  }

  private void scan(RowSet rows, List<String> stored) {
    int from = rows.next(0);
    if (from < 0) {
      return;
    }
    try (BatchCursor cursor = reader.scan(stored, from, rowsAtOnce)) {
      while (rows.next(from) >= 0) {
        Optional<ColumnBatch> batch = cursor.next();
        if (batch.isEmpty()) {
          throw ElacsymException.corrupt(
              "columns " + stored + " of a segment end before row " + rows.next(from));
        }
        visit(rows, from, batch.get());
        from += batch.get().rows();
      }
    }
  }

  /**
   * @param from the first row of the batch
   */
  private void visit(RowSet rows, int from, ColumnBatch batch) {
    List<IntFunction<Optional<Value>>> values = values(batch);
    int end = from + batch.rows();
    int visited = 0;
    for (int row = rows.next(from); row >= 0 && row < end; row = rows.next(row + 1)) {
      if (visited++ % ROWS_BETWEEN_CHECKS == 0) {
        Deadline.check();
      }
      visit(row, row - from, values);
    }
  }

  private void visit(int row, int place, List<IntFunction<Optional<Value>>> values) {
    visitor.row(row, attribute -> values.get(attribute).apply(place));
  }

  /** For each attribute its values in a batch, by their place there. */
  private List<IntFunction<Optional<Value>>> values(ColumnBatch batch) {
    List<IntFunction<Optional<Value>>> values = new ArrayList<>(attributes.size());
    for (String attribute : attributes) {
      Optional<Attribute> declared = schema.attribute(attribute);
      if (declared.isEmpty() || !batch.columns().containsKey(attribute)) {
        values.add(place -> Optional.empty());
      } else {
        Column column = batch.column(attribute);
        AttributeType type = declared.get().type();
        values.add(place -> ColumnValues.read(column, type, place));
      }
    }
    return values;
  }
}
