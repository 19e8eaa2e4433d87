package io.elacsym.index.ivf.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.util.Arrays;

/**
 * The accepted rows of a search as items.
 *
 * @param head of the index
 * @param rows the accepted rows
 * @param counts how many accepted items each list has
 * @param total how many there are
 */
record Accepted(BlobHead head, RowSet rows, int[] counts, int total) {

  static Accepted of(BlobHead head, RowSet rows) {
    ListTable table = head.table();
    int[] counts = new int[table.lists()];
    boolean all = rows.isAll();
    boolean inRowOrder = head.rowNumbers().length == 0;
    for (int list = 0; list < counts.length; list++) {
      int from = table.first()[list];
      int to = table.first()[list + 1];
      if (all) {
        counts[list] = to - from;
      } else if (inRowOrder) {
        counts[list] = rows.cardinality(from, to);
      } else {
        for (int item = from; item < to; item++) {
          counts[list] += rows.contains(head.rowNumbers()[item]) ? 1 : 0;
        }
      }
    }
    return new Accepted(head, rows, counts, Arrays.stream(counts).sum());
  }

  boolean contains(int item) {
    return rows.contains(head.row(item));
  }

  /** How many of some consecutive items are accepted. */
  int count(int first, int count) {
    if (isAll()) {
      return count;
    }
    if (head.rowNumbers().length == 0) {
      return rows.cardinality(first, first + count);
    }
    int sum = 0;
    for (int item = first; item < first + count; item++) {
      sum += contains(item) ? 1 : 0;
    }
    return sum;
  }

  /** Whether every item is accepted. */
  boolean isAll() {
    return total == head.footer().count();
  }
}
