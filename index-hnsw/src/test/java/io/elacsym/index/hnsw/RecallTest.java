package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is found in clusters so tight that a filter on a query's own cluster hurts. */
class RecallTest {
  private static final int ROWS = 8000;
  private static final int QUERIES = 100;
  private static final VectorField FIELD = new VectorField("vector", 32, Metric.L2);

  private static Index index;
  private static float[][] queries;

  @BeforeAll
  static void build() {
    float[][] drawn =
        Distribution.CLUSTERED.draw(ROWS + QUERIES, FIELD.dimension(), new Random(Seed.current()));
    queries = Arrays.copyOf(drawn, QUERIES);
    index = Indexes.build(FIELD, TestVectors.of(Arrays.copyOfRange(drawn, QUERIES, drawn.length)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.95, 0.99, 0.999})
  void calibrationKeepsWhatTheTargetPromises(double target) {
    try (VectorIndexReader reader = index.open()) {
      for (int k : List.of(1, 10, 30, 100)) {
        assertThat(index.recall(reader, queries, k, target, i -> index.all()))
            .as("recall@%d, seed %d", k, Seed.current())
            .isGreaterThanOrEqualTo(target - 0.01);
      }
    }
  }

  @Test
  void aHigherTargetNeverComparesLess() {
    try (VectorIndexReader reader = index.open()) {
      long before = 0;
      for (double target : new double[] {0.5, 0.9, 0.95, 0.99, 1}) {
        long scored = 0;
        for (float[] query : queries) {
          scored += reader.search(Indexes.query(query, 10, index.all(), target)).scored();
        }
        assertThat(scored).as("scored for target %s", target).isGreaterThanOrEqualTo(before);
        before = scored;
      }
      assertThat(before).isEqualTo((long) QUERIES * ROWS);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.5, 0.3, 0.1, 0.01, 0.001})
  void recallHoldsUnderRandomFilters(double share) {
    Random random = new Random(Seed.current());
    try (VectorIndexReader reader = index.open()) {
      double recall =
          index.recall(
              reader,
              queries,
              10,
              0.95,
              i -> {
                BitSet rows = new BitSet();
                random.ints(0, ROWS).distinct().limit((long) (ROWS * share)).forEach(rows::set);
                return RowSet.of(ROWS, rows);
              });
      assertThat(recall).as("seed %d", Seed.current()).isGreaterThanOrEqualTo(0.95);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.98, 0.9, 0.7, 0.5, 0.2, 0.05})
  void recallHoldsUnderFiltersThatAvoidTheQuery(double share) {
    try (VectorIndexReader reader = index.open()) {
      double recall =
          index.recall(reader, queries, 10, 0.95, i -> farFrom(queries[i], (int) (ROWS * share)));
      assertThat(recall).as("seed %d", Seed.current()).isGreaterThanOrEqualTo(0.95);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.5, 0.2, 0.05})
  void recallHoldsUnderFiltersThatFollowTheData(double share) {
    RowSet accept = farFrom(queries[0], (int) (ROWS * share));
    try (VectorIndexReader reader = index.open()) {
      assertThat(index.recall(reader, queries, 10, 0.95, i -> accept))
          .as("seed %d", Seed.current())
          .isGreaterThanOrEqualTo(0.95);
    }
  }

  @Test
  void forcedEffortWidensTheBeam() {
    try (VectorIndexReader reader = index.open()) {
      int before = 0;
      for (int effort : new int[] {10, 50, 250, 1000}) {
        VectorQuery query =
            new VectorQuery(queries[1], 10, index.all(), 0.95, OptionalInt.of(effort));
        VectorHits hits = reader.search(query);
        assertThat(hits.rows()).hasSize(10);
        assertThat(hits.scored()).as("effort %d", effort).isGreaterThan(before);
        before = hits.scored();
      }
    }
  }

  @Test
  void tieBreaksAndSortingSurviveAnInternalRowOrder() {
    Index unordered = Indexes.build(FIELD, index.vectors().withGaps(5), false, Indexes.context());
    assertThat(unordered.vectors().segmentRows()).isGreaterThan(ROWS);
    try (VectorIndexReader reader = unordered.open()) {
      assertThat(unordered.recall(reader, queries, 10, 0.95, i -> unordered.all()))
          .as("seed %d", Seed.current())
          .isGreaterThanOrEqualTo(0.95);
      assertThat(unordered.recall(reader, queries, 10, 1, i -> unordered.all())).isEqualTo(1);
    }
  }

  /** The rows that are farthest from a vector. */
  private static RowSet farFrom(float[] vector, int count) {
    int[] rows = index.exact(vector, ROWS).rows();
    BitSet accept = new BitSet();
    for (int i = ROWS - count; i < ROWS; i++) {
      accept.set(rows[i]);
    }
    return RowSet.of(ROWS, accept);
  }
}
