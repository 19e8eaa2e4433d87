package io.elacsym.index.ivf.search;

import java.lang.foreign.MemorySegment;

/**
 * Vectors that lie one after the other: those of {@code items[from]} to {@code items[to - 1]}.
 *
 * @param offset of the first one, in bytes
 */
record VectorRun(int[] items, int from, int to, MemorySegment vectors, long offset) {

  /** A part of it. */
  VectorRun part(int from, int to, int dimension) {
    long skipped = (long) Float.BYTES * dimension * (from - this.from);
    return new VectorRun(items, from, to, vectors, offset + skipped);
  }
}
