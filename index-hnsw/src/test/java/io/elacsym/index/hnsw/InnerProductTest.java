package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InnerProductTest {
  private static final int QUERIES = 100;

  /** Long vectors draw all links to themselves; the others must still be found. */
  @Test
  void recallHoldsWhenLengthsDifferWidely() {
    VectorField field = new VectorField("vector", 24, Metric.DOT);
    Random random = new Random(Seed.current());
    float[][] drawn = Distribution.CLUSTERED.draw(4000 + QUERIES, field.dimension(), random);
    for (float[] vector : drawn) {
      double factor = Math.exp(0.5 * random.nextGaussian());
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] * factor);
      }
    }
    float[][] queries = Arrays.copyOf(drawn, QUERIES);
    Index index =
        Indexes.build(field, TestVectors.of(Arrays.copyOfRange(drawn, QUERIES, drawn.length)));
    try (VectorIndexReader reader = index.open()) {
      for (double target : new double[] {0.95, 0.99}) {
        assertThat(index.recall(reader, queries, 10, target, i -> index.all()))
            .as("target %s, seed %d", target, Seed.current())
            .isGreaterThanOrEqualTo(target - 0.01);
      }
    }
  }
}
