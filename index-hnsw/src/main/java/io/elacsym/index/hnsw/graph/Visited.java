package io.elacsym.index.hnsw.graph;

import java.util.Arrays;

/**
 * Which nodes a search has seen: a mark of the current epoch, so that a new search starts without
 * clearing. One byte a node keeps it small in the CPU's caches; every 255th search clears.
 */
final class Visited {
  private final byte[] marks;
  private byte epoch;

  Visited(int nodes) {
    marks = new byte[nodes];
  }

  /** Forgets all marks. */
  void clear() {
    if (++epoch == 0) {
      Arrays.fill(marks, (byte) 0);
      epoch = 1;
    }
  }

  /** Marks a node; false when it was marked before. */
  boolean mark(int node) {
    if (marks[node] == epoch) {
      return false;
    }
    marks[node] = epoch;
    return true;
  }
}
