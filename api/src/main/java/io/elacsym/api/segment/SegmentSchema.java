package io.elacsym.api.segment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a segment, in order.
 *
 * @param columns with distinct names
 */
public record SegmentSchema(List<ColumnSpec> columns) {
  public SegmentSchema {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (ColumnSpec column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns are called " + column.name());
      }
    }
  }
}
