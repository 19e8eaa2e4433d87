package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Care is for those queries that need it. */
class StrangeQueriesTest {
  private static final int ROWS = 6000;
  private static final int QUERIES = 150;

  @ParameterizedTest
  @EnumSource(Metric.class)
  void strangeQueriesAreAnsweredAndOrdinaryOnesDoNotPayForThem(Metric metric) {
    VectorField field = new VectorField("vector", 32, metric);
    Random random = new Random(Seed.current());
    float[][] drawn = Distribution.CLUSTERED.draw(ROWS + QUERIES, field.dimension(), random);
    float[][] ordinary = Arrays.copyOf(drawn, QUERIES);
    float[][] strange = new float[QUERIES][];
    Arrays.setAll(strange, i -> TestVectors.near(new float[field.dimension()], 1, random));
    Index index =
        Indexes.build(field, TestVectors.of(Arrays.copyOfRange(drawn, QUERIES, drawn.length)));
    try (VectorIndexReader reader = index.open()) {
      for (float[][] queries : new float[][][] {ordinary, strange}) {
        assertThat(index.recall(reader, queries, 10, 0.95, i -> index.all()))
            .as("seed %d", Seed.current())
            .isGreaterThanOrEqualTo(0.95);
      }
      assertThat(scored(index, reader, ordinary))
          .as("vectors an ordinary query is compared with, seed %d", Seed.current())
          .isLessThan(ROWS / 15.0)
          .isLessThan(scored(index, reader, strange) / 2);
    }
  }

  private static double scored(Index index, VectorIndexReader reader, float[][] queries) {
    return Arrays.stream(queries)
        .mapToInt(query -> reader.search(Indexes.query(query, 10, index.all(), 0.95)).scored())
        .average()
        .orElseThrow();
  }
}
