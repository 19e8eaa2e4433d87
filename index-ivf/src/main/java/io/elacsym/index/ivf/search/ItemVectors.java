package io.elacsym.index.ivf.search;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The vectors of items: the blob's own if it has them, and else those of the segment. Safe for use
 * by many threads.
 *
 * @param places the item or row as which {@code vectors} know an item; empty if it is the item
 */
record ItemVectors(StoredVectors vectors, int[] places) {

  static ItemVectors of(BlobHead head, StoredVectorIndex index) {
    return head.footer().ownVectors()
        ? new ItemVectors(own(index.blob(), head.footer().dimension()), new int[0])
        : new ItemVectors(index.vectors(), head.rowNumbers());
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
    long[] ordered = new long[items.length];
    for (int i = 0; i < items.length; i++) {
      ordered[i] = (long) places[items[i]] << Integer.SIZE | items[i];
    }
    Arrays.sort(ordered);
    int[] rows = new int[items.length];
    int[] sorted = new int[items.length];
    for (int i = 0; i < items.length; i++) {
      rows[i] = (int) (ordered[i] >>> Integer.SIZE);
      sorted[i] = (int) ordered[i];
    }
    vectors.read(
        rows, (from, end, memory, at) -> to.accept(new VectorRun(sorted, from, end, memory, at)));
  }

  /** The first area of a blob: vector after vector, in the order of items. */
  private static StoredVectors own(BlobSource blob, int dimension) {
    long stride = (long) Float.BYTES * dimension;
    return (items, to) -> {
      List<ByteRange> ranges = new ArrayList<>();
      int[] starts = new int[items.length + 1];
      int from = 0;
      while (from < items.length) {
        int end = from + 1;
        while (end < items.length && items[end] == items[end - 1] + 1) {
          end++;
        }
        starts[ranges.size()] = from;
        ranges.add(new ByteRange(stride * items[from], stride * (end - from)));
        from = end;
      }
      starts[ranges.size()] = items.length;
      List<MemorySegment> read = blob.readAll(ranges);
      for (int i = 0; i < read.size(); i++) {
        to.accept(starts[i], starts[i + 1], read.get(i), 0);
      }
    };
  }
}
