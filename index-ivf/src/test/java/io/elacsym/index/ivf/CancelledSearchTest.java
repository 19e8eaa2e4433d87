package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.index.TestVectors;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A search ends when the host says so, and the index answers the next one. */
class CancelledSearchTest {
  private static float[][] vectors(int count) {
    Random random = new Random(7);
    float[][] vectors = new float[count][16];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  @Test
  void aSearchEndsWhenTheHostSaysSo() {
    VectorField field = new VectorField("v", 16, Metric.COSINE);
    TestVectors vectors = TestVectors.of(vectors(3_000));
    Indexes.Written written = Indexes.write(field, vectors, true, Indexes.context());
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean cancelled = new AtomicBoolean();
    try (VectorIndexReader reader =
        written.open(
            written.source(),
            vectors.stored(),
            Indexes.context()
                .cancelledWhen(() -> {
                  asked.incrementAndGet();
                  return cancelled.get();
                }))) {
      for (double recall : new double[] {0.9, 1}) {
        VectorQuery query = Indexes.query(vectors(1)[0], 10, written.all(), recall);
        VectorHits before = reader.search(query);
        asked.set(0);
        cancelled.set(true);
        assertThatThrownBy(() -> reader.search(query)).hasMessageContaining("cancelled");
        assertThat(asked).hasValue(1);
        cancelled.set(false);
        assertThat(reader.search(query).rows()).isEqualTo(before.rows());
      }
    }
  }
}
