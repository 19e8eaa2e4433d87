package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.tck.Seed;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeterminismTest {
  private static final VectorField FIELD = new VectorField("vector", 12, Metric.COSINE);
  private static final TestVectors VECTORS =
      TestVectors.of(
          Distribution.CLUSTERED.draw(4000, FIELD.dimension(), new Random(Seed.current())));

  @Test
  void theBytesDoNotDependOnTheNumberOfThreads() {
    byte[] one = blob(Indexes.context().withParallelism(1));
    for (int threads : new int[] {2, 5}) {
      assertThat(blob(Indexes.context().withParallelism(threads))).isEqualTo(one);
    }
  }

  @Test
  void anotherSeedGivesAnotherGraph() {
    TestContext context = Indexes.context();
    assertThat(blob(context.withSeed(1))).isNotEqualTo(blob(context.withSeed(2)));
  }

  private static byte[] blob(TestContext context) {
    return Indexes.build(FIELD, VECTORS, true, context).blob().bytes();
  }
}
