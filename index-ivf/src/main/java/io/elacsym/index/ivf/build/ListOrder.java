package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.ScoreKey;
import java.util.Arrays;

/**
 * Puts lists into an order in which neighbours on storage are neighbours in space, so that the
 * lists of one query make few ranges. Halves the lists again and again along the line through two
 * that lie far apart.
 */
final class ListOrder {
  private final float[] centroids;
  private final int dimension;
  private final VectorMath math;

  /**
   * @param centroids list after list
   */
  ListOrder(float[] centroids, int dimension, VectorMath math) {
    this.centroids = centroids;
    this.dimension = dimension;
    this.math = math;
  }

  /** The numbers of the lists in their new order. */
  int[] order() {
    int[] lists = new int[centroids.length / dimension];
    Arrays.setAll(lists, i -> i);
    arrange(lists, 0, lists.length);
    return lists;
  }

  private void arrange(int[] lists, int from, int to) {
    if (to - from <= 2) {
      return;
    }
    int one = farthest(lists, from, to, lists[from]);
    int other = farthest(lists, from, to, one);
    long[] keyed = new long[to - from];
    for (int i = from; i < to; i++) {
      float side = distance(lists[i], one) - distance(lists[i], other);
      keyed[to - 1 - i] = ScoreKey.of(side, lists[i]);
    }
    Arrays.sort(keyed);
    for (int i = from; i < to; i++) {
      lists[i] = ScoreKey.row(keyed[to - 1 - i]);
    }
    int middle = (from + to) >>> 1;
    arrange(lists, from, middle);
    arrange(lists, middle, to);
  }

  private int farthest(int[] lists, int from, int to, int list) {
    int best = lists[from];
    float most = -1;
    for (int i = from; i < to; i++) {
      float distance = distance(lists[i], list);
      if (distance > most) {
        most = distance;
        best = lists[i];
      }
    }
    return best;
  }

  private float distance(int a, int b) {
    return math.squaredDistance(centroids, a * dimension, centroids, b * dimension, dimension);
  }
}
