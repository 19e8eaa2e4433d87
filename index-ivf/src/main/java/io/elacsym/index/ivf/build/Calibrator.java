package io.elacsym.index.ivf.build;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.index.ivf.blob.v1.RecallCurve;
import io.elacsym.index.ivf.quantizer.Bytes;
import io.elacsym.index.ivf.quantizer.Similarity;
import io.elacsym.index.ivf.search.ScoreModel;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures how much must be visited for a recall target: some of the rows are used as queries,
 * their true neighbours are found by comparing them with everything, and the model's predictions
 * are held against them. A row is not counted as its own neighbour.
 *
 * <p>Real queries are not rows: they lie between or beside the clusters. So a part of the rows is
 * moved far away by noise, and a target must hold for these as well.
 */
final class Calibrator {
  private static final int QUERIES = 256;

  /** One query in so many is moved. */
  private static final int MOVED = 2;

  /** By how many standard deviations of the data a query is moved. */
  private static final double NOISE = 2;

  private static final int PART = 256;
  private static final float[] RECALLS = {0.8f, 0.9f, 0.95f, 0.98f, 0.99f};

  /**
   * Part of the way to a recall of 1 that is gone beyond the target, because real queries are not
   * rows.
   */
  private static final double MARGIN = 0.3;

  /**
   * The same for the lists that are visited in addition when a filter accepts only what is unlike
   * the query. It is larger, because such filters are rare and each is different from those
   * measured here.
   */
  private static final double LATE_MARGIN = 0.6;

  /** For how many hits it is measured, the last for larger indexes only. */
  private static final int[] DEPTHS = {3, 10, 100};

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
  Calibrator(
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
    move(random);
    this.sizes = new int[table.lists()];
    Arrays.setAll(sizes, table::size);
  }

  private static boolean isMoved(int query) {
    return query % MOVED == MOVED - 1;
  }

  private void move(SplittableRandom random) {
    double[] deviation = deviation();
    for (int query = 0; query < queries.length; query++) {
      if (isMoved(query)) {
        for (int j = 0; j < deviation.length; j++) {
          queries[query][j] += (float) (NOISE * deviation[j] * random.nextGaussian());
        }
        similarity.prepareInPlace(queries[query]);
      }
    }
  }

  /** How much each component varies, by the queries. */
  private double[] deviation() {
    double[] mean = new double[table.dimension()];
    double[] squares = new double[mean.length];
    for (float[] query : queries) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += query[j] / queries.length;
      }
    }
    for (float[] query : queries) {
      for (int j = 0; j < mean.length; j++) {
        squares[j] += (query[j] - mean[j]) * (query[j] - mean[j]) / queries.length;
      }
    }
    return Arrays.stream(squares).map(Math::sqrt).toArray();
  }

  RecallCurve curve() {
    int count = table.first()[table.lists()];
    int deepest = count >= LEAST_FOR_LARGE_K ? LARGE_K : SMALL_K;
    long[][] neighbors = neighbors(deepest);
    if (!isUsable(neighbors)) {
      return RecallCurve.NONE;
    }
    float spread = fitSpread(neighbors);
    float[] missed = unlimited();
    float[] left = unlimited();
    for (int k : DEPTHS) {
      if (k <= deepest) {
        for (boolean moved : new boolean[] {false, true}) {
          lower(missed, allowed(neighbors, k, moved, spread, false));
          lower(left, allowed(neighbors, k, moved, spread, true));
        }
      }
    }
    return new RecallCurve(RECALLS.clone(), missed, left, spread, surprise(neighbors, spread));
  }

  private static float[] unlimited() {
    float[] values = new float[RECALLS.length];
    Arrays.fill(values, Float.MAX_VALUE);
    return values;
  }

  private static void lower(float[] values, float[] limits) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(values[i], limits[i]);
    }
  }

  /** The true neighbours of each query, best first, as {@linkplain ScoreKey keys}. */
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
          || !Float.isFinite(ScoreKey.score(neighbors[query][SMALL_K - 1]))) {
        return false;
      }
    }
    return true;
  }

  private ScoreModel model(int query, float spread) {
    return ScoreModel.of(table, similarity, spread, queries[query], sizes);
  }

  /**
   * The spread at which the score of a row's k-th neighbour is predicted right on average. At least
   * 1, as along a random direction: data in tight clusters would give less, and then queries
   * outside of them would be mistaken.
   */
  private float fitSpread(long[][] neighbors) {
    double low = 0;
    double high = Math.log(256);
    for (int i = 0; i < 10; i++) {
      double middle = (low + high) / 2;
      if (mean(surprises(neighbors, (float) Math.exp(middle))) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (float) Math.exp((low + high) / 2);
  }

  /** By how many standard deviations each row's k-th neighbour scores less than predicted. */
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
                float actual = ScoreKey.score(neighbors[query][SMALL_K - 1]);
                int best = model.promising(predicted)[0];
                surprises[query] = (predicted - actual) / model.deviation(best);
              }
            });
    return IntStream.range(0, queries.length)
        .filter(query -> !isMoved(query))
        .mapToDouble(query -> surprises[query])
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  /**
   * How many standard deviations below its prediction the k-th neighbour may score before a filter
   * is suspected of working against the query: without a filter most queries stay below that. It is
   * one standard deviation above the mean of what was measured.
   */
  private float surprise(long[][] neighbors, float spread) {
    double[] surprises = surprises(neighbors, spread);
    double mean = mean(surprises);
    double squares = mean(Arrays.stream(surprises).map(s -> (s - mean) * (s - mean)).toArray());
    return (float) Math.max(0, mean + Math.sqrt(squares));
  }

  /**
   * For each recall, how much may be left out.
   *
   * @param moved true to measure with the queries that were moved, false to measure with the others
   * @param late true to measure how much may be left out once the score of the k-th neighbour is
   *     known: the result is then a share of all items above that score. False to measure it before
   *     anything is visited: the result is then predicted hits per wanted hit.
   */
  private float[] allowed(long[][] neighbors, int k, boolean moved, float spread, boolean late) {
    int[] chosen =
        IntStream.range(0, queries.length).filter(query -> isMoved(query) == moved).toArray();
    float[] left = new float[chosen.length * k];
    parallel.forEach(
        chosen.length,
        4,
        () ->
            (from, to) -> {
              for (int i = from; i < to; i++) {
                ScoreModel model = model(chosen[i], spread);
                long[] found = neighbors[chosen[i]];
                float score = late ? ScoreKey.score(found[k - 1]) : model.kthScore(k);
                double whole = late ? model.expectedAbove(score) : k;
                float[] whenReached = leftWhenReached(model, score, whole);
                for (int rank = 0; rank < k; rank++) {
                  left[i * k + rank] = whenReached[listOf(ScoreKey.row(found[rank]))];
                }
              }
            });
    Arrays.sort(left);
    float[] allowed = new float[RECALLS.length];
    for (int i = 0; i < RECALLS.length; i++) {
      double wanted = RECALLS[i] + (late ? LATE_MARGIN : MARGIN) * (1 - RECALLS[i]);
      allowed[i] = left[(int) ((1 - wanted) * left.length)] * 0.999f;
    }
    return allowed;
  }

  /**
   * For each list, the items expected above {@code score} in it and in all lists that are visited
   * after it, divided by {@code whole}.
   */
  private float[] leftWhenReached(ScoreModel model, float score, double whole) {
    int[] order = model.promising(score);
    float[] left = new float[order.length];
    double sum = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      sum += model.expectedAbove(order[i], score);
      left[order[i]] = whole > 0 ? (float) (sum / whole) : 0;
    }
    return left;
  }

  private int listOf(int item) {
    int at = Arrays.binarySearch(table.first(), item);
    return at >= 0 ? at : -at - 2;
  }
}
