package io.elacsym.engine.segment;

import io.elacsym.api.index.FormerVectorIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The vector indexes of segments that are merged, as the build of the index of all sees them. */
final class FormerIndexes {
  private FormerIndexes() {}

  /**
   * Those that a provider can read, the one with the most items left first.
   *
   * @param order {@code order[row]} is the position of a row of the new segment among all kept rows
   *     of the parts
   * @param table the vectors of the new segment
   */
  static List<FormerVectorIndex> of(
      VectorField field,
      List<SegmentRows.Part> parts,
      int[] order,
      VectorTable table,
      VectorIndexProvider provider) {
    if (parts.isEmpty()) {
      return List.of();
    }
    int[] itemAt = new int[order.length];
    Arrays.fill(itemAt, FormerVectorIndex.GONE);
    for (int item = 0; item < table.count(); item++) {
      itemAt[order[table.row(item)]] = item;
    }
    List<FormerVectorIndex> former = new ArrayList<>();
    int base = 0;
    for (SegmentRows.Part part : parts) {
      int first = base;
      part.segment()
          .indexes()
          .formerVectorIndex(field, provider)
          .ifPresent(
              index -> former.add(new FormerVectorIndex(index, items(part.keep(), itemAt, first))));
      base += part.keep().cardinality();
    }
    former.sort(Comparator.comparingLong(FormerIndexes::left).reversed());
    return former;
  }

  private static int[] items(RowSet keep, int[] itemAt, int base) {
    int[] items = new int[keep.rowCount()];
    Arrays.fill(items, FormerVectorIndex.GONE);
    int position = base;
    for (int row = keep.next(0); row >= 0; row = keep.next(row + 1)) {
      items[row] = itemAt[position++];
    }
    return items;
  }

  private static long left(FormerVectorIndex former) {
    return Arrays.stream(former.items()).filter(item -> item >= 0).count();
  }
}
