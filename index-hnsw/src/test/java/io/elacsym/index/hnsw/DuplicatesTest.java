package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DuplicatesTest {
  private static final int ROWS = 3000;

  @ParameterizedTest
  @EnumSource(Metric.class)
  void everyRowOfEqualVectorsCanBeReached(Metric metric) {
    Index index = index(metric, 1);
    assertThat(reachable(index)).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void everyRowOfOftenRepeatedVectorsCanBeReached(Metric metric) {
    Index index = index(metric, 40);
    assertThat(reachable(index)).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void anySubsetOfEqualVectorsComesBackWhole(Metric metric) {
    Index index = index(metric, 1);
    Random random = new Random(Seed.current());
    try (HnswReader reader = index.open()) {
      for (int size : new int[] {1, 10, 500, ROWS - 1, ROWS}) {
        BitSet rows = new BitSet();
        random.ints(0, ROWS).distinct().limit(size).forEach(rows::set);
        RowSet accept = RowSet.of(ROWS, rows);
        for (int k : new int[] {1, 100, ROWS}) {
          VectorHits hits =
              reader.search(Indexes.query(index.vectors().vector(0), k, accept, 0.95));
          assertThat(hits.rows())
              .as("k %d of %d, seed %d", k, size, Seed.current())
              .hasSize(Math.min(k, size))
              .doesNotHaveDuplicates()
              .matches(found -> Arrays.stream(found).allMatch(accept::contains));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void repeatedVectorsDoNotCutOffTheRest(Metric metric) {
    Index index = index(metric, 40);
    float[][] queries =
        Distribution.UNIFORM.draw(100, index.field().dimension(), new Random(Seed.current() + 1));
    try (HnswReader reader = index.open()) {
      // 100 nearest are more than one vector's 75 copies.
      assertThat(index.recall(reader, queries, 100, 0.95, i -> index.all()))
          .as("seed %d", Seed.current())
          .isGreaterThanOrEqualTo(0.95);
    }
  }

  /** Rows that repeat a few different vectors. */
  private static Index index(Metric metric, int different) {
    VectorField field = new VectorField("vector", 8, metric);
    Random random = new Random(Seed.current());
    float[][] seeds = Distribution.UNIFORM.draw(different, field.dimension(), random);
    float[][] vectors = new float[ROWS][];
    Arrays.setAll(vectors, i -> seeds[random.nextInt(different)]);
    return Indexes.build(field, TestVectors.of(vectors));
  }

  private static int reachable(Index index) {
    Loaded loaded = BlobLoader.load(index.field(), index.blob(), ROWS, Indexes.context().math());
    Graph graph = loaded.graph();
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
