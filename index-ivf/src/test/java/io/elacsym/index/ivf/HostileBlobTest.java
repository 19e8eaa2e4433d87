package io.elacsym.index.ivf;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.index.ivf.blob.v1.Footer;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.HostileBlobs;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBlobTest {
  private static final int CASES_A_METRIC = 340;
  private static final int DIMENSION = 8;

  @ParameterizedTest
  @ValueSource(strings = {"rabitq", "pq", "sq8", "flat"})
  void anythingIsRefusedAsCorruptOrAnsweredInFull(String quantizer) {
    for (Metric metric : Metric.values()) {
      Written index = index(metric, quantizer);
      new HostileBlobs(
              index.blob(), Footer.BYTES, OptionalInt.empty(), index.vectors(), index::open)
          .check(CASES_A_METRIC);
    }
  }

  /** With every area: rows without a vector, and rows in another order than items. */
  private static Written index(Metric metric, String quantizer) {
    VectorField field = new VectorField("vector", DIMENSION, metric);
    float[][] vectors = Distribution.UNIFORM.draw(1600, DIMENSION, new Random(Seed.current()));
    return Indexes.write(
        field,
        TestVectors.of(vectors).withGaps(3),
        false,
        Indexes.context("quantizer", quantizer, "list_rows", "64"));
  }
}
