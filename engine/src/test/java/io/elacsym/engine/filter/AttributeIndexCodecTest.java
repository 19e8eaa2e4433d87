package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeIndexCodecTest {
  private static final int GOLDEN_ROWS = 66;

  @ParameterizedTest
  @MethodSource("io.elacsym.engine.model.AttributeType#all")
  void anIndexFindsTheRowsOfEachValue(AttributeType type) {
    Seeded.run(random -> {
      for (int round = 0; round < 20; round++) {
        int rows = random.nextInt(200);
        List<Optional<Value>> values = values(random, type, rows);
        MemoryBlobSink sink = new MemoryBlobSink();
        IndexWriter.write(
            AttributePostings.of(rows, values::get),
            type.element(),
            new IndexWriter.Cut(1 + random.nextInt(50), 1_000, 1 + random.nextInt(50)),
            sink);
        AttributeIndex index = open(sink.bytes(), type, rows);
        assertThat(index.present().stream())
            .containsExactlyElementsOf(
                IntStream.range(0, rows)
                    .filter(row -> values.get(row).isPresent())
                    .boxed()
                    .toList());
        for (Value.Scalar wanted : new Samples(random).scalars(type.element(), 20)) {
          assertThat(rows(index, wanted).stream())
              .containsExactlyElementsOf(
                  IntStream.range(0, rows)
                      .filter(row -> has(values.get(row), wanted))
                      .boxed()
                      .toList());
        }
      }
    });
  }

  private static boolean has(Optional<Value> value, Value.Scalar wanted) {
    return value.isPresent()
        && switch (value.get()) {
          case Value.Array array ->
              array.values().stream().anyMatch(v -> ScalarOrder.INSTANCE.compare(v, wanted) == 0);
          case Value.Scalar scalar -> ScalarOrder.INSTANCE.compare(scalar, wanted) == 0;
        };
  }

  @Test
  void anIndexOverNothingReadsBack() {
    AttributePostings empty = AttributePostings.of(0, row -> Optional.empty());
    AttributeIndex found = open(bytes(empty, AttributeType.INT), AttributeType.INT, 0);
    assertThat(found.present().isEmpty()).isTrue();
    assertThat(rows(found, new Value.Int(1)).isEmpty()).isTrue();
  }

  @Test
  void anIndexOfAnotherVersionIsNotRead() {
    byte[] bytes = bytes(golden(), AttributeType.arrayOf(ElementType.STRING));
    assertThatThrownBy(() ->
            AttributeIndexCodec.open(
                source(bytes),
                Encoding.of("attribute", 1),
                AttributeType.arrayOf(ElementType.STRING),
                GOLDEN_ROWS))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("unknown version");
  }

  @Test
  void theGoldenIndexOfVersion2ReadsAndIsWrittenByteForByte() throws IOException {
    byte[] golden = stored("index-attribute-2.bin");
    AttributeType type = AttributeType.arrayOf(ElementType.STRING);
    assertThat(bytes(golden(), type)).isEqualTo(golden);
    assertGolden(open(golden, type, GOLDEN_ROWS));
  }

  private static void assertGolden(AttributeIndex found) {
    assertThat(found.present().stream()).containsExactly(0, 2, 3, 65);
    assertThat(rows(found, new Value.Text("a")).stream()).containsExactly(0);
    assertThat(rows(found, new Value.Text("b")).stream()).containsExactly(0, 2);
    assertThat(rows(found, new Value.Text("é")).stream()).containsExactly(65);
    assertThat(rows(found, new Value.Text("c")).isEmpty()).isTrue();
  }

  private static byte[] stored(String name) throws IOException {
    try (InputStream stream =
        AttributeIndexCodecTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(stream).readAllBytes();
    }
  }

  /** Row 3 has an empty array; all others but these have nothing. */
  static AttributePostings golden() {
    return AttributePostings.of(
        GOLDEN_ROWS,
        row ->
            switch (row) {
              case 0 -> texts("b", "a", "b");
              case 2 -> texts("b");
              case 3 -> texts();
              case 65 -> texts("é");
              default -> Optional.empty();
            });
  }

  private static Optional<Value> texts(String... texts) {
    List<Value.Scalar> values = new ArrayList<>();
    for (String text : texts) {
      values.add(new Value.Text(text));
    }
    return Optional.of(new Value.Array(values));
  }

  @ParameterizedTest
  @MethodSource("io.elacsym.engine.model.AttributeType#all")
  void everyTruncationIsCorrupt(AttributeType type) {
    Seeded.run(random -> {
      byte[] bytes = bytes(postings(random, type, 50), type);
      for (int length = 0; length < bytes.length; length++) {
        assertCorrupt(Arrays.copyOf(bytes, length), type);
      }
      assertCorrupt(Arrays.copyOf(bytes, bytes.length + 1), type);
    });
  }

  /** The sealed blob around it catches every damage; this is about bugs that are sealed, too. */
  @ParameterizedTest
  @MethodSource("io.elacsym.engine.model.AttributeType#all")
  void whateverTheBytesAreTheyAreAnIndexOrCorrupt(AttributeType type) {
    Seeded.run(random -> {
      byte[] bytes = bytes(postings(random, type, 50), type);
      for (int round = 0; round < 2_000; round++) {
        byte[] damaged = bytes.clone();
        for (int hits = random.nextInt(3); hits >= 0; hits--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          AttributeIndex found = open(damaged, type, 50);
          assertThat(found.rows(value -> true, new Pace()).length())
              .isLessThanOrEqualTo(found.present().length());
        } catch (ElacsymException e) {
          assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT);
        }
      }
    });
  }

  @Test
  void anIndexOfAnotherTypeOrVersionIsCorrupt() {
    byte[] bytes = bytes(golden(), AttributeType.arrayOf(ElementType.STRING));
    assertThatThrownBy(() -> open(bytes, AttributeType.INT, GOLDEN_ROWS))
        .hasMessageContaining("values of type string, not int");
    assertGolden(open(bytes, AttributeType.STRING, GOLDEN_ROWS));
    assertThatThrownBy(() ->
            AttributeIndexCodec.open(
                source(bytes), Encoding.of("attribute", 3), AttributeType.STRING, GOLDEN_ROWS))
        .hasMessageContaining("unknown version");
  }

  @Test
  void resultsBelongToTheCaller() {
    AttributeType type = AttributeType.arrayOf(ElementType.STRING);
    AttributeIndex index = open(bytes(golden(), type), type, GOLDEN_ROWS);
    index.present().clear();
    rows(index, new Value.Text("a")).clear();
    assertThat(index.present().cardinality()).isEqualTo(4);
    assertThat(rows(index, new Value.Text("a")).cardinality()).isEqualTo(1);
  }

  private static BitSet rows(AttributeIndex index, Value.Scalar wanted) {
    return index.rows(new ValueSet(List.of(wanted)), new Pace());
  }

  private static AttributePostings postings(Random random, AttributeType type, int rows) {
    return AttributePostings.of(rows, values(random, type, rows)::get);
  }

  private static List<Optional<Value>> values(Random random, AttributeType type, int rows) {
    Samples samples = new Samples(random);
    List<Optional<Value>> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      values.add(random.nextInt(3) == 0 ? Optional.empty() : Optional.of(samples.value(type)));
    }
    return values;
  }

  private static AttributeIndex open(byte[] bytes, AttributeType type, int rows) {
    return AttributeIndexCodec.open(source(bytes), AttributeIndexCodec.ENCODING, type, rows);
  }

  private static byte[] bytes(AttributePostings postings, AttributeType type) {
    MemoryBlobSink sink = new MemoryBlobSink();
    AttributeIndexCodec.write(postings, type, sink);
    return sink.bytes();
  }

  private static BlobSource source(byte[] bytes) {
    return new MemoryBlobSource(bytes);
  }

  private static void assertCorrupt(byte[] bytes, AttributeType type) {
    assertThatThrownBy(() -> open(bytes, type, 50))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT));
  }
}
