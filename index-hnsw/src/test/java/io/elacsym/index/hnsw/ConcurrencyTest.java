package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final int ROWS = 5000;
  private static final VectorField FIELD = new VectorField("vector", 24, Metric.COSINE);

  private static Index index;
  private static List<VectorQuery> queries;

  @BeforeAll
  static void build() {
    Random random = new Random(Seed.current());
    index =
        Indexes.build(
            FIELD, TestVectors.of(Distribution.CLUSTERED.draw(ROWS, FIELD.dimension(), random)));
    queries = new ArrayList<>();
    for (float[] vector : Distribution.CLUSTERED.draw(60, FIELD.dimension(), random)) {
      BitSet half = new BitSet();
      random.ints(ROWS / 2, 0, ROWS).forEach(half::set);
      for (double target : new double[] {0.9, 0.99, 1}) {
        queries.add(Indexes.query(vector, 10, index.all(), target));
        queries.add(Indexes.query(vector, 40, RowSet.of(ROWS, half), target));
      }
    }
  }

  @Test
  void searchesOnManyVirtualThreadsAnswerAsOneAlone() throws Exception {
    try (VectorIndexReader reader = index.open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<VectorHits> alone = queries.stream().map(reader::search).toList();
      for (int round = 0; round < 5; round++) {
        List<Future<VectorHits>> together = new ArrayList<>();
        for (VectorQuery query : queries) {
          together.add(threads.submit(() -> reader.search(query)));
        }
        for (int i = 0; i < alone.size(); i++) {
          assertThat(together.get(i).get().rows()).isEqualTo(alone.get(i).rows());
          assertThat(together.get(i).get().scores()).isEqualTo(alone.get(i).scores());
        }
      }
    }
  }

  /** The hits, the plan and what carries them: nothing for each vector compared. */
  @Test
  void searchAllocatesForItsHitsAndWhatItReadsOnly() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Index inSegment = Indexes.withoutVectors(FIELD, index.vectors());
    MemorySegment vectors = inSegment.vectors().vectors();
    long[] read = new long[1];
    StoredVectors withoutAllocating =
        (rows, to) -> {
          read[0] += rows.length;
          for (int i = 0; i < rows.length; i++) {
            to.accept(i, i + 1, vectors, 4L * FIELD.dimension() * rows[i]);
          }
        };
    try (VectorIndexReader reader =
        Indexes.PROVIDER.open(
            inSegment.stored(inSegment.blob(), withoutAllocating), Indexes.context())) {
      for (int i = 0; i < 20; i++) {
        queries.forEach(reader::search);
      }
      long hits = 0;
      long scored = 0;
      read[0] = 0;
      long before = threads.getCurrentThreadAllocatedBytes();
      for (VectorQuery query : queries) {
        VectorHits found = reader.search(query);
        hits += found.rows().length;
        scored += found.scored();
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(scored).isGreaterThan(300L * queries.size());
      assertThat(allocated).isLessThan(300L * queries.size() + 8 * hits + 8 * read[0] + 10_000);
    }
  }
}
