package io.elacsym.benchmarks.measure;

import io.elacsym.api.index.Metric;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What the exact answers to queries demand of other answers.
 *
 * @param matching how many documents pass the filter
 * @param k how many hits were wanted
 * @param last per query, the score of the last of the {@code min(k, matching)} best
 */
public record Truth(int matching, int k, float[] last) {
  /** Scores this close, relative to larger ones than 1, are equal: kernels add in other orders. */
  private static final float ROUNDING = 1e-5f;

  /**
   * Finds them on all cores, of unit vectors.
   *
   * @param accept which documents may be found
   */
  public static Truth of(Vectors documents, List<float[]> queries, int k, IntPredicate accept) {
    return Neighbors.of(Metric.COSINE, documents, queries, k, accept).truth(k);
  }

  /**
   * The share of the exact answer that was found, 0 to 1. A hit counts when it is as near as the
   * last of the exact answer, so that among equally near documents any will do.
   *
   * @param query which one
   * @param scores the true scores of the distinct documents found
   */
  public double recall(int query, float[] scores) {
    int wanted = Math.min(k, matching);
    if (wanted == 0) {
      return 1;
    }
    float enough = last[query] - ROUNDING * Math.max(1, Math.abs(last[query]));
    int good = 0;
    for (float score : scores) {
      good += score >= enough ? 1 : 0;
    }
    return Math.min(1, (double) good / wanted);
  }
}
