package io.elacsym.index.ivf;

import java.util.Arrays;

/**
 * The k best of many scored numbers; of equal scores, those of smaller numbers. Keeps up to twice
 * as many in a plain array and selects when it is full: the cost of one that is not kept is one
 * comparison. For one thread.
 */
final class TopK {
  private final int k;
  private final long[] keys;
  private int size;
  private float threshold = Float.NEGATIVE_INFINITY;

  /**
   * @param k how many to keep, from 1
   * @param offers an upper bound of how many will be offered
   */
  TopK(int k, int offers) {
    this.k = k;
    this.keys = new long[(int) Math.min(Math.max(2L * k, k + 32L), Math.max(k, offers) + 1L)];
  }

  /** What an offered score must reach to have a chance. */
  float threshold() {
    return threshold;
  }

  /** Offers a number from 0. A score that is not a number counts as the lowest. */
  void offer(float score, int number) {
    if (score < threshold) {
      return;
    }
    keys[size++] = key(score, number);
    if (size == keys.length) {
      shrink();
    }
  }

  private void shrink() {
    if (size > k) {
      select();
      size = k;
      threshold = score(keys[k - 1]);
    }
  }

  /** Takes all that another kept. */
  void offerAll(TopK other) {
    for (int i = 0; i < other.size; i++) {
      offer(score(other.keys[i]), number(other.keys[i]));
    }
  }

  /** What was kept, best first, as keys for {@link #score} and {@link #number}. */
  long[] best() {
    long[] sorted = Arrays.copyOf(keys, size);
    Arrays.sort(sorted);
    long[] best = new long[Math.min(k, size)];
    for (int i = 0; i < best.length; i++) {
      best[i] = sorted[size - 1 - i];
    }
    return best;
  }

  /**
   * A key whose natural order is that of the scores, and of falling numbers where they are equal.
   */
  static long key(float score, int number) {
    // Adding zero makes one of the two zeros.
    int bits = Float.floatToRawIntBits(Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score + 0f);
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((long) ordered << 32) | (~number & 0xFFFF_FFFFL);
  }

  static float score(long key) {
    int ordered = (int) (key >> 32);
    return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & Integer.MAX_VALUE));
  }

  static int number(long key) {
    return ~(int) key;
  }

  /** Moves the k greatest keys to the front, the k-th at k - 1. Quickselect; keys are distinct. */
  private void select() {
    int low = 0;
    int high = size - 1;
    int target = k - 1;
    while (low < high) {
      long pivot = median(keys[low], keys[(low + high) >>> 1], keys[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (keys[i] > pivot) {
          i++;
        }
        while (keys[j] < pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = keys[i];
          keys[i++] = keys[j];
          keys[j--] = swapped;
        }
      }
      if (target <= j) {
        high = j;
      } else if (target >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
