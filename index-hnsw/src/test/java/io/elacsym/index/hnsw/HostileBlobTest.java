package io.elacsym.index.hnsw;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.index.hnsw.blob.v1.BlobLayout;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.HostileBlobs;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileBlobTest {
  private static final int CASES = 1300;
  private static final int CASES_WITHOUT_A_GRAPH = 200;
  private static final int DIMENSION = 4;

  /** Where the footer has the blob's size. */
  private static final OptionalInt SIZE_AT = OptionalInt.of(48);

  @ParameterizedTest
  @EnumSource(Metric.class)
  void anythingIsRefusedAsCorruptOrAnsweredInFull(Metric metric) {
    hostile(index(metric, 1150)).check(CASES);
    hostile(index(metric, 300)).check(CASES_WITHOUT_A_GRAPH);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void soIsABlobWithoutVectors(Metric metric) {
    VectorField field = new VectorField("vector", DIMENSION, metric);
    Random random = new Random(Seed.current());
    TestVectors vectors = TestVectors.of(Distribution.UNIFORM.draw(1100, DIMENSION, random));
    hostile(Indexes.withoutVectors(field, vectors, Map.of("m", "8"))).check(CASES);
  }

  private static HostileBlobs hostile(Index index) {
    return new HostileBlobs(
        index.blob().bytes(), BlobLayout.FOOTER_BYTES, SIZE_AT, index.vectors(), index::open);
  }

  /** With every section: some rows have equal vectors, some none. */
  private static Index index(Metric metric, int rows) {
    VectorField field = new VectorField("vector", DIMENSION, metric);
    Random random = new Random(Seed.current());
    float[][] vectors =
        Arrays.copyOf(Distribution.UNIFORM.draw(rows - 50, DIMENSION, random), rows);
    System.arraycopy(vectors, 0, vectors, rows - 50, 50);
    return Indexes.build(field, TestVectors.of(vectors).withGaps(3), false, Map.of("m", "8"));
  }
}
