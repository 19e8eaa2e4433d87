package io.elacsym.index.ivf;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures how much must be visited for a recall target: some of the rows are used as queries,
 * their true neighbours are found by comparing them with everything, and the model's predictions
 * are held against them. A row is not counted as its own neighbour.
 */
final class Calibration {
  private static final int QUERIES = 192;
  private static final int PART = 256;
  private static final float[] RECALLS = {0.8f, 0.9f, 0.95f, 0.98f, 0.99f};

  /**
   * Part of the way to a recall of 1 that is gone beyond the target, because real queries are not
   * rows.
   */
  private static final double MARGIN = 0.4;

  /** At the smaller k predictions are vaguest, at the larger one most work is needed. */
  private static final int SMALL_K = 10;

  private static final int LARGE_K = 100;
  private static final int LEAST_FOR_LARGE_K = 20_000;

  private final ListTable table;
  private final MemorySegment packed;
  private final Similarity similarity;
  private final Parallel parallel;
  private final int[] queryItems;
  private final float[][] queries;
  private final int[] sizes;

  /**
   * @param packed all vectors, in list order
   */
  Calibration(
      ListTable table,
      MemorySegment packed,
      Similarity similarity,
      SplittableRandom random,
      Parallel parallel) {
    this.table = table;
    this.packed = packed;
    this.similarity = similarity;
    this.parallel = parallel;
    int count = table.first()[table.lists()];
    this.queryItems = Sampling.sample(count, Math.min(QUERIES, count / 4), random);
    this.queries = new float[queryItems.length][];
    for (int i = 0; i < queries.length; i++) {
      long at = 4L * table.dimension() * queryItems[i];
      queries[i] = Bytes.floats(packed, at, table.dimension());
    }
    this.sizes = new int[table.lists()];
    Arrays.setAll(sizes, table::size);
  }

  Curve curve() {
    int count = table.first()[table.lists()];
    int deepest = count >= LEAST_FOR_LARGE_K ? LARGE_K : SMALL_K;
    long[][] neighbors = neighbors(deepest);
    if (!isUsable(neighbors)) {
      return Curve.NONE;
    }
    float spread = fitSpread(neighbors);
    float[] missed = missed(neighbors, SMALL_K, spread);
    if (deepest > SMALL_K) {
      float[] atLarge = missed(neighbors, LARGE_K, spread);
      for (int i = 0; i < missed.length; i++) {
        missed[i] = Math.min(missed[i], atLarge[i]);
      }
    }
    return new Curve(RECALLS.clone(), missed, spread, surprise(neighbors, spread));
  }

  /** The true neighbours of each query, best first, as keys of {@link TopK}. */
  private long[][] neighbors(int k) {
    int count = table.first()[table.lists()];
    List<TopK[]> found = new ArrayList<>();
    parallel.forEach(
        count,
        PART,
        () -> {
          TopK[] own = new TopK[queries.length];
          Arrays.setAll(own, i -> new TopK(k, count));
          synchronized (found) {
            found.add(own);
          }
          float[] scores = new float[PART];
          return (from, to) -> {
            long at = 4L * table.dimension() * from;
            for (int query = 0; query < queries.length; query++) {
              similarity.scores(queries[query], packed, at, to - from, scores);
              offer(scores, from, to, queryItems[query], own[query]);
            }
          };
        });
    long[][] neighbors = new long[queries.length][];
    for (int query = 0; query < queries.length; query++) {
      TopK all = found.getFirst()[query];
      for (TopK[] other : found.subList(1, found.size())) {
        all.offerAll(other[query]);
      }
      neighbors[query] = all.best();
    }
    return neighbors;
  }

  private static void offer(float[] scores, int from, int to, int self, TopK top) {
    for (int item = from; item < to; item++) {
      if (scores[item - from] >= top.threshold() && item != self) {
        top.offer(scores[item - from], item);
      }
    }
  }

  private boolean isUsable(long[][] neighbors) {
    for (int query = 0; query < queries.length; query++) {
      if (!model(query, 1).isUsable()
          || !Float.isFinite(TopK.score(neighbors[query][SMALL_K - 1]))) {
        return false;
      }
    }
    return true;
  }

  private ScoreModel model(int query, float spread) {
    return ScoreModel.of(table, similarity, spread, queries[query], sizes);
  }

  /** The spread at which the score of the k-th neighbour is predicted right on average. */
  private float fitSpread(long[][] neighbors) {
    double low = Math.log(1.0 / 16);
    double high = Math.log(256);
    for (int i = 0; i < 12; i++) {
      double middle = (low + high) / 2;
      if (Arrays.stream(surprises(neighbors, (float) Math.exp(middle))).average().orElse(0) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (float) Math.exp((low + high) / 2);
  }

  /** By how many standard deviations each query's k-th neighbour scores less than predicted. */
  private double[] surprises(long[][] neighbors, float spread) {
    double[] surprises = new double[queries.length];
    parallel.forEach(
        queries.length,
        4,
        () ->
            (from, to) -> {
              for (int query = from; query < to; query++) {
                ScoreModel model = model(query, spread);
                float predicted = model.kthScore(SMALL_K);
                float actual = TopK.score(neighbors[query][SMALL_K - 1]);
                int best = model.promising(predicted)[0];
                surprises[query] = (predicted - actual) / model.deviation(best);
              }
            });
    return surprises;
  }

  /** More than what happens without a filter, mostly: 1.5 standard deviations above the mean. */
  private float surprise(long[][] neighbors, float spread) {
    double[] surprises = surprises(neighbors, spread);
    double mean = Arrays.stream(surprises).average().orElse(0);
    double squares = Arrays.stream(surprises).map(s -> (s - mean) * (s - mean)).average().orElse(0);
    return (float) Math.max(0, mean + 1.5 * Math.sqrt(squares));
  }

  /** For each recall, the share of predicted hits that may be missed. */
  private float[] missed(long[][] neighbors, int k, float spread) {
    float[] left = new float[queries.length * k];
    parallel.forEach(
        queries.length,
        4,
        () ->
            (from, to) -> {
              for (int query = from; query < to; query++) {
                float[] whenReached = leftWhenReached(model(query, spread), k);
                for (int i = 0; i < k; i++) {
                  int item = TopK.number(neighbors[query][i]);
                  left[query * k + i] = whenReached[listOf(item)];
                }
              }
            });
    Arrays.sort(left);
    float[] missed = new float[RECALLS.length];
    for (int i = 0; i < RECALLS.length; i++) {
      double wanted = RECALLS[i] + MARGIN * (1 - RECALLS[i]);
      int lost = (int) ((1 - wanted) * left.length);
      missed[i] = left[lost] * 0.999f;
    }
    return missed;
  }

  /** For each list, the predicted hits per wanted hit in it and all lists visited later. */
  private float[] leftWhenReached(ScoreModel model, int k) {
    float score = model.kthScore(k);
    int[] order = model.promising(score);
    float[] left = new float[order.length];
    float sum = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      sum += model.expectedAbove(order[i], score) / k;
      left[order[i]] = sum;
    }
    return left;
  }

  private int listOf(int item) {
    int at = Arrays.binarySearch(table.first(), item);
    return at >= 0 ? at : -at - 2;
  }
}
