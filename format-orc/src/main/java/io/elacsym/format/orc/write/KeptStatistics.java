package io.elacsym.format.orc.write;

import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import io.elacsym.format.orc.layout.OrcSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.orc.OrcProto.ColumnStatistics;
import org.apache.orc.OrcProto.DoubleStatistics;

/**
 * Takes out of the library's statistics what would mislead a reader, means nothing, or is long.
 * Indexes are read whole before the first row of a stripe, so every byte in them counts.
 */
final class KeptStatistics {
  private final Set<Integer> componentColumns;

  KeptStatistics(SegmentSchema schema) {
    this.componentColumns = componentColumns(schema);
  }

  /** The ORC columns that hold the components of vectors. */
  static Set<Integer> componentColumns(SegmentSchema schema) {
    Set<Integer> found = new HashSet<>();
    List<Integer> ids = OrcSchema.ids(schema);
    for (int i = 0; i < ids.size(); i++) {
      ColumnSpec spec = schema.columns().get(i);
      if (spec.type() == ValueType.VECTOR) {
        found.add(OrcSchema.leaf(spec, ids.get(i)));
      }
    }
    return found;
  }

  /**
   * Leaves only what is to be kept.
   *
   * @param column the ORC column
   */
  void reduce(int column, ColumnStatistics.Builder statistics) {
    // The library counts how long the lists of a batch could be, and not how long they are.
    statistics.clearCollectionStatistics();
    if (componentColumns.contains(column)) {
      statistics.clearDoubleStatistics(); // the least component of many vectors says nothing
    }
    if (statistics.hasDoubleStatistics()) {
      reduce(statistics.getDoubleStatisticsBuilder());
    }
    if (statistics.hasStringStatistics()) {
      TextBounds.shortened(statistics.getStringStatistics())
          .ifPresentOrElse(statistics::setStringStatistics, statistics::clearStringStatistics);
    }
  }

  /** The library passes over NaN when it looks for the least and the largest; the sum tells. */
  private static void reduce(DoubleStatistics.Builder numbers) {
    if (Double.isNaN(numbers.getSum())) {
      numbers.clearMinimum().clearMaximum();
    }
  }
}
