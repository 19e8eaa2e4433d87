package io.elacsym.index.ivf.search;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.util.Arrays;

/**
 * What can be said of the scores of each list's items before they are read: they are taken to be
 * normally distributed around what the centroid scores, and none is better than the list's radius
 * allows. This is how the right lists are visited, and enough of them, for every query, k and
 * filter. Formulas: {@code docs/format/index-ivf.md}.
 */
public final class ScoreModel {
  private static final int HALVINGS = 18;

  /** Rounding must not make a list impossible that has an item just at its bound. */
  private static final float ROUNDING = 1e-4f;

  private final float[] mean;
  private final float[] deviation;
  private final float[] bound;
  private final int[] accepted;

  private ScoreModel(float[] mean, float[] deviation, float[] bound, int[] accepted) {
    this.mean = mean;
    this.deviation = deviation;
    this.bound = bound;
    this.accepted = accepted;
  }

  /**
   * @param accepted for each list, how many of its items may be returned
   */
  public static ScoreModel of(ListTable table, SpaceQuery query, float spread, int[] accepted) {
    int lists = table.lists();
    int dimension = query.vector().length;
    float[] mean = new float[lists];
    float[] deviation = new float[lists];
    float[] bound = new float[lists];
    query
        .similarity()
        .math()
        .byteDots(query.rotated(), table.codes(), 0, table.components(), lists, mean, 0);
    for (int list = 0; list < lists; list++) {
      float product = table.step()[list] * mean[list];
      float along = spread * table.variance()[list];
      float radius = table.radius()[list] * (1 + ROUNDING);
      float variance;
      float score;
      if (query.isL2()) {
        float square = Math.max(0, query.square() - 2 * product + table.norm()[list]);
        float gap = (float) Math.sqrt(square) * (1 + ROUNDING) - radius;
        bound[list] = gap > 0 ? -gap * gap : 0;
        variance = 4 * square * along + table.radiusVariance()[list];
        score = -square;
        mean[list] = score - dimension * table.variance()[list];
      } else {
        score = product + query.alongMiddle() + table.alongMiddle()[list];
        bound[list] = score + Math.abs(score) * ROUNDING + query.length() * radius;
        variance = query.length() * query.length() * along;
        mean[list] = score;
      }
      // Never quite 0, so that a list of equal items is no division by zero.
      deviation[list] = (float) Math.sqrt(variance) + Math.abs(mean[list]) * 1e-6f + 1e-30f;
    }
    return new ScoreModel(mean, deviation, bound, accepted);
  }

  /** The same lists with other numbers of accepted items. */
  ScoreModel withAccepted(int[] other) {
    return new ScoreModel(mean, deviation, bound, other);
  }

  /** Whether all numbers are finite, without which nothing can be predicted. */
  public boolean isUsable() {
    float sum = 0;
    for (int list = 0; list < mean.length; list++) {
      sum += 0 * mean[list] + 0 * deviation[list] + 0 * bound[list];
    }
    return sum == 0;
  }

  /** How many accepted items of a list score more than {@code score}. */
  public float expectedAbove(int list, float score) {
    return accepted[list] == 0 || bound[list] < score
        ? 0
        : accepted[list] * NormalDistribution.above(standard(list, score));
  }

  /**
   * How many accepted items of each list score more than {@code low}, but not than {@code high}.
   */
  float[] expectedBetween(float low, float high) {
    float[] expected = new float[mean.length];
    for (int list = 0; list < expected.length; list++) {
      expected[list] = Math.max(0, expectedAbove(list, low) - expectedAbove(list, high));
    }
    return expected;
  }

  /** How many accepted items of all lists score more than {@code score}. */
  public double expectedAbove(float score) {
    double sum = 0;
    for (int list = 0; list < mean.length; list++) {
      sum += expectedAbove(list, score);
    }
    return sum;
  }

  /** How many standard deviations {@code score} lies above the mean of a list. */
  private float standard(int list, float score) {
    return (score - mean[list]) / deviation[list];
  }

  public float deviation(int list) {
    return deviation[list];
  }

  /** The predicted score of the k-th best accepted item. */
  public float kthScore(int k) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int list = 0; list < mean.length; list++) {
      if (accepted[list] > 0) {
        low = Math.min(low, mean[list] - 8 * deviation[list]);
        high = Math.max(high, Math.min(bound[list], mean[list] + 8 * deviation[list]));
      }
    }
    for (int i = 0; i < HALVINGS; i++) {
      float middle = low + (high - low) / 2;
      if (moreThan(k, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + (high - low) / 2;
  }

  private boolean moreThan(int k, float score) {
    float sum = 0;
    for (int list = 0; list < mean.length; list++) {
      sum += expectedAbove(list, score);
      if (sum > k) {
        return true;
      }
    }
    return false;
  }

  /**
   * The lists with accepted items; first those whose items are likeliest to beat {@code score},
   * last those that cannot or hardly can, in no order.
   */
  public int[] promising(float score) {
    long[] keys = new long[mean.length];
    int[] order = new int[mean.length];
    int count = 0;
    int last = mean.length;
    for (int list = 0; list < mean.length; list++) {
      if (accepted[list] == 0) {
        continue;
      }
      float standard = standard(list, score);
      if (bound[list] < score || standard > NormalDistribution.LIMIT) {
        order[--last] = list;
      } else {
        keys[count++] = ScoreKey.of(-standard, list);
      }
    }
    Arrays.sort(keys, 0, count);
    for (int i = 0; i < count; i++) {
      order[i] = ScoreKey.row(keys[i]);
    }
    System.arraycopy(order, last, order, count, mean.length - last);
    return Arrays.copyOf(order, count + mean.length - last);
  }
}
