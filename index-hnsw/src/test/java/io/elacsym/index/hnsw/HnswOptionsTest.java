package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Options;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.tck.Seed;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HnswOptionsTest {
  @Test
  void defaultsLieInTheirRanges() {
    HnswOptions options = HnswOptions.of(Options.defaults(Indexes.PROVIDER));
    assertThat(options).isEqualTo(new HnswOptions(16, 100));
  }

  @ParameterizedTest
  @CsvSource({
    "m, 7, 'm is 7, expected a whole number from 8 to 128'",
    "m, 129, 'm is 129, expected a whole number from 8 to 128'",
    "ef_construction, 15, 'ef_construction is 15, expected a whole number from 16 to 4096'",
    "ef_construction, 4097, 'ef_construction is 4097, expected a whole number from 16 to 4096'"
  })
  void aValueOutOfItsRangeIsRefusedBeforeTheBuild(String key, String value, String message) {
    assertThatThrownBy(() -> TestContext.of(Indexes.PROVIDER, Map.of(key, value)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"8, 16", "128, 16", "9, 300"})
  void extremeValuesStillFind(int m, int efConstruction) {
    VectorField field = new VectorField("vector", 8, Metric.L2);
    float[][] vectors = Distribution.CLUSTERED.draw(1600, 8, new Random(Seed.current()));
    Index index =
        Indexes.build(
            field,
            TestVectors.of(vectors),
            true,
            Map.of("m", "" + m, "ef_construction", "" + efConstruction));
    try (VectorIndexReader reader = index.open()) {
      assertThat(index.recall(reader, Arrays.copyOf(vectors, 600), 10, 0.95, i -> index.all()))
          .isGreaterThanOrEqualTo(0.95);
    }
  }
}
