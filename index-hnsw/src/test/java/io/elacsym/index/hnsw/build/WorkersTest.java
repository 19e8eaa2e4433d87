package io.elacsym.index.hnsw.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.hnsw.Indexes;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void everyIndexRunsOnce(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int size : new int[] {0, 1, 3, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(size);
        workers.loop(size, (worker, index) -> runs.incrementAndGet(index));
        for (int i = 0; i < size; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aFailureOfAnyThreadIsThrown(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThatThrownBy(() ->
              workers.loop(
                  1000,
                  (worker, index) -> {
                    if (index == 700) {
                      throw new IllegalStateException("at 700");
                    }
                  }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("at 700");
    }
  }

  @Test
  void noThreadOutlivesABuildThatIsCancelledHalfway() throws InterruptedException {
    TestVectors vectors =
        TestVectors.of(Distribution.UNIFORM.draw(3000, 8, new Random(Seed.current())));
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(() ->
            Indexes.build(
                new VectorField("vector", 8, Metric.L2),
                vectors,
                true,
                Indexes.context()
                    .withParallelism(4)
                    .cancelledWhen(() -> asked.incrementAndGet() > 100)))
        .isInstanceOf(ElacsymException.class);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("hnsw-build-")) {
        // It has nothing left to do, but may not be quite gone.
        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
      }
    }
  }
}
