package io.elacsym.index.ivf.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.util.Arrays;

/**
 * The accepted rows of a search as items.
 *
 * @param items the accepted items; may go on beyond the last item, with rows that have no vector
 * @param counts how many accepted items each list has
 * @param total how many there are
 */
record Accepted(RowSet items, int[] counts, int total) {

  static Accepted of(BlobHead head, RowSet rows) {
    ListTable table = head.table();
    RowSet items = head.rowNumbers().length == 0 || rows.isAll() ? rows : items(head, rows);
    int[] counts = new int[table.lists()];
    for (int list = 0; list < counts.length; list++) {
      counts[list] =
          rows.isAll()
              ? table.size(list)
              : items.cardinality(table.first()[list], table.first()[list + 1]);
    }
    return new Accepted(items, counts, Arrays.stream(counts).sum());
  }

  private static RowSet items(BlobHead head, RowSet rows) {
    int count = head.footer().count();
    long[] words = new long[(count + 63) >> 6];
    for (int item = 0; item < count; item++) {
      if (rows.contains(head.rowNumbers()[item])) {
        words[item >> 6] |= 1L << item;
      }
    }
    return RowSet.ofWords(count, words);
  }

  /** Accepted items of a block as bits, those from {@code first} to {@code end - 1} only. */
  long word(int block, int first, int end) {
    long word = items.word(block);
    int from = Math.max(first - 64 * block, 0);
    int to = Math.min(end - 64 * block, 64);
    return word & (-1L << from) & (-1L >>> (64 - to));
  }

  boolean contains(int item) {
    return items.contains(item);
  }
}
