package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.measure.Neighbors;
import io.elacsym.benchmarks.measure.Truth;
import io.elacsym.benchmarks.sets.VectorSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Queries of a set, and what is right.
 *
 * @param set the set
 * @param k how many hits are wanted
 * @param queries numbers of queries
 * @param accepted items that may be found; all unless given
 * @param truth of these queries under this filter
 */
record Asked(VectorSet set, int k, int[] queries, Optional<BitSet> accepted, Truth truth) {
  /**
   * Those of some queries.
   *
   * @param all of all queries of the set
   */
  static Asked of(VectorSet set, int k, int[] queries, Optional<BitSet> accepted, Neighbors all) {
    return new Asked(set, k, queries, accepted, all.of(queries).truth(k));
  }

  /**
   * The mean share of the exact answers that was found. What was found twice counts once, and what
   * the filter forbids does not count.
   *
   * @param found per query, in their order
   */
  double recall(int[][] found) {
    double sum = 0;
    for (int q = 0; q < found.length; q++) {
      float[] query = set.queries().get(queries[q]);
      int[] items =
          Arrays.stream(found[q])
              .limit(k)
              .distinct()
              .filter(item -> accepted.isEmpty() || accepted.get().get(item))
              .toArray();
      float[] scores = new float[items.length];
      for (int i = 0; i < items.length; i++) {
        scores[i] = set.vectors().score(set.metric(), query, items[i]);
      }
      sum += truth.recall(q, scores);
    }
    return sum / found.length;
  }
}
