package io.elacsym.index.hnsw.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.FormerVectorIndex;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.hnsw.Indexes;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.index.hnsw.blob.v1.BlobLoader;
import io.elacsym.index.hnsw.blob.v1.Former;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.LevelSizes;
import io.elacsym.tck.ScalarVectorMath;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InheritanceTest {
  private static final int FORMER = 4000;
  private static final int MORE = 400;
  private static final int COUNT = FORMER + MORE;
  private static final int HELD_OUT = 100;
  private static final int M = 16;
  private static final VectorField FIELD = new VectorField("vector", 12, Metric.L2);

  private static float[][] vectors;
  private static Former former;
  private static int[] itemOfRow;

  @BeforeAll
  static void build() {
    vectors = Distribution.CLUSTERED.draw(COUNT, FIELD.dimension(), new Random(Seed.current()));
    Index index =
        Indexes.build(
            FIELD, TestVectors.of(Arrays.copyOf(vectors, FORMER)), false, Indexes.context());
    former = BlobLoader.former(index.stored(index.blob(), index.vectors().stored()));
    itemOfRow = new int[FORMER];
    Arrays.setAll(itemOfRow, row -> row);
  }

  private static Distinct distinct() {
    return Distinct.of(
        COUNT,
        FIELD.dimension(),
        (item, to) -> System.arraycopy(vectors[item], 0, to, 0, to.length));
  }

  private static Numbering numbering(int[] items) {
    return Numbering.after(
            former, items, distinct(), HELD_OUT, LevelSizes.of(COUNT, M)[0], Seed.current())
        .orElseThrow();
  }

  /** A graph of all nodes. */
  private static Graph graph(Numbering numbering, VectorMath math) {
    VectorStore store = new VectorStore(COUNT, FIELD.dimension(), FIELD.metric(), math);
    for (int number = 0; number < COUNT; number++) {
      float[] vector = vectors[numbering.groups()[number]];
      System.arraycopy(vector, 0, store.pageOf(number), store.offset(number), vector.length);
    }
    try (Workers workers = new Workers(1)) {
      GraphBuilder builder = new GraphBuilder(store, M, 100, workers);
      numbering.inheritance().ifPresent(what -> builder.inherit(what, () -> {}));
      builder.insert(COUNT, () -> {});
      builder.trim(COUNT);
      Connectivity.repair(builder.graph(), store, COUNT, builder.limit(0), () -> {});
      return builder.graph();
    }
  }

  @Test
  void eachNodeHasOneNumberAndUpperLevelsAreASampleOfFormerAndNewOnes() {
    Numbering numbering = numbering(itemOfRow);
    assertThat(numbering.groups()).hasSize(COUNT).doesNotHaveDuplicates();
    int[] slots = LevelSizes.of(COUNT, M);
    long fresh =
        Arrays.stream(numbering.groups(), 0, slots[0]).filter(group -> group >= FORMER).count();
    assertThat(fresh).isEqualTo(slots[0] - keptSlots());
    assertThat(numbering.inheritance().orElseThrow().size()).isBetween(FORMER - HELD_OUT, FORMER);
    assertThat(
            Arrays.stream(numbering.inheritance().orElseThrow().nodes(), COUNT - HELD_OUT, COUNT))
        .as("held out of the graph")
        .containsOnly(Inheritance.NONE);
  }

  /** Former slots that are not held out: nearly all. */
  private static long keptSlots() {
    Inheritance inheritance = numbering(itemOfRow).inheritance().orElseThrow();
    return Arrays.stream(inheritance.slots()).filter(slot -> slot != Inheritance.NONE).count();
  }

  @Test
  void takingOverComparesNoMoreThanWhatIsNewAndAFewThatLostLinks() {
    Counting fresh = new Counting();
    graph(Numbering.fresh(COUNT, HELD_OUT, Seed.current()), fresh);
    Counting merged = new Counting();
    graph(numbering(itemOfRow), merged);
    double inserted = (double) (MORE + HELD_OUT) / COUNT;
    assertThat(merged.compared)
        .as("vectors compared, of %d", fresh.compared)
        .isLessThan((long) ((inserted + 0.1) * fresh.compared));
  }

  @Test
  void everyNodeIsReachedAfterManyWereDeleted() {
    Random random = new Random(Seed.current());
    int[] items = itemOfRow.clone();
    for (int row = 0; row < FORMER; row++) {
      if (random.nextInt(10) < 4) {
        items[row] = FormerVectorIndex.GONE;
      }
    }
    Numbering numbering = numbering(items);
    Graph graph = graph(numbering, new ScalarVectorMath());
    BitSet reached = new BitSet();
    int[] stack = new int[COUNT];
    int size = 0;
    stack[size++] = graph.entryNode();
    reached.set(graph.entryNode());
    while (size > 0) {
      int node = stack[--size];
      int degree = graph.base().count(node);
      assertThat(degree).isLessThanOrEqualTo(2 * M);
      for (int i = 0; i < degree; i++) {
        int to = graph.base().get(node, i);
        assertThat(to).isNotEqualTo(node);
        if (!reached.get(to)) {
          reached.set(to);
          stack[size++] = to;
        }
      }
    }
    assertThat(reached.cardinality()).isEqualTo(COUNT);
  }

  @Test
  void tooFewAreNotTakenOver() {
    int[] items = new int[FORMER];
    Arrays.fill(items, FormerVectorIndex.GONE);
    for (int row = 0; row < FORMER / 3; row++) {
      items[row] = row;
    }
    Optional<Numbering> numbering =
        Numbering.after(former, items, distinct(), HELD_OUT, LevelSizes.of(COUNT, M)[0], 1);
    assertThat(numbering).isEmpty();
  }

  /** Counts comparisons. */
  private static final class Counting implements VectorMath {
    private final VectorMath math = new ScalarVectorMath();
    private long compared;

    @Override
    public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
      compared++;
      return math.dot(a, aFrom, b, bFrom, length);
    }

    @Override
    public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
      compared++;
      return math.squaredDistance(a, aFrom, b, bFrom, length);
    }

    @Override
    public void dots(
        float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
      compared += count;
      math.dots(query, vectors, offset, count, out, outFrom);
    }

    @Override
    public void squaredDistances(
        float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
      compared += count;
      math.squaredDistances(query, vectors, offset, count, out, outFrom);
    }

    @Override
    public void byteDots(
        float[] query,
        MemorySegment codes,
        long offset,
        int stride,
        int count,
        float[] out,
        int outFrom) {
      compared += count;
      math.byteDots(query, codes, offset, stride, count, out, outFrom);
    }
  }
}
