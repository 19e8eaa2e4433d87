package io.elacsym.index.ivf.build;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random samples without repeats. */
final class Sampling {
  private Sampling() {}

  /** {@code count} of the numbers 0 to {@code of - 1}, ascending. */
  static int[] sample(int of, int count, SplittableRandom random) {
    int[] all = new int[of];
    Arrays.setAll(all, i -> i);
    int[] sample = sample(all, count, random);
    Arrays.sort(sample);
    return sample;
  }

  /** {@code count} of {@code from}, in random order. */
  static int[] sample(int[] from, int count, SplittableRandom random) {
    int[] shuffled = from.clone();
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i, shuffled.length);
      int swapped = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = swapped;
    }
    return Arrays.copyOf(shuffled, count);
  }
}
