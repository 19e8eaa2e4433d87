package io.elacsym.index.hnsw.graph;

import java.util.Arrays;

/** A binary heap of {@code long}s, the smallest on top. Keeps its memory between uses. */
final class LongHeap {
  private long[] items = new long[64];
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  /** The smallest item; there must be one. */
  long top() {
    return items[0];
  }

  void add(long item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size + (size >> 1));
    }
    int at = size++;
    long[] heap = items;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] <= item) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = item;
  }

  /** Takes the smallest item away; there must be one. */
  long poll() {
    long top = items[0];
    long last = items[--size];
    if (size > 0) {
      sink(last);
    }
    return top;
  }

  /** Puts {@code item} in the place of the smallest. */
  void replaceTop(long item) {
    sink(item);
  }

  private void sink(long item) {
    long[] heap = items;
    int end = size;
    int at = 0;
    int child = 1;
    while (child < end) {
      if (child + 1 < end && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= item) {
        break;
      }
      heap[at] = heap[child];
      at = child;
      child = 2 * at + 1;
    }
    heap[at] = item;
  }

  /** Copies the items to {@code to[0..size)}, in no order. */
  void copyTo(long[] to) {
    System.arraycopy(items, 0, to, 0, size);
  }
}
