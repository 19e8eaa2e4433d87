package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.index.hnsw.blob.v1.BlobLoader;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DuplicatesTest {
  private static final int ROWS = 3000;

  @ParameterizedTest
  @EnumSource(Metric.class)
  void equalVectorsAreStoredOnce(Metric metric) {
    Index different = index(metric, ROWS, 0);
    Index half = index(metric, ROWS / 2, 0);
    assertThat(half.blob().size()).isLessThan(different.blob().size() * 6 / 10);
    try (VectorIndexReader reader = half.open()) {
      assertThat(reader.count()).isEqualTo(ROWS);
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void everyRowOfAlmostEqualVectorsCanBeReached(Metric metric) {
    for (int seeds : new int[] {1, 40}) {
      assertThat(reachable(index(metric, seeds, 1e-6))).as("of %d seeds", seeds).isEqualTo(ROWS);
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void anySubsetOfEqualVectorsComesBackWhole(Metric metric) {
    for (Index index : List.of(index(metric, 1, 0), mostlyOneVector(metric))) {
      float[] query = index.vectors().vector(0);
      Random random = new Random(Seed.current());
      try (VectorIndexReader reader = index.open()) {
        for (int size : new int[] {1, 10, 500, ROWS - 1, ROWS}) {
          BitSet rows = new BitSet();
          random.ints(0, ROWS).distinct().limit(size).forEach(rows::set);
          RowSet accept = RowSet.of(ROWS, rows);
          for (int k : new int[] {1, 100, ROWS}) {
            VectorHits hits = reader.search(Indexes.query(query, k, accept, 0.95));
            assertThat(hits.rows())
                .as("k %d of %d, seed %d", k, size, Seed.current())
                .hasSize(Math.min(k, size))
                .doesNotHaveDuplicates()
                .matches(found -> Arrays.stream(found).allMatch(accept::contains));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void oneVectorOfHalfTheRowsDoesNotCutOffTheRest(Metric metric) {
    Index index = mostlyOneVector(metric);
    float[][] queries =
        Distribution.UNIFORM.draw(100, index.field().dimension(), new Random(Seed.current() + 1));
    try (VectorIndexReader reader = index.open()) {
      for (int k : new int[] {1, 10, 100}) {
        assertThat(index.recall(reader, queries, k, 0.95, i -> index.all()))
            .as("recall@%d, seed %d", k, Seed.current())
            .isGreaterThanOrEqualTo(0.94);
      }
    }
  }

  /** Rows near a few vectors. */
  private static Index index(Metric metric, int seeds, double spread) {
    VectorField field = new VectorField("vector", 8, metric);
    Random random = new Random(Seed.current());
    float[][] centers = Distribution.UNIFORM.draw(seeds, field.dimension(), random);
    float[][] vectors = new float[ROWS][];
    Arrays.setAll(vectors, i -> TestVectors.near(centers[i % seeds], spread, random));
    return Indexes.build(field, TestVectors.of(vectors));
  }

  /** Every other row has the same vector. */
  private static Index mostlyOneVector(Metric metric) {
    VectorField field = new VectorField("vector", 8, metric);
    float[][] vectors =
        Distribution.UNIFORM.draw(ROWS, field.dimension(), new Random(Seed.current()));
    for (int row = 0; row < ROWS; row += 2) {
      vectors[row] = vectors[0];
    }
    return Indexes.build(field, TestVectors.of(vectors));
  }

  private static int reachable(Index index) {
    Graph graph = BlobLoader.former(index.stored(index.blob())).graph().orElseThrow();
    BitSet reached = new BitSet();
    int[] stack = new int[ROWS];
    int size = 0;
    stack[size++] = graph.entryNode();
    reached.set(graph.entryNode());
    while (size > 0) {
      int node = stack[--size];
      for (int i = 0; i < graph.base().count(node); i++) {
        int to = graph.base().get(node, i);
        if (!reached.get(to)) {
          reached.set(to);
          stack[size++] = to;
        }
      }
    }
    return reached.cardinality();
  }
}
