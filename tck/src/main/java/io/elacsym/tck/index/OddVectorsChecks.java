package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.index.VectorIndexes.Open;
import io.elacsym.tck.oracle.Recall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Dimensions, zeros and lengths at the ends of what a {@link VectorField} may have. */
record OddVectorsChecks(VectorIndexes indexes) {
  /** The greatest length, a little less for rounding, and the least that has a cosine. */
  private static final double LONGEST = 9e18;

  private static final double SHORTEST_COSINE = 1.1e-15;

  List<Check> checks() {
    return List.of(
        Check.of("vectors of any dimension are compared as a whole", this::dimensions),
        Check.of("zero vectors are rows like others, in every metric", this::zeros),
        Check.of("the longest and the shortest vectors are found", this::lengths),
        Check.of("recall reaches its target whatever the scale of the vectors", this::scales));
  }

  private void dimensions() {
    Random random = new Random(Seed.current());
    List<Integer> dimensions = new ArrayList<>(List.of(1, 2, 65, 1025, 4097));
    if (Profile.current() == Profile.FULL) {
      dimensions.add(65_536);
    }
    for (Metric metric : Metric.values()) {
      for (int dimension : dimensions) {
        for (int rows : List.of(1, dimension > 100 ? 40 : 400)) {
          float[][] drawn = Distribution.UNIFORM.draw(rows + 3, dimension, random);
          expectExact(
              metric, Arrays.copyOf(drawn, rows), Arrays.copyOfRange(drawn, rows, rows + 3));
        }
      }
    }
  }

  private void zeros() {
    Random random = new Random(Seed.current());
    float[] zero = new float[16];
    for (Metric metric : Metric.values()) {
      for (int rows : List.of(3, 400)) {
        float[][] drawn = Distribution.UNIFORM.draw(rows, 16, random);
        for (int row = 0; row < rows; row += 3) {
          drawn[row] = zero.clone();
        }
        expectExact(metric, drawn, new float[][] {zero, drawn[1], drawn[2].clone()});
      }
      expectExact(
          metric,
          new float[5][16],
          new float[][] {zero, {1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6, 5, 4, 3, 2}});
    }
  }

  private void lengths() {
    Random random = new Random(Seed.current());
    for (Metric metric : Metric.values()) {
      double shortest = metric == Metric.COSINE ? SHORTEST_COSINE : 1e-30;
      float[][] drawn = Distribution.UNIFORM.draw(403, 8, random);
      for (int row = 0; row < drawn.length; row++) {
        double share = row % 4 == 0 ? 0 : row % 4 == 1 ? 1 : random.nextDouble();
        double length = shortest * Math.pow(LONGEST / shortest, share);
        drawn[row] = ofLength(drawn[row], length);
      }
      expectExact(metric, Arrays.copyOf(drawn, 400), Arrays.copyOfRange(drawn, 400, 403));
    }
  }

  /** So that squares of components are near the ends of the range of floats. */
  private void scales() {
    Random random = new Random(Seed.current());
    for (Metric metric : Metric.values()) {
      List<Double> lengths = List.of(metric == Metric.COSINE ? 1e-14 : 1e-18, 1e18);
      int quick = (int) Math.floorMod(Seed.current() + metric.id().hashCode(), 2L);
      for (double length : Profile.current().pick(lengths.subList(quick, quick + 1), lengths)) {
        recall(metric, length, random);
      }
    }
  }

  private void recall(Metric metric, double length, Random random) {
    float[][] drawn = Distribution.CLUSTERED.draw(2530, 8, random);
    for (int row = 0; row < drawn.length; row++) {
      drawn[row] = scaled(drawn[row], length / 4);
    }
    VectorField field = new VectorField("vector", 8, metric);
    TestVectors vectors = TestVectors.of(Arrays.copyOf(drawn, 2500));
    try (Open open = indexes.open(indexes.write(field, vectors, true))) {
      double sum = 0;
      for (int i = 2500; i < drawn.length; i++) {
        VectorHits hits = open.search(drawn[i], 10, open.written().all(), 0.95);
        VectorAnswerChecks.expectSorted(hits);
        VectorAnswerChecks.expectExactScores(open.written().vectors(), field, drawn[i], hits);
        sum += Recall.of(hits, open.exact(drawn[i], 10, open.written().all()));
      }
      double mean = sum / (drawn.length - 2500);
      Expect.that(
          mean >= 0.95,
          () ->
              metric.id()
                  + ", lengths about "
                  + length
                  + ": recall@10 is "
                  + mean
                  + ", expected 0.95");
    }
  }

  private void expectExact(Metric metric, float[][] rows, float[][] queries) {
    int dimension = rows[0].length;
    VectorField field = new VectorField("vector", dimension, metric);
    try (Open open = indexes.open(indexes.write(field, TestVectors.of(rows), true))) {
      RowSet all = open.written().all();
      for (float[] query : queries) {
        for (double target : new double[] {0.5, 1}) {
          for (int k : new int[] {3, rows.length}) {
            String what =
                metric.id()
                    + ", dimension "
                    + dimension
                    + ", "
                    + rows.length
                    + " rows, k "
                    + k
                    + ", recall target "
                    + target
                    + ": ";
            VectorHits hits = open.search(query, k, all, target);
            Expect.equal(what + "number of hits", Math.min(k, rows.length), hits.rows().length);
            for (float score : hits.scores()) {
              Expect.that(Float.isFinite(score), () -> what + "a score is " + score);
            }
            VectorAnswerChecks.expectSorted(hits);
            VectorAnswerChecks.expectExactScores(open.written().vectors(), field, query, hits);
            if (target == 1) {
              Expect.equal(what + "recall", 1.0, Recall.of(hits, open.exact(query, k, all)));
            }
          }
        }
      }
    }
  }

  private static float[] ofLength(float[] vector, double length) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    return scaled(vector, length / Math.sqrt(squares));
  }

  private static float[] scaled(float[] vector, double factor) {
    float[] scaled = new float[vector.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (vector[i] * factor);
    }
    return scaled;
  }
}
