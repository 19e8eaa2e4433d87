package io.elacsym.api.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Some columns of the same rows.
 *
 * @param rows how many rows
 * @param columns by name, in the order asked or declared
 */
public record ColumnBatch(int rows, SequencedMap<String, Column> columns) {
  public static ColumnBatch of(int rows, List<Column> columns) {
    SequencedMap<String, Column> byName = new LinkedHashMap<>();
    for (Column column : columns) {
      if (column.rows() != rows) {
        throw new IllegalArgumentException(
            "column " + column.spec().name() + " has " + column.rows() + " rows, not " + rows);
      }
      byName.put(column.spec().name(), column);
    }
    return new ColumnBatch(rows, byName);
  }

  /**
   * The columns in a schema's order.
   *
   * @throws IllegalArgumentException when they are not exactly the schema's
   */
  public List<Column> columns(SegmentSchema schema) {
    List<Column> inOrder = new ArrayList<>();
    for (ColumnSpec spec : schema.columns()) {
      Column column = column(spec.name());
      if (!column.spec().equals(spec)) {
        throw new IllegalArgumentException("column " + column.spec() + ", expected " + spec);
      }
      inOrder.add(column);
    }
    if (columns.size() != inOrder.size()) {
      throw new IllegalArgumentException(
          "columns " + columns.keySet() + ", expected those of the schema");
    }
    return inOrder;
  }

  /**
   * @throws IllegalArgumentException when the batch has no such column
   */
  public Column column(String name) {
    Map<String, Column> byName = columns;
    Column column = byName.get(name);
    if (column == null) {
      throw new IllegalArgumentException("no column " + name + " among " + columns.keySet());
    }
    return column;
  }
}
