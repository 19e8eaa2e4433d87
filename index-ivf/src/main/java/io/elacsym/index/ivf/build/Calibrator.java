package io.elacsym.index.ivf.build;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.Similarity;
import io.elacsym.index.codes.Space;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.index.ivf.blob.v1.RecallCurve;
import io.elacsym.index.ivf.search.ScoreModel;
import io.elacsym.index.ivf.search.SpaceQuery;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures how much must be visited for a recall target: queries are made of some of the rows,
 * their true neighbours are found by comparing them with everything, and the model's predictions
 * are held against them. A target must hold for each kind of query by itself, apart for those that
 * look like the rows and those that do not, so that what the latter need costs the former nothing.
 */
final class Calibrator {
  private static final int PART = 256;

  /** Of vectors that stay in the processor's cache while all queries are compared with them. */
  private static final int CACHED_BYTES = 96 << 10;

  private static final float[] RECALLS = {0.8f, 0.9f, 0.95f, 0.98f, 0.99f};

  /**
   * Part of the way to a recall of 1 that is gone beyond the target, because what comes is not what
   * was measured, and because estimates by codes lose some hits, too.
   */
  private static final double MARGIN = 0.4;

  /** Beyond this recall misses are so few that a handful of queries has them all: less is known. */
  private static final float OFTEN_MISSED = 0.95f;

  private static final double RARE_MARGIN = 0.6;

  /** The same for queries unlike the rows: there are more kinds of them than are tried. */
  private static final double UNLIKE_MARGIN = 0.6;

  /** Of so many rows one is less like the others than queries that count as like them. */
  private static final int UNUSUAL = 50;

  /** Of fewer queries of a kind nothing is learnt. */
  private static final int LEAST_QUERIES = 8;

  /**
   * How many rows it takes to measure each of {@link RecallCurve#DEPTHS}. With less than the last,
   * all rows are compared with a query of so many hits.
   */
  private static final int[] LEAST_ROWS = {0, 0, 2_000, 4_000};

  private final ListTable table;
  private final int always;
  private final MemorySegment packed;
  private final Similarity similarity;
  private final Parallel parallel;
  private final int[] sizes;
  private final int count;
  private final int dimension;
  private final List<Probe> probes = new ArrayList<>();
  private final int deepest;

  /** A query to measure with, and the item that it is, or -1. */
  private record Probe(QueryKind kind, int self, SpaceQuery query) {}

  /**
   * @param always how many lists, the first ones, are always visited
   * @param packed all vectors, in list order
   */
  Calibrator(
      ListTable table,
      int always,
      Space space,
      MemorySegment packed,
      Similarity similarity,
      SplittableRandom random,
      Parallel parallel) {
    this.table = table;
    this.always = always;
    this.packed = packed;
    this.similarity = similarity;
    this.parallel = parallel;
    this.sizes = new int[table.lists()];
    Arrays.setAll(sizes, list -> list < always ? 0 : table.size(list));
    this.count = table.first()[table.lists()];
    this.dimension = space.middle().length;
    this.deepest = (int) Arrays.stream(LEAST_ROWS).filter(least -> count >= least).count();
    // Outliers are no examples of the rows.
    int usual = table.first()[always];
    double[] deviation = new double[dimension];
    double length = measure(usual, deviation, random);
    for (QueryKind kind : QueryKind.values()) {
      if (kind.differsUnder(similarity.metric())) {
        int queries = Math.min(kind.queries(), (count - usual) / 8);
        for (int item : Sampling.sample(count - usual, queries, random)) {
          float[] vector = vector(usual + item);
          float[] other = vector(usual + random.nextInt(count - usual));
          kind.make(vector, other, deviation, length, random);
          similarity.prepareInPlace(vector);
          int self = kind == QueryKind.ROW ? usual + item : -1;
          probes.add(new Probe(kind, self, SpaceQuery.of(vector, space, similarity)));
        }
      }
    }
  }

  private float[] vector(int item) {
    return Bytes.floats(packed, 4L * dimension * item, dimension);
  }

  /** The deviation of each component; returns the root of the mean square of all. */
  private double measure(int usual, double[] deviation, SplittableRandom random) {
    int[] sample = Sampling.sample(count - usual, Math.min(PART, count - usual), random);
    double[] mean = new double[dimension];
    double[] squares = new double[dimension];
    for (int item : sample) {
      float[] vector = vector(usual + item);
      for (int j = 0; j < dimension; j++) {
        mean[j] += (double) vector[j] / sample.length;
        squares[j] += (double) vector[j] * vector[j] / sample.length;
      }
    }
    double all = 0;
    for (int j = 0; j < dimension; j++) {
      deviation[j] = Math.sqrt(Math.max(0, squares[j] - mean[j] * mean[j]));
      all += squares[j] / dimension;
    }
    return Math.sqrt(all);
  }

  RecallCurve curve() {
    int k = RecallCurve.DEPTHS.get(deepest - 1);
    long[][] neighbors = neighbors(k);
    if (!isUsable(neighbors, k)) {
      return RecallCurve.NONE;
    }
    float spread = fitSpread(neighbors);
    float[] likeness = likeness(neighbors);
    float boundary = boundary(likeness);
    float[][] left = new float[RecallCurve.ROWS][];
    for (int depth = 0; depth < RecallCurve.DEPTHS.size(); depth++) {
      // Without enough rows for the deepest, what the next one needs will do.
      int measured = Math.min(depth, deepest - 1);
      for (boolean like : new boolean[] {true, false}) {
        left[RecallCurve.row(like, depth)] =
            allowed(neighbors, RecallCurve.DEPTHS.get(measured), spread, likeness, boundary, like);
      }
    }
    return new RecallCurve(RECALLS.clone(), left, boundary, spread);
  }

  /** The true neighbours of each query, best first, as {@linkplain ScoreKey keys}. */
  private long[][] neighbors(int k) {
    List<TopK[]> found = new ArrayList<>();
    int part = Math.clamp(CACHED_BYTES / (Float.BYTES * (long) dimension), 4, PART);
    parallel.forEach(
        count,
        part,
        () -> {
          TopK[] own = new TopK[probes.size()];
          Arrays.setAll(own, i -> new TopK(k, count));
          synchronized (found) {
            found.add(own);
          }
          float[] scores = new float[part];
          Similarity exact = similarity.ofPrepared();
          return (from, to) -> {
            long at = 4L * dimension * from;
            for (int i = 0; i < own.length; i++) {
              Probe probe = probes.get(i);
              exact.scores(probe.query().vector(), packed, at, to - from, scores);
              offer(scores, from, to, probe.self(), own[i]);
            }
          };
        });
    long[][] neighbors = new long[probes.size()][];
    for (int i = 0; i < neighbors.length; i++) {
      TopK all = found.getFirst()[i];
      for (TopK[] other : found.subList(1, found.size())) {
        all.offerAll(other[i]);
      }
      neighbors[i] = all.best();
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

  private boolean isUsable(long[][] neighbors, int k) {
    for (int i = 0; i < neighbors.length; i++) {
      if (!model(i, 1).isUsable()
          || neighbors[i].length < k
          || !Float.isFinite(ScoreKey.score(neighbors[i][k - 1]))) {
        return false;
      }
    }
    return neighbors.length > 0;
  }

  private ScoreModel model(int probe, float spread) {
    return ScoreModel.of(table, probes.get(probe).query(), spread, sizes);
  }

  /**
   * The spread at which the score of a row's tenth neighbour is predicted right on average. At
   * least 1, as along a random direction: data in tight clusters would give less, and then queries
   * outside of them would be mistaken.
   */
  private float fitSpread(long[][] neighbors) {
    double low = 0;
    double high = Math.log(256);
    for (int i = 0; i < 10; i++) {
      double middle = (low + high) / 2;
      if (surprise(neighbors, (float) Math.exp(middle)) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (float) Math.exp((low + high) / 2);
  }

  /** By how many standard deviations rows' tenth neighbours score less than predicted. */
  private double surprise(long[][] neighbors, float spread) {
    int rows = (int) probes.stream().filter(probe -> probe.kind() == QueryKind.ROW).count();
    double[] surprises = new double[rows];
    parallel.forEach(
        rows,
        4,
        () ->
            (from, to) -> {
              for (int i = from; i < to; i++) {
                ScoreModel model = model(i, spread);
                float predicted = model.kthScore(RecallCurve.DEPTHS.get(1));
                float actual = ScoreKey.score(neighbors[i][RecallCurve.DEPTHS.get(1) - 1]);
                int best = model.promising(predicted)[0];
                surprises[i] = (predicted - actual) / model.deviation(best);
              }
            });
    return Arrays.stream(surprises).average().orElse(0);
  }

  private float[] likeness(long[][] neighbors) {
    float[] likeness = new float[probes.size()];
    for (int i = 0; i < likeness.length; i++) {
      likeness[i] = probes.get(i).query().likeness(ScoreKey.score(neighbors[i][0]));
    }
    return likeness;
  }

  /** The likeness that all but a few rows have. */
  private float boundary(float[] likeness) {
    double[] rows =
        IntStream.range(0, likeness.length)
            .filter(i -> probes.get(i).kind() == QueryKind.ROW)
            .mapToDouble(i -> likeness[i])
            .sorted()
            .toArray();
    return (float) rows[rows.length / UNUSUAL];
  }

  /** For each recall, how much may be left out, so that it is reached for each kind of query. */
  private float[] allowed(
      long[][] neighbors, int k, float spread, float[] likeness, float boundary, boolean like) {
    float[] allowed = new float[RECALLS.length];
    Arrays.fill(allowed, Float.MAX_VALUE);
    for (QueryKind kind : QueryKind.values()) {
      int[] chosen =
          IntStream.range(0, probes.size())
              .filter(i -> probes.get(i).kind() == kind && likeness[i] >= boundary == like)
              .toArray();
      if (chosen.length < LEAST_QUERIES) {
        continue;
      }
      float[] left = left(neighbors, chosen, k, spread);
      for (int i = 0; i < RECALLS.length; i++) {
        double missed = (1 - margin(RECALLS[i], like)) * (1 - RECALLS[i]);
        allowed[i] = Math.min(allowed[i], quantile(left, missed));
      }
    }
    for (int i = 0; i < RECALLS.length; i++) {
      // No query of this likeness was seen: the first one that comes is searched exactly.
      allowed[i] = allowed[i] == Float.MAX_VALUE ? 0 : allowed[i];
    }
    return allowed;
  }

  private static double margin(float recall, boolean like) {
    if (!like) {
      return UNLIKE_MARGIN;
    }
    return recall > OFTEN_MISSED ? RARE_MARGIN : MARGIN;
  }

  /**
   * The value that a share of all others lie below. Where there are so few that it would be less
   * than one of them, it is that part of the least one: what was not seen may be smaller.
   */
  private static float quantile(float[] ascending, double share) {
    double below = share * ascending.length;
    return ascending[(int) below] * (float) Math.min(below, 0.999);
  }

  /**
   * For each true neighbour of some queries, which share of the items expected above the k-th score
   * is left when its list is reached; ascending.
   */
  private float[] left(long[][] neighbors, int[] chosen, int k, float spread) {
    float[] left = new float[chosen.length * k];
    parallel.forEach(
        chosen.length,
        4,
        () ->
            (from, to) -> {
              for (int i = from; i < to; i++) {
                ScoreModel model = model(chosen[i], spread);
                long[] found = neighbors[chosen[i]];
                float score = ScoreKey.score(found[k - 1]);
                float[] whenReached = leftWhenReached(model, score);
                for (int rank = 0; rank < k; rank++) {
                  int list = table.listOf(ScoreKey.row(found[rank]));
                  left[i * k + rank] = list < always ? Float.MAX_VALUE : whenReached[list];
                }
              }
            });
    Arrays.sort(left);
    return left;
  }

  /**
   * For each list, the share of the items expected above {@code score} that are in it and in all
   * lists that are visited after it.
   */
  private static float[] leftWhenReached(ScoreModel model, float score) {
    float[] expected = model.expectedBetween(score, Float.POSITIVE_INFINITY);
    double whole = ScoreModel.sum(expected);
    int[] order = model.promising(score);
    float[] left = new float[expected.length];
    double sum = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      sum += expected[order[i]];
      left[order[i]] = whole > 0 ? (float) (sum / whole) : 0;
    }
    return left;
  }
}
