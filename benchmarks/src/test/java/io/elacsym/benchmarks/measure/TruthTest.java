package io.elacsym.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class TruthTest {
  private static final int DIMENSION = 19;
  private static final int COUNT = 700;
  private static final int K = 10;

  @Test
  void theExactAnswerHasRecallOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Vectors documents = vectors(random);
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      queries.add(unit(random));
    }
    IntPredicate even = i -> i % 2 == 0;
    Truth truth = Truth.of(documents, queries, K, even);
    assertThat(truth.matching()).isEqualTo(COUNT / 2);
    for (int q = 0; q < queries.size(); q++) {
      float[] sorted = new float[COUNT / 2];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = plainDot(queries.get(q), documents.get(2 * i));
      }
      Arrays.sort(sorted);
      float[] best = Arrays.copyOfRange(sorted, sorted.length - K, sorted.length);
      assertThat(truth.recall(q, best)).as("seed %d, query %d", seed, q).isEqualTo(1);
      float[] worst = Arrays.copyOf(sorted, K);
      assertThat(truth.recall(q, worst)).as("seed %d, query %d", seed, q).isZero();
    }
  }

  @Test
  void recallIsTheShareFound() {
    Truth truth = new Truth(100, 4, new float[] {0.5f});
    assertThat(truth.recall(0, new float[] {0.9f, 0.7f, 0.4f, 0.3f})).isEqualTo(0.5);
  }

  @Test
  void missingHitsAreNotFound() {
    Truth truth = new Truth(100, 4, new float[] {0.5f});
    assertThat(truth.recall(0, new float[] {0.9f})).isEqualTo(0.25);
  }

  @Test
  void fewerMatchesThanWantedAreTheWholeAnswer() {
    Truth truth = new Truth(2, 10, new float[] {0.1f});
    assertThat(truth.recall(0, new float[] {0.9f, 0.1f})).isEqualTo(1);
    assertThat(new Truth(0, 10, new float[] {0}).recall(0, new float[0])).isEqualTo(1);
  }

  @Test
  void anyOfEquallyNearDocumentsWillDo() {
    Truth truth = new Truth(100, 2, new float[] {0.5f});
    assertThat(truth.recall(0, new float[] {0.5f, 0.4999995f})).isEqualTo(1);
  }

  @Test
  void theOracleAddsLikePlainLoops() {
    Random random = new Random(7);
    Vectors documents = vectors(random);
    float[] query = unit(random);
    for (int i = 0; i < COUNT; i++) {
      assertThat(documents.dot(query, i))
          .isCloseTo(plainDot(query, documents.get(i)), within(1e-5f));
    }
  }

  private static Vectors vectors(Random random) {
    float[] components = new float[COUNT * DIMENSION];
    for (int i = 0; i < COUNT; i++) {
      System.arraycopy(unit(random), 0, components, i * DIMENSION, DIMENSION);
    }
    return new Vectors(components, DIMENSION);
  }

  private static float[] unit(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    float length = (float) Math.sqrt(plainDot(vector, vector));
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  private static float plainDot(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return (float) dot;
  }
}
