package io.elacsym.index.ivf.search;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.index.ivf.quantizer.Similarity;
import java.util.Arrays;

/**
 * What can be said of the scores of each list's items before they are read: they are taken to be
 * normally distributed around what the centroid scores. This is how the right lists are visited,
 * and enough of them, for every query, k and filter. Formulas: {@code docs/format/index-ivf.md}.
 */
public final class ScoreModel {
  private static final int HALVINGS = 18;

  private final float[] mean;
  private final float[] deviation;
  private final int[] accepted;

  private ScoreModel(float[] mean, float[] deviation, int[] accepted) {
    this.mean = mean;
    this.deviation = deviation;
    this.accepted = accepted;
  }

  /**
   * @param query as {@link Similarity#prepare} left it
   * @param accepted for each list, how many of its items may be returned
   */
  public static ScoreModel of(
      ListTable table, Similarity similarity, float spread, float[] query, int[] accepted) {
    int lists = table.lists();
    float[] mean = new float[lists];
    float[] deviation = new float[lists];
    similarity.scores(query, table.centroids(), 0, lists, mean);
    boolean l2 = similarity.metric() == Metric.L2;
    float norm = similarity.math().dot(query, 0, query, 0, query.length);
    for (int list = 0; list < lists; list++) {
      float along = spread * table.variance()[list];
      float variance;
      if (l2) {
        variance = 4 * -mean[list] * along + table.radiusVariance()[list];
        mean[list] -= table.dimension() * table.variance()[list];
      } else {
        variance = norm * along;
      }
      // Never quite 0, so that a list of equal items is no division by zero.
      deviation[list] = (float) Math.sqrt(variance) + Math.abs(mean[list]) * 1e-6f + 1e-30f;
    }
    return new ScoreModel(mean, deviation, accepted);
  }

  /** The same lists with other numbers of accepted items. */
  ScoreModel withAccepted(int[] other) {
    return new ScoreModel(mean, deviation, other);
  }

  /** Whether all numbers are finite, without which nothing can be predicted. */
  public boolean isUsable() {
    float sum = 0;
    for (int list = 0; list < mean.length; list++) {
      sum += 0 * mean[list] + 0 * deviation[list];
    }
    return sum == 0;
  }

  /** How many accepted items of a list score more than {@code score}. */
  public float expectedAbove(int list, float score) {
    return accepted[list] == 0
        ? 0
        : accepted[list] * NormalDistribution.above(standard(list, score));
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
        high = Math.max(high, mean[list] + 8 * deviation[list]);
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

  /** The lists with accepted items; first those whose items are likeliest to beat {@code score}. */
  public int[] promising(float score) {
    long[] keys = new long[mean.length];
    int count = 0;
    for (int list = 0; list < mean.length; list++) {
      if (accepted[list] > 0) {
        keys[count++] = ScoreKey.of(-standard(list, score), list);
      }
    }
    Arrays.sort(keys, 0, count);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = ScoreKey.row(keys[i]);
    }
    return order;
  }
}
