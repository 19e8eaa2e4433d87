package io.elacsym.api.index;

import java.util.Arrays;

/**
 * The k best of many scored rows, in the order of {@link ScoreKey}: of equal scores those of
 * smaller rows. It keeps up to about twice as many in a plain array and selects when that is full,
 * so that a row which is not kept costs one comparison, and no offer allocates unless more come
 * than were announced. For one thread.
 */
public final class TopK {
  private long[] keys = {};
  private int k;
  private int size;
  private float threshold;

  /**
   * @param k how many to keep, from 0
   * @param offers how many will be offered, at most: few take little memory. If there are more
   *     after all, the array grows
   */
  public TopK(int k, int offers) {
    reset(k, offers);
  }

  /** Forgets everything and begins anew; what memory there is, is used again. */
  public void reset(int k, int offers) {
    if (k < 0) {
      throw new IllegalArgumentException("k is " + k + ", expected 0 or more");
    }
    int wanted = places(k, offers);
    if (keys.length < wanted) {
      keys = new long[wanted];
    }
    this.k = k;
    this.size = 0;
    this.threshold = Float.NEGATIVE_INFINITY;
  }

  private static int places(int k, long offers) {
    return Math.toIntExact(Math.min(Math.max(2L * k, k + 32L), offers + 1));
  }

  /**
   * A score below this is not kept. It rises now and then, when the array is full, so a score that
   * reaches it is kept for the time being only.
   */
  public float threshold() {
    return threshold;
  }

  /**
   * Keeps a row if it may be among the k best. Each row is offered once.
   *
   * @param row from 0
   */
  public void offer(float score, int row) {
    if (score < threshold) {
      return;
    }
    keys[size++] = ScoreKey.of(score, row);
    if (size == keys.length) {
      makeRoom();
    }
  }

  /** Offers all that another one keeps. */
  public void offerAll(TopK other) {
    for (int i = 0; i < other.size; i++) {
      offer(ScoreKey.score(other.keys[i]), ScoreKey.row(other.keys[i]));
    }
  }

  /** How many there are: k, or as many as were offered if these are fewer. */
  public int size() {
    return Math.min(k, size);
  }

  /** The {@linkplain ScoreKey keys} of the best, {@link #size} of them, best first. */
  public long[] best() {
    sort();
    return Arrays.copyOf(keys, size);
  }

  /**
   * The best as hits.
   *
   * @param scored how many vectors were compared with the query
   */
  public VectorHits hits(int scored) {
    sort();
    return VectorHits.of(keys, size, scored);
  }

  /** Leaves nothing but the best, sorted; further offers are still welcome. */
  private void sort() {
    Arrays.sort(keys, 0, size);
    size = size();
  }

  private void makeRoom() {
    if (size <= k) {
      keys = Arrays.copyOf(keys, places(k, 2L * size));
      return;
    }
    if (k > 0) {
      select();
      threshold = ScoreKey.score(keys[k - 1]);
    }
    size = k;
  }

  /** Moves the k least keys to the front, the k-th to k - 1. Quickselect; keys are distinct. */
  private void select() {
    int low = 0;
    int high = size - 1;
    int target = k - 1;
    while (low < high) {
      long pivot = median(keys[low], keys[(low + high) >>> 1], keys[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (keys[i] < pivot) {
          i++;
        }
        while (keys[j] > pivot) {
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
