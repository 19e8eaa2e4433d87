package io.elacsym.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.index.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighborsTest {
  private static final int DIMENSION = 21;
  private static final int COUNT = 501;

  @Test
  void theNearestAreThoseOfPlainSortingUnderL2() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[] components = new float[COUNT * DIMENSION];
    for (int i = 0; i < components.length; i++) {
      components[i] = (float) random.nextGaussian();
    }
    Vectors vectors = new Vectors(components, DIMENSION);
    List<float[]> queries = new ArrayList<>();
    for (int q = 0; q < 7; q++) {
      float[] query = new float[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        query[i] = (float) random.nextGaussian();
      }
      queries.add(query);
    }
    Neighbors found = Neighbors.of(Metric.L2, vectors, queries, 25, item -> item % 3 != 0);
    assertThat(found.matching()).isEqualTo(334);
    for (int q = 0; q < queries.size(); q++) {
      float[] query = queries.get(q);
      int[] sorted =
          IntStream.range(0, COUNT)
              .filter(item -> item % 3 != 0)
              .boxed()
              .sorted(Comparator.comparingDouble(item -> distance(query, vectors.get(item))))
              .limit(25)
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(found.items()[q]).as("seed %d, query %d", seed, q).isEqualTo(sorted);
      assertThat((double) found.scores()[q][0])
          .as("seed %d, query %d", seed, q)
          .isCloseTo(-distance(query, vectors.get(sorted[0])), within(1e-3));
    }
  }

  @Test
  void thereAreNoMoreThanMatch() {
    Vectors vectors = new Vectors(new float[] {1, 0, 0, 1, -1, 0}, 2);
    Neighbors found =
        Neighbors.of(Metric.COSINE, vectors, List.of(new float[] {1, 0}), 10, item -> item > 0);
    assertThat(found.items()[0]).containsExactly(1, 2);
    assertThat(found.truth(10).recall(0, new float[] {0, -1})).isEqualTo(1);
  }

  @Test
  void nothingMatchesAFilterOfNothing() {
    Vectors vectors = new Vectors(new float[] {1, 0}, 2);
    Neighbors found =
        Neighbors.of(Metric.COSINE, vectors, List.of(new float[] {1, 0}), 10, _ -> false);
    assertThat(found.items()[0]).isEmpty();
    assertThat(found.truth(10).recall(0, new float[0])).isEqualTo(1);
  }

  private static double distance(float[] a, float[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return square;
  }
}
