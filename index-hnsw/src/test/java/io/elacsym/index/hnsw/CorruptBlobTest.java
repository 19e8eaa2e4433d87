package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.index.hnsw.blob.v1.BlobLayout;
import io.elacsym.index.hnsw.graph.LevelSizes;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CorruptBlobTest {
  private static final int NODES = 1200;
  private static final int ROWS = 1250;
  private static final int M = 8;
  private static final VectorField FIELD = new VectorField("vector", 4, Metric.L2);
  private static final Index INDEX = Indexes.build(FIELD, vectors(), false, Map.of("m", "" + M));
  private static final int SIZE = (int) INDEX.blob().size();
  private static final int FOOTER = SIZE - BlobLayout.FOOTER_BYTES;
  private static final int STARTS_AT = BlobLayout.HEADER_BYTES;
  private static final int ROWS_AT = STARTS_AT + 4 * (NODES + 1);
  private static final int SLOTS_AT = ROWS_AT + 4 * ROWS;
  private static final int UPPER_AT = SLOTS_AT + 4 * (NODES / M);

  /** With every section: some rows have equal vectors, some none. */
  private static TestVectors vectors() {
    float[][] vectors =
        Arrays.copyOf(Distribution.CLUSTERED.draw(NODES, 4, new Random(Seed.current())), ROWS);
    System.arraycopy(vectors, 0, vectors, NODES, ROWS - NODES);
    return TestVectors.of(vectors).withGaps(3);
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("header lacks the mark", blob -> blob.put(0, (byte) 'X')),
        damage("header version is 2", blob -> blob.putInt(8, 2)),
        damage("header filler is 1", blob -> blob.putInt(12, 1)),
        damage("has row -1, expected 0", blob -> blob.putInt(ROWS_AT + 4, -1)),
        damage("belongs to the nodes", blob -> copyInt(blob, ROWS_AT, ROWS_AT + 4)),
        damage("nodes have the places -1 to", blob -> blob.putInt(STARTS_AT, -1)),
        damage("node 0 has the places 0 to 0", blob -> blob.putInt(STARTS_AT + 4, 0)),
        damage("nodes have the places 0 to 1300", blob -> blob.putInt(ROWS_AT - 4, ROWS + 50)),
        damage("slot 0 is node 1200", blob -> blob.putInt(SLOTS_AT, NODES)),
        damage("slot 1 is node", blob -> copyInt(blob, SLOTS_AT, SLOTS_AT + 4)),
        damage("level 1 slot 0 links to 150", blob -> blob.putInt(UPPER_AT, NODES / M)),
        damage("level 1 slot 0 links to 0", blob -> blob.putInt(UPPER_AT, 0)),
        damage("node 0 links to 1200", blob -> blob.putInt(base(), NODES)),
        damage("node 0 links to -2", blob -> blob.putInt(base(), -2)),
        damage("node 0 links to 0", blob -> blob.putInt(base(), 0)),
        damage(
            "node 0 links to 5",
            blob -> {
              blob.putInt(base(), -1);
              blob.putInt(base() + 4, 5);
            }),
        damage("dimension is 5, expected 4", blob -> blob.putInt(FOOTER, 5)),
        damage("nodes is 0", blob -> blob.putInt(FOOTER + 4, 0)),
        damage("nodes is -5", blob -> blob.putInt(FOOTER + 4, -5)),
        damage("bytes of all sections", blob -> blob.putInt(FOOTER + 4, NODES - 1)),
        damage("segment rows is 7", blob -> blob.putInt(FOOTER + 12, 7)),
        damage("m is 129", blob -> blob.putInt(FOOTER + 16, 129)),
        damage("levels is 3, expected 0 to 0", blob -> blob.putInt(FOOTER + 16, 0)),
        damage("levels is 0", blob -> blob.putInt(FOOTER + 24, 0)),
        damage("levels is 32", blob -> blob.putInt(FOOTER + 24, 32)),
        damage("points is 65", blob -> blob.putInt(FOOTER + 28, 65)),
        damage("flags is 15, expected 7", blob -> blob.putInt(FOOTER + 32, 15)),
        damage("flags is 5, expected 7", blob -> blob.putInt(FOOTER + 32, 5)),
        damage("footer filler is 1", blob -> blob.putInt(FOOTER + 36, 1)),
        damage("rows is 0", blob -> blob.putInt(FOOTER + 8, 0)),
        damage("bytes of all sections", blob -> blob.putInt(FOOTER + 32, 2)),
        damage("bytes of all sections", blob -> blob.putInt(FOOTER + 32, 3)),
        damage("metric is 'x2', expected 'l2'", blob -> blob.put(FOOTER + 40, (byte) 'x')),
        damage("blob size is", blob -> blob.putLong(FOOTER + 48, SIZE + 1)),
        damage("version is 2", blob -> blob.putInt(FOOTER + 56, 2)),
        damage("footer size is 73", blob -> blob.putInt(FOOTER + 60, 73)),
        damage("least of the center is NaN", blob -> blob.putFloat(FOOTER + 64, Float.NaN)),
        damage(
            "least of the best is -Infinity",
            blob -> blob.putFloat(FOOTER + 68, Float.NEGATIVE_INFINITY)),
        damage("strange points is 65", blob -> blob.putInt(FOOTER + 72, 65)),
        damage("strange points is -1", blob -> blob.putInt(FOOTER + 72, -1)),
        damage("second footer filler is 1", blob -> blob.putInt(FOOTER + 76, 1)),
        damage("footer lacks the mark", blob -> blob.put(SIZE - 1, (byte) 0)),
        damage("recall of 100 is NaN", blob -> blob.putFloat(FOOTER - 4, Float.NaN)),
        damage("recall of 10 is 1.5", blob -> blob.putFloat(FOOTER - 8, 1.5f)),
        damage("scored is -1.0", blob -> blob.putFloat(FOOTER - 12, -1)),
        damage("beam width is 1,", blob -> blob.putInt(FOOTER - 16, 1)));
  }

  private static Arguments damage(String message, Consumer<ByteBuffer> how) {
    return Arguments.of(message, how);
  }

  private static int base() {
    int[] sizes = LevelSizes.of(NODES, M);
    int at = UPPER_AT;
    for (int size : sizes) {
      at += 4 * M * size;
    }
    return at;
  }

  private static void copyInt(ByteBuffer blob, int from, int to) {
    blob.putInt(to, blob.getInt(from));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void damageIsToldApart(String message, Consumer<ByteBuffer> how) {
    byte[] bytes = INDEX.blob().bytes();
    how.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    assertThatThrownBy(() -> INDEX.open(new MemoryBlobSource(bytes)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
        .hasMessageContaining("field 'vector'")
        .hasMessageContaining(message);
  }

  /** Whatever a byte becomes: a clear refusal or a well-formed answer, never another failure. */
  @Test
  void noByteCanMakeItFailOtherwise() {
    Random random = new Random(Seed.current());
    float[] query = INDEX.vectors().vector(3);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = INDEX.blob().bytes();
      // Half of the damage in the small parts, where every byte matters.
      int at = i % 2 == 0 ? random.nextInt(SIZE) : SIZE - 1 - random.nextInt(600);
      bytes[at] = (byte) random.nextInt();
      try (VectorIndexReader reader = INDEX.open(new MemoryBlobSource(bytes))) {
        assertThat(reader.search(Indexes.query(query, 10, INDEX.all(), 0.95)).rows())
            .as("byte %d, seed %d", at, Seed.current())
            .hasSize(10);
      } catch (ElacsymException e) {
        assertThat(e.kind())
            .as("byte %d, seed %d", at, Seed.current())
            .isEqualTo(ErrorKind.CORRUPT);
      }
    }
  }

  @Test
  void aBlobOfAnotherFieldIsRefused() {
    for (VectorField other :
        new VectorField[] {
          new VectorField("vector", 5, Metric.L2), new VectorField("vector", 4, Metric.DOT)
        }) {
      assertThatThrownBy(() -> new Indexes.Index(other, INDEX.vectors(), INDEX.blob()).open())
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT));
    }
  }
}
