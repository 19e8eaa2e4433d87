package io.elacsym.index.ivf.search;

import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.index.codes.ReadOrder;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The vectors of items: the blob's own if it has them, and else those of the segment. Safe for use
 * by many threads.
 *
 * @param places the item or row as which {@code vectors} know an item; empty if it is the item
 */
record ItemVectors(StoredVectors vectors, int[] places) {

  static ItemVectors of(BlobHead head, StoredVectorIndex index) {
    if (!head.footer().ownVectors()) {
      return new ItemVectors(index.vectors(), head.rowNumbers());
    }
    int dimension = head.footer().dimension();
    long stride = (long) Float.BYTES * dimension;
    return new ItemVectors(
        StoredVectors.in(index.blob(), dimension, item -> stride * item), new int[0]);
  }

  /** Whether vectors of consecutive items are read in the order of the items, list after list. */
  boolean keepsOrder(ListTable table) {
    return places.length == 0 || table.lists() == 1;
  }

  /**
   * Reads vectors in one wave.
   *
   * @param items ascending and distinct
   */
  void read(int[] items, Consumer<VectorRun> to) {
    if (places.length == 0) {
      vectors.read(
          items, (from, end, memory, at) -> to.accept(new VectorRun(items, from, end, memory, at)));
      return;
    }
    ReadOrder order = new ReadOrder();
    int[] rows = order.rows(items, 0, items.length, item -> places[item]);
    int[] sorted = new int[items.length];
    Arrays.setAll(sorted, order::item);
    vectors.read(
        rows, (from, end, memory, at) -> to.accept(new VectorRun(sorted, from, end, memory, at)));
  }
}
