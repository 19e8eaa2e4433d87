package io.elacsym.index.ivf.search;

import io.elacsym.api.index.ScoreKey;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Which lists to visit. Pure decisions on a {@link ScoreModel}. */
final class Visit {
  private Visit() {}

  /** All lists with accepted items. */
  static int[] all(Accepted accepted) {
    int[] counts = accepted.counts();
    int[] lists = new int[counts.length];
    int count = 0;
    for (int list = 0; list < counts.length; list++) {
      if (counts[list] > 0) {
        lists[count++] = list;
      }
    }
    return Arrays.copyOf(lists, count);
  }

  /** The first lists of an order, and as many more as are needed for k hits. */
  static int[] first(int lists, int[] order, Accepted accepted, int k) {
    int items = 0;
    int count = 0;
    while (count < order.length && (count < lists || items < k)) {
      items += accepted.counts()[order[count++]];
    }
    return Arrays.copyOf(order, count);
  }

  /** Those of the first lists, which every search visits, that have accepted items. */
  static int[] always(int lists, Accepted accepted) {
    return IntStream.range(0, lists).filter(list -> accepted.counts()[list] > 0).toArray();
  }

  /** Lists of either; the first array's come first. */
  static int[] union(int[] some, int[] others) {
    return IntStream.concat(Arrays.stream(some), Arrays.stream(others)).distinct().toArray();
  }

  /**
   * How many of the first lists of an order to visit, until what is left promises little.
   *
   * @param missed how many items may be left out
   * @param order lists, likeliest first
   * @param expected for each list, the items it promises
   * @return how many lists of the order
   */
  static int until(double missed, int[] order, float[] expected) {
    double left = 0;
    int count = order.length;
    while (count > 0) {
      left += expected[order[count - 1]];
      if (left > missed) {
        return count;
      }
      count--;
    }
    return 0;
  }

  /**
   * The lists that promise most, until those left promise little.
   *
   * @param missed how many items may be left out
   * @param expected for each list, the items it promises
   */
  static int[] leaving(double missed, float[] expected) {
    double left = ScoreModel.sum(expected);
    if (left <= missed) {
      return new int[0];
    }
    // Lists that promise so little that all of them may be left out need not be sorted.
    double little = missed / 2 / expected.length;
    long[] keys = new long[expected.length];
    int count = 0;
    for (int list = 0; list < expected.length; list++) {
      if (expected[list] > little) {
        keys[count++] = ScoreKey.of(expected[list], list);
      }
    }
    Arrays.sort(keys, 0, count);
    int[] lists = new int[count];
    int size = 0;
    while (size < count && left > missed) {
      int list = ScoreKey.row(keys[size]);
      lists[size++] = list;
      left -= expected[list];
    }
    return Arrays.copyOf(lists, size);
  }
}
