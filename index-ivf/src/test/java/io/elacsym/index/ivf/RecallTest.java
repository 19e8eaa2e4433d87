package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.oracle.ExactNeighbors;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecallTest {
  private static final int ROWS = 12_000;
  private static final int QUERIES = 150;
  private static final VectorField FIELD = new VectorField("vector", 32, Metric.COSINE);

  private final long seed = Seed.current();
  private Written index;
  private ExactNeighbors oracle;
  private float[][] foreign;

  /** Broad clouds that overlap, so that neighbours are spread over many lists. */
  @BeforeAll
  void build() {
    Random random = new Random(seed);
    float[][] centers = Distribution.UNIFORM.draw(40, FIELD.dimension(), random);
    float[][] vectors = new float[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      vectors[i] = TestVectors.near(centers[random.nextInt(centers.length)], 0.5, random);
    }
    index = Indexes.write(FIELD, TestVectors.of(vectors), true, Indexes.context("list_rows", "64"));
    oracle = new ExactNeighbors(FIELD, index.vectors());
    // Queries that are not drawn as the rows are: no cloud around a center.
    foreign = Distribution.UNIFORM.draw(QUERIES, FIELD.dimension(), random);
  }

  private double meanRecall(int k, double target, Filter filter) {
    double sum = 0;
    try (VectorIndexReader reader = index.open(index.source())) {
      for (float[] query : foreign) {
        VectorQuery search = Indexes.query(query, k, filter.accept(query), target);
        sum += Indexes.recall(reader, oracle, search);
      }
    }
    return sum / foreign.length;
  }

  private interface Filter {
    RowSet accept(float[] query);
  }

  @ParameterizedTest
  @CsvSource({"10,0.8", "10,0.9", "10,0.95", "10,0.98", "10,0.99", "1,0.95", "100,0.95"})
  void recallTargetHoldsForQueriesUnlikeTheRows(int k, double target) {
    // Queries stranger than real ones, and few: the mean of the sample may be off by this much.
    assertThat(meanRecall(k, target, query -> index.all()))
        .as("seed %d", seed)
        .isGreaterThanOrEqualTo(target - 0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.5, 0.2, 0.01})
  void recallTargetHoldsUnderFiltersByChance(double share) {
    Random random = new Random(seed);
    assertThat(meanRecall(10, 0.95, query -> Indexes.share(ROWS, share, random)))
        .as("seed %d", seed)
        .isGreaterThanOrEqualTo(0.95);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.002, 0.02, 0.1, 0.5})
  void recallTargetHoldsWhenTheNearestRowsAreRefused(double refused) {
    assertThat(meanRecall(10, 0.95, query -> Indexes.ranked(oracle, query, ROWS, refused, 1)))
        .as("seed %d", seed)
        .isGreaterThanOrEqualTo(0.95);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.7})
  void recallTargetHoldsWhenOnlyTheNearestRowsAreAccepted(double accepted) {
    assertThat(meanRecall(10, 0.95, query -> Indexes.ranked(oracle, query, ROWS, 0, accepted)))
        .as("seed %d", seed)
        .isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void recallTargetOneIsExact() {
    assertThat(meanRecall(10, 1, query -> index.all())).as("seed %d", seed).isEqualTo(1);
  }

  @Test
  void lowerTargetsScoreFewerRows() {
    try (VectorIndexReader reader = index.open(index.source())) {
      long least = 0;
      long more = 0;
      long most = 0;
      for (float[] query : foreign) {
        least += reader.search(Indexes.query(query, 10, index.all(), 0.8)).scored();
        more += reader.search(Indexes.query(query, 10, index.all(), 0.95)).scored();
        most += reader.search(Indexes.query(query, 10, index.all(), 1)).scored();
      }
      assertThat(least).as("seed %d", seed).isLessThan(more);
      assertThat(more).as("seed %d", seed).isLessThan(most);
      assertThat(most).isEqualTo((long) ROWS * QUERIES);
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void tooManyListsForOneLevelAreFoundThroughParents(Metric metric) {
    VectorField field = new VectorField("vector", 12, metric);
    Random random = new Random(seed);
    TestVectors vectors =
        TestVectors.of(Distribution.CLUSTERED.draw(20_000, field.dimension(), random));
    Written large = Indexes.write(field, vectors, true, Indexes.context("list_rows", "16"));
    assertThat(large.head().table().lists()).isGreaterThan(1024);
    assertThat(large.head().table().largest()).isLessThanOrEqualTo(64);
    ExactNeighbors exact = new ExactNeighbors(field, large.vectors());
    double sum = 0;
    try (VectorIndexReader reader = large.open(large.source())) {
      for (int i = 0; i < QUERIES; i++) {
        float[] query =
            TestVectors.near(large.vectors().vector(random.nextInt(20_000)), 0.3, random);
        sum += Indexes.recall(reader, exact, Indexes.query(query, 10, large.all(), 0.95));
      }
    }
    assertThat(sum / QUERIES).as("seed %d", seed).isGreaterThanOrEqualTo(0.95);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void vectorsBeyondPredictionAreSearchedExactly(Metric metric) {
    VectorField field = new VectorField("vector", 8, metric);
    Random random = new Random(seed);
    float[][] vectors = Distribution.CLUSTERED.draw(1600, field.dimension(), random);
    for (float[] vector : vectors) {
      for (int j = 0; j < vector.length; j++) {
        vector[j] *= 1e25f;
      }
    }
    Written huge =
        Indexes.write(field, TestVectors.of(vectors), true, Indexes.context("list_rows", "32"));
    try (VectorIndexReader reader = huge.open(huge.source())) {
      var hits = reader.search(Indexes.query(huge.vectors().vector(3), 5, huge.all(), 0.95));
      assertThat(hits.rows()).hasSize(5);
    }
  }
}
