package io.elacsym.index.codes;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Items in the order in which their vectors are read, which is that of their rows. For one thread;
 * keeps its memory from call to call.
 */
public final class ReadOrder {
  private long[] ordered = new long[128];

  /**
   * The rows of some items, ascending.
   *
   * @param items distinct, in any order
   * @param rows row of each item, a different one
   */
  public int[] rows(int[] items, int from, int to, IntUnaryOperator rows) {
    int size = to - from;
    if (ordered.length < size) {
      ordered = new long[size];
    }
    for (int i = 0; i < size; i++) {
      int item = items[from + i];
      ordered[i] = (long) rows.applyAsInt(item) << Integer.SIZE | item;
    }
    Arrays.sort(ordered, 0, size);
    int[] ascending = new int[size];
    for (int i = 0; i < size; i++) {
      ascending[i] = (int) (ordered[i] >>> Integer.SIZE);
    }
    return ascending;
  }

  /** The item whose row is at a place of the last {@link #rows}. */
  public int item(int place) {
    return (int) ordered[place];
  }
}
