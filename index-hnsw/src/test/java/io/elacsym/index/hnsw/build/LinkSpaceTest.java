package io.elacsym.index.hnsw.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.index.Metric;
import io.elacsym.tck.ScalarVectorMath;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkSpaceTest {
  private static final int COUNT = 500;
  private static final int DIMENSION = 12;

  /** Normal rows around (5, 5, ...), the first of them 1,000 times as far. */
  private static float[][] rows() {
    Random random = new Random(Seed.current());
    float[] middle = new float[DIMENSION];
    Arrays.fill(middle, 5);
    float[][] rows = new float[COUNT][];
    Arrays.setAll(rows, i -> TestVectors.near(middle, 1, random));
    for (int i = 0; i < DIMENSION; i++) {
      rows[0][i] *= 1000;
    }
    return rows;
  }

  private static LinkSpace space(Metric metric, float[][] rows) {
    return LinkSpace.of(
        metric,
        new ScalarVectorMath(),
        COUNT,
        DIMENSION,
        (number, to, at) -> System.arraycopy(rows[number], 0, to, at, DIMENSION));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void whatAVectorScoresForAQueryDiffersByTheSameForAll(Metric metric) {
    float[][] rows = rows();
    LinkSpace space = space(metric, rows);
    VectorStore raw = new VectorStore(COUNT, DIMENSION, metric, new ScalarVectorMath());
    float[] query = TestVectors.near(new float[DIMENSION], 2, new Random(Seed.current() + 1));
    for (int i = 1; i < COUNT; i++) {
      System.arraycopy(rows[i], 0, raw.pageOf(i), raw.offset(i), DIMENSION);
      double here = space.vectors().score(space.query(query), 0, i) + space.offset(query);
      assertThat(here)
          .as("row %d, seed %d", i, Seed.current())
          .isCloseTo(raw.score(query, 0, i), within(1e-3));
    }
  }

  @Test
  void mostVectorsGetOneLength() {
    VectorStore vectors = space(Metric.DOT, rows()).vectors();
    double[] lengths = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      lengths[i] = Math.sqrt(vectors.between(i, i));
    }
    Arrays.sort(lengths);
    assertThat(lengths[COUNT * 8 / 10])
        .as("seed %d", Seed.current())
        .isCloseTo(lengths[0], within(1e-3 * lengths[0]));
  }

  @Test
  void oneFarVectorDoesNotMoveTheCenter() {
    LinkSpace space = space(Metric.DOT, rows());
    for (float x : space.center()) {
      assertThat(x).as("seed %d", Seed.current()).isBetween(4.7f, 5.3f);
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void vectorsComeBackAsTheyWere(Metric metric) {
    float[][] rows = rows();
    LinkSpace space = space(metric, rows);
    for (int i = 0; i < COUNT; i++) {
      assertThat(space.stored(i)).containsExactly(rows[i], within(1e-3f));
    }
  }
}
