package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.oracle.ExactNeighbors;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One odd row among thousands, as a wrong unit or a broken sensor gives it. */
class OutlierTest {
  private static final int ROWS = 6_000;
  private static final int DIMENSION = 64;

  @ParameterizedTest
  @CsvSource({
    "L2, 1, 100",
    "L2, 64, 10",
    "L2, 64, 10000",
    "DOT, 1, 100",
    "DOT, 64, 100",
    "COSINE, 1, 10000"
  })
  void doesNotSpoilWhatIsFoundOfAllOthers(Metric metric, int components, float times) {
    Random random = new Random(Seed.current());
    float[][] rows = gaussian(random, ROWS);
    for (int i = 0; i < components; i++) {
      rows[17][i] *= times;
    }
    VectorField field = new VectorField("vector", DIMENSION, metric);
    Written index = Indexes.write(field, TestVectors.of(rows), true, Indexes.context());
    ExactNeighbors oracle = new ExactNeighbors(field, index.vectors());
    float[][] queries = gaussian(random, 40);
    try (VectorIndexReader reader = index.open(index.source())) {
      double before = 0;
      for (double target : new double[] {0.5, 0.8, 0.95, 0.991, 0.999, 1}) {
        double sum = 0;
        for (float[] query : queries) {
          sum += Indexes.recall(reader, oracle, Indexes.query(query, 10, index.all(), target));
        }
        double recall = sum / queries.length;
        assertThat(recall).as("recall at the target %s", target).isGreaterThanOrEqualTo(target);
        assertThat(recall).as("at %s, not less than at less", target).isGreaterThan(before - 0.02);
        before = recall;
      }
    }
  }

  private static float[][] gaussian(Random random, int rows) {
    float[][] vectors = new float[rows][DIMENSION];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }
}
