package io.elacsym.format.parquet;

import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.ValueType;
import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;

/** What the footer knows of a column's values. */
final class FooterStatistics {
  private FooterStatistics() {}

  static ColumnStatistics of(Footer.FooterColumn column) {
    Optional<Statistics<?>> merged = Optional.empty();
    boolean known = column.spec().type() != ValueType.VECTOR;
    for (ColumnChunkMetaData chunk : column.chunks()) {
      Statistics<?> statistics = chunk.getStatistics();
      boolean isAllAbsent =
          statistics.isNumNullsSet() && statistics.getNumNulls() == chunk.getValueCount();
      if (isAllAbsent) {
        continue;
      }
      // A chunk with values but without bounds (very long strings, NaN) says nothing of them all.
      known &= statistics.hasNonNullValue();
      if (merged.isPresent()) {
        merged.get().mergeStatistics(statistics);
      } else {
        merged = Optional.of(statistics.copy());
      }
    }
    Optional<Statistics<?>> bounds = known ? merged : Optional.empty();
    return new ColumnStatistics(
        column.absent(),
        bounds.flatMap(s -> value(column, s.genericGetMin())),
        bounds.flatMap(s -> value(column, s.genericGetMax())));
  }

  private static Optional<Comparable<?>> value(Footer.FooterColumn column, Object bound) {
    return switch (column.spec().type()) {
      case BOOL -> Optional.of((Boolean) bound);
      case INT64 -> Optional.of((Long) bound);
      case FLOAT64 -> Optional.of((Double) bound);
      case STRING -> Optional.of(((Binary) bound).toStringUsingUTF8());
      case BINARY, VECTOR -> Optional.empty();
    };
  }
}
