package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.FormerVectorIndex;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A graph that takes over a former one. */
class MergeTest {
  private static final int DIMENSION = 24;
  private static final int QUERIES = 100;

  /** Rows of a former index that are still there, and rows that are new. */
  private record Merge(VectorField field, TestVectors rows, List<FormerVectorIndex> former) {
    VectorIndexInput input() {
      return new VectorIndexInput(field, rows, true, false, former);
    }

    Index build(TestContext context) {
      return Indexes.build(input(), rows, context);
    }

    Index anew() {
      return Indexes.build(field, rows, true, Indexes.context());
    }
  }

  private static VectorField field(Metric metric) {
    return new VectorField("vector", DIMENSION, metric);
  }

  /** Merges an index, of which a random part of the rows is deleted, with other rows. */
  private static Merge merge(Index former, MemoryBlobSource blob, double deleted, float[][] more) {
    Random random = new Random(Seed.current() + 5);
    TestVectors before = former.vectors();
    int[] items = new int[before.segmentRows()];
    Arrays.fill(items, FormerVectorIndex.GONE);
    List<float[]> rows = new ArrayList<>();
    for (int item = 0; item < before.count(); item++) {
      if (random.nextDouble() >= deleted) {
        items[before.row(item)] = rows.size();
        rows.add(before.vector(item));
      }
    }
    rows.addAll(List.of(more));
    return new Merge(
        former.field(),
        TestVectors.of(rows.toArray(float[][]::new)),
        List.of(new FormerVectorIndex(former.stored(blob), items)));
  }

  private static Merge merge(Index former, double deleted, float[][] more) {
    return merge(former, former.blob(), deleted, more);
  }

  private static float[][] draw(int count) {
    return Distribution.CLUSTERED.draw(count, DIMENSION, new Random(Seed.current()));
  }

  private static void expectRecall(Index index, float[][] queries) {
    try (VectorIndexReader reader = index.open()) {
      for (double target : new double[] {0.95, 0.99}) {
        for (int k : new int[] {1, 10, 100}) {
          assertThat(index.recall(reader, queries, k, target, i -> index.all()))
              .as("recall@%d, target %s, seed %d", k, target, Seed.current())
              .isGreaterThanOrEqualTo(target - 0.01);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void recallHoldsAfterMergesAndDeletes(Metric metric) {
    float[][] drawn = draw(4000 + QUERIES);
    float[][] queries = Arrays.copyOf(drawn, QUERIES);
    Index former =
        Indexes.build(
            field(metric), TestVectors.of(Arrays.copyOfRange(drawn, QUERIES, 3000 + QUERIES)));
    float[][] more = Arrays.copyOfRange(drawn, 3000 + QUERIES, drawn.length);
    for (double deleted : new double[] {0, 0.1, 0.4}) {
      Merge merge = merge(former, deleted, more);
      Index merged = merge.build(Indexes.context());
      assertThat(merged.blob().bytes()).as("taken over").isNotEqualTo(merge.anew().blob().bytes());
      expectRecall(merged, queries);
    }
  }

  /** A third of the rows at a time, until none of the first is left. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void recallHoldsAfterAllRowsWereReplacedLittleByLittle(Metric metric) {
    float[][] drawn = draw(8000 + QUERIES);
    float[][] queries = Arrays.copyOf(drawn, QUERIES);
    Index index =
        Indexes.build(
            field(metric), TestVectors.of(Arrays.copyOfRange(drawn, QUERIES, 2000 + QUERIES)));
    for (int from = 2000 + QUERIES; from < drawn.length; from += 1000) {
      index =
          merge(index, 0.33, Arrays.copyOfRange(drawn, from, from + 1000)).build(Indexes.context());
    }
    expectRecall(index, queries);
  }

  /** What comes later lies where nothing was before. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void recallHoldsWhereMoreRowsLieElsewhere(Metric metric) {
    Random random = new Random(Seed.current());
    float[][] near = new float[2000][];
    Arrays.setAll(near, i -> TestVectors.near(new float[DIMENSION], 1, random));
    float[] far = new float[DIMENSION];
    Arrays.fill(far, 3);
    float[][] more = new float[1000][];
    Arrays.setAll(more, i -> TestVectors.near(far, 1, random));
    float[][] queries = new float[QUERIES][];
    Arrays.setAll(
        queries, i -> TestVectors.near(i % 2 == 0 ? far : new float[DIMENSION], 1, random));
    Index former = Indexes.build(field(metric), TestVectors.of(near));
    expectRecall(merge(former, 0.05, more).build(Indexes.context()), queries);
  }

  @Test
  void theBytesDoNotDependOnTheNumberOfThreads() {
    Index former = Indexes.build(field(Metric.COSINE), TestVectors.of(draw(2000)));
    Merge merge = merge(former, 0.1, draw(500));
    byte[] one = merge.build(Indexes.context().withParallelism(1)).blob().bytes();
    assertThat(merge.build(Indexes.context().withParallelism(3)).blob().bytes()).isEqualTo(one);
  }

  @Test
  void aFormerGraphThatIsOfNoUseIsNotTakenOver() {
    Index former = Indexes.build(field(Metric.L2), TestVectors.of(draw(2000)));
    float[][] more = Arrays.copyOfRange(draw(5000), 2000, 5000);
    assertAnew("too few rows are left", merge(former, 0.6, Arrays.copyOf(more, 1500)));
    assertAnew("more rows are new", merge(former, 0, more));

    byte[] damaged = former.blob().bytes();
    damaged[damaged.length - 1] ^= 1;
    assertAnew("damaged", merge(former, new MemoryBlobSource(damaged), 0, draw(10)));

    Index otherLinks =
        Indexes.build(field(Metric.L2), TestVectors.of(draw(2000)), true, Map.of("m", "8"));
    assertAnew("other links", merge(otherLinks, 0, draw(10)));

    Index otherBuild =
        Indexes.build(
            field(Metric.L2), TestVectors.of(draw(2000)), true, Map.of("ef_construction", "60"));
    assertAnew("built with other care", merge(otherBuild, 0, draw(10)));

    Index withoutGraph = Indexes.build(field(Metric.L2), TestVectors.of(draw(1000)));
    assertAnew("without a graph", merge(withoutGraph, 0, Arrays.copyOf(more, 900)));
  }

  private static void assertAnew(String why, Merge merge) {
    assertThat(merge.build(Indexes.context()).blob().bytes())
        .as(why)
        .isEqualTo(merge.anew().blob().bytes());
  }
}
