package io.elacsym.index.hnsw.graph;

import java.util.Arrays;

/**
 * What a beam holds: the {@code capacity} least {@linkplain io.elacsym.api.index.ScoreKey keys} of
 * those offered. A heap, because a beam needs the exact bound after each offer, to know what to
 * walk to and when to end; {@link io.elacsym.api.index.TopK} is cheaper where it may lag behind.
 * Keeps its memory.
 */
public final class Nearest {
  // Complements turn the min-heap upside down: the worst kept key is on top.
  private final LongHeap heap = new LongHeap();
  private long[] sorted = new long[64];
  private int capacity;
  private long worst;

  /** Forgets everything and keeps the best {@code capacity} from now on. */
  void reset(int capacity) {
    this.capacity = capacity;
    heap.clear();
    worst = Long.MAX_VALUE;
  }

  public int size() {
    return heap.size();
  }

  /** What a key must be below to be kept: the worst kept one, once the capacity is reached. */
  long bound() {
    return worst;
  }

  /** Keeps {@code key} if it is among the best so far. */
  boolean offer(long key) {
    if (heap.size() < capacity) {
      heap.add(~key);
      if (heap.size() == capacity) {
        worst = ~heap.top();
      }
      return true;
    }
    if (key >= worst) {
      return false;
    }
    heap.replaceTop(~key);
    worst = ~heap.top();
    return true;
  }

  /**
   * The kept keys, ascending, in {@code [0..size)} of the returned array. The caller must not
   * change the array; the next call of any method may.
   */
  public long[] sort() {
    int size = heap.size();
    if (sorted.length < size) {
      sorted = new long[Math.max(size, sorted.length + (sorted.length >> 1))];
    }
    heap.copyTo(sorted);
    for (int i = 0; i < size; i++) {
      sorted[i] = ~sorted[i];
    }
    Arrays.sort(sorted, 0, size);
    return sorted;
  }
}
