package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.index.ivf.blob.v1.Footer;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.oracle.ExactNeighbors;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Blobs written by earlier releases. They are never rewritten: a new version of the format gets new
 * ones. A missing one is made by {@code -Delacsym.golden.write=<directory>}.
 */
class GoldenBlobTest {
  private static final int DIMENSION = 8;

  enum Golden {
    RABITQ_L2_ROW_NUMBERS("ivf-v1.rabitq-l2-row-numbers.blob", Metric.L2, "rabitq", 1600, false),
    RABITQ_COSINE_REORDERED(
        "ivf-v1.rabitq-cosine-reordered.blob", Metric.COSINE, "rabitq", 1600, true),
    PQ_DOT_REORDERED("ivf-v1.pq-dot-reordered.blob", Metric.DOT, "pq", 1600, true),
    SQ8_L2_REORDERED("ivf-v1.sq8-l2-reordered.blob", Metric.L2, "sq8", 1600, true),
    FLAT_DOT_ONE_LIST("ivf-v1.flat-dot-one-list.blob", Metric.DOT, "flat", 100, false);

    final String file;
    final Metric metric;
    final String quantizer;
    final int count;
    final boolean reordered;

    Golden(String file, Metric metric, String quantizer, int count, boolean reordered) {
      this.file = file;
      this.metric = metric;
      this.quantizer = quantizer;
      this.count = count;
      this.reordered = reordered;
    }

    VectorField field() {
      return new VectorField("vector", DIMENSION, metric);
    }

    /** What the blob was built from: four clouds, and rows without a vector. */
    TestVectors vectors() {
      SplittableRandom random = new SplittableRandom(42);
      float[][] vectors = new float[count][DIMENSION];
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < DIMENSION; j++) {
          vectors[i][j] = (i % 4 == j ? 1 : 0) + (random.nextInt(2001) - 1000) / 2000f;
        }
      }
      return TestVectors.of(vectors).withGaps(5);
    }
  }

  /** The vectors as the blob numbers them. */
  private static TestVectors numbered(Golden golden, byte[] blob) {
    TestVectors vectors = golden.vectors();
    if (!golden.reordered) {
      return vectors;
    }
    // Each stored vector is one of those the blob was built from, and none comes twice.
    Map<List<Float>, Integer> rows = new HashMap<>();
    for (int item = 0; item < vectors.count(); item++) {
      rows.put(rounded(vectors.vector(item)), vectors.row(item));
    }
    BitSet left = new BitSet();
    left.set(0, vectors.segmentRows());
    int[] order = new int[vectors.segmentRows()];
    for (int item = 0; item < vectors.count(); item++) {
      float[] stored = Bytes.floats(MemorySegment.ofArray(blob), 4L * DIMENSION * item, DIMENSION);
      order[item] = Objects.requireNonNull(rows.remove(rounded(stored)));
      left.clear(order[item]);
    }
    int next = vectors.count();
    for (int row = left.nextSetBit(0); row >= 0; row = left.nextSetBit(row + 1)) {
      order[next++] = row;
    }
    return vectors.reordered(order);
  }

  private static List<Float> rounded(float[] vector) {
    List<Float> rounded = new ArrayList<>();
    for (float component : vector) {
      rounded.add(Math.round(component * 1e5f) / 1e5f);
    }
    return rounded;
  }

  private static byte[] blob(Golden golden) throws IOException {
    String directory = System.getProperty("elacsym.golden.write", "");
    if (!directory.isEmpty()) {
      TestContext context =
          Indexes.context("quantizer", golden.quantizer, "list_rows", "100").withSeed(1);
      // Reordered ones have vectors of their own, which tell the order that they asked for.
      byte[] blob =
          (golden.reordered
                  ? Indexes.writeWithVectors(golden.field(), golden.vectors(), true, context)
                  : Indexes.write(golden.field(), golden.vectors(), false, context))
              .blob();
      Files.write(Path.of(directory, golden.file), blob);
      return blob;
    }
    try (InputStream in = GoldenBlobTest.class.getResourceAsStream("/golden/" + golden.file)) {
      return Objects.requireNonNull(in, golden.file).readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void staysReadable(Golden golden) throws IOException {
    byte[] blob = blob(golden);
    Written index = new Written(golden.field(), numbered(golden, blob), blob);
    Footer footer = index.head().footer();
    assertThat(footer.count()).isEqualTo(golden.count);
    assertThat(footer.quantizer()).isEqualTo(golden.quantizer);
    assertThat(footer.rowNumbers()).isEqualTo(!golden.reordered);
    assertThat(footer.ownVectors()).isEqualTo(golden.reordered);
    assertThat(footer.lists() == 1).isEqualTo(golden.count == 100);
    ExactNeighbors oracle = new ExactNeighbors(golden.field(), index.vectors());
    try (VectorIndexReader reader = index.open(index.source())) {
      double recall = 0;
      for (int i = 0; i < 20; i++) {
        float[] query = index.vectors().vector(i * 5);
        VectorHits exact = reader.search(Indexes.query(query, 10, index.all(), 1));
        VectorHits expected = oracle.search(Indexes.query(query, 10, index.all(), 1));
        assertThat(exact.rows()).isEqualTo(expected.rows());
        recall += Indexes.recall(reader, oracle, Indexes.query(query, 10, index.all(), 0.95)) / 20;
      }
      assertThat(recall).isGreaterThanOrEqualTo(0.95);
    }
  }
}
