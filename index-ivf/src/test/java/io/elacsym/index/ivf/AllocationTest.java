package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {
  private static final VectorField FIELD = new VectorField("vector", 64, Metric.COSINE);

  /** For each list, and for each row whose vector is read; nothing for each row that is scored. */
  @ParameterizedTest
  @ValueSource(strings = {"flat", "sq8", "pq", "rabitq"})
  void searchAllocatesForListsAndHitsButNotForRows(String quantizer) {
    int rows = 20_000;
    TestVectors vectors =
        TestVectors.of(Distribution.UNIFORM.draw(rows, 64, new Random(Seed.current())));
    Written index = Indexes.write(FIELD, vectors, true, Indexes.context("quantizer", quantizer));
    int lists = index.head().table().lists();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (VectorIndexReader reader = index.open(index.source())) {
      VectorQuery query = Indexes.query(vectors.vector(5), 10, index.all(), 0.95);
      long scored = 0;
      for (int i = 0; i < 2000; i++) {
        scored = reader.search(query).scored();
      }
      assertThat(scored).as("rows scored").isGreaterThan(5000);
      AtomicInteger readAgain = new AtomicInteger();
      var _ = reader.search(query, told -> readAgain.set(told.length));
      long before = threads.getCurrentThreadAllocatedBytes();
      int searches = 50;
      for (int i = 0; i < searches; i++) {
        reader.search(query);
      }
      long each = (threads.getCurrentThreadAllocatedBytes() - before) / searches;
      assertThat(each)
          .as("bytes a search")
          .isLessThan(60_000 + 150L * lists + 400L * readAgain.get());
    }
  }
}
