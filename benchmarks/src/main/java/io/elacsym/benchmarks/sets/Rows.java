package io.elacsym.benchmarks.sets;

/** Vectors that are about to be written. Safe for use by many threads. */
interface Rows {
  int count();

  /** Puts vector {@code index} into {@code to}, of the set's dimension. */
  void copy(int index, float[] to);
}
