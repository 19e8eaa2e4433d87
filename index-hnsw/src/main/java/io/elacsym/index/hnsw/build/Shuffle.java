package io.elacsym.index.hnsw.build;

import java.util.SplittableRandom;

/** A random order that a seed repeats. */
final class Shuffle {
  private Shuffle() {}

  /** A permutation of 0 to {@code count - 1} (Fisher and Yates). */
  static int[] of(int count, long seed) {
    int[] order = new int[count];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
