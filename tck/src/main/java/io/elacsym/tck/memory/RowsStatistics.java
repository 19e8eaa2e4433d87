package io.elacsym.tck.memory;

import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what a {@code rows} file says of one column. */
final class RowsStatistics {
  private final Comparator<Object> order;
  private final boolean bounded;
  private long absent;
  private Optional<Object> min = Optional.empty();
  private Optional<Object> max = Optional.empty();

  RowsStatistics(ColumnSpec spec) {
    this.bounded = spec.type() != ValueType.BINARY && spec.type() != ValueType.VECTOR;
    this.order = order(spec);
  }

  /** How values of a column are ordered: {@code uint} counts without a sign. */
  static Comparator<Object> order(ColumnSpec spec) {
    return switch (spec.type()) {
      case BOOL -> (a, b) -> Boolean.compare((Boolean) a, (Boolean) b);
      case INT64 ->
          spec.logicalType().equals("uint")
              ? (a, b) -> Long.compareUnsigned((Long) a, (Long) b)
              : (a, b) -> Long.compare((Long) a, (Long) b);
      case FLOAT64 -> (a, b) -> Double.compare((Double) a, (Double) b);
      case STRING -> (a, b) -> Arrays.compareUnsigned(utf8((String) a), utf8((String) b));
      case BINARY, VECTOR -> (_, _) -> 0;
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void add(Object cell) {
    if (cell == Cells.Absent.ABSENT) {
      absent++;
    } else if (bounded) {
      List<?> values = cell instanceof List<?> elements ? elements : List.of(cell);
      for (Object value : values) {
        if (value instanceof Double number && number.isNaN()) {
          continue; // it has no place in the order
        }
        min = Optional.of(min.filter(least -> order.compare(least, value) <= 0).orElse(value));
        max = Optional.of(max.filter(most -> order.compare(most, value) >= 0).orElse(value));
      }
    }
  }

  ColumnStatistics result() {
    return new ColumnStatistics(
        absent, min.map(value -> (Comparable<?>) value), max.map(value -> (Comparable<?>) value));
  }
}
