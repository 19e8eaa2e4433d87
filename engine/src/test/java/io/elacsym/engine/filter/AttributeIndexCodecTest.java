package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeIndexCodecTest {
  @ParameterizedTest
  @MethodSource("io.elacsym.engine.model.AttributeType#all")
  void whatIsWrittenReadsBackTheSame(AttributeType type) {
    Seeded.run(random -> {
      for (int round = 0; round < 20; round++) {
        AttributeIndex index = index(random, type, random.nextInt(200));
        AttributeIndex found = AttributeIndexCodec.read(source(bytes(index, type)), type);
        assertThat(found.presentRows()).isEqualTo(index.presentRows());
        assertThat(found.distinctValues()).isEqualTo(index.distinctValues());
        assertThat(found.offsets()).isEqualTo(index.offsets());
        assertThat(found.rows()).isEqualTo(index.rows());
      }
    });
  }

  @Test
  void anIndexOverNothingReadsBack() {
    AttributeIndex empty = AttributeIndex.build(0, row -> Optional.empty());
    AttributeIndex found =
        AttributeIndexCodec.read(source(bytes(empty, AttributeType.INT)), AttributeType.INT);
    assertThat(found.present().isEmpty()).isTrue();
    assertThat(found.equalTo(List.of(new Value.Int(1))).isEmpty()).isTrue();
  }

  /** The file was released: it is never to change. A new version gets a file beside it. */
  @Test
  void theGoldenIndexOfVersion1ReadsAndIsWrittenByteForByte() throws IOException {
    byte[] golden;
    try (InputStream stream =
        AttributeIndexCodecTest.class.getResourceAsStream("/golden/index-attribute-1.bin")) {
      golden = Objects.requireNonNull(stream).readAllBytes();
    }
    assertThat(bytes(golden(), AttributeType.arrayOf(ElementType.STRING))).isEqualTo(golden);
    AttributeIndex found =
        AttributeIndexCodec.read(source(golden), AttributeType.arrayOf(ElementType.STRING));
    assertThat(found.distinctValues())
        .containsExactly(new Value.Text("a"), new Value.Text("b"), new Value.Text("é"));
    assertThat(found.present().stream()).containsExactly(0, 2, 3, 65);
    assertThat(found.equalTo(List.of(new Value.Text("b"))).stream()).containsExactly(0, 2);
    assertThat(found.equalTo(List.of(new Value.Text("é"))).stream()).containsExactly(65);
  }

  /** Row 3 has an empty array; all others but these have nothing. */
  static AttributeIndex golden() {
    return AttributeIndex.build(
        66,
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
      byte[] bytes = bytes(index(random, type, 50), type);
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
      byte[] bytes = bytes(index(random, type, 50), type);
      for (int round = 0; round < 2_000; round++) {
        byte[] damaged = bytes.clone();
        for (int hits = random.nextInt(3); hits >= 0; hits--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          AttributeIndex found = AttributeIndexCodec.read(source(damaged), type);
          assertThat(found.matching(value -> true).length())
              .isLessThanOrEqualTo(found.present().length());
        } catch (ElacsymException e) {
          assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT);
        }
      }
    });
  }

  @Test
  void anIndexOfAnotherTypeIsCorrupt() {
    byte[] bytes = bytes(golden(), AttributeType.arrayOf(ElementType.STRING));
    assertThatThrownBy(() -> AttributeIndexCodec.read(source(bytes), AttributeType.INT))
        .hasMessageContaining("values of type string, not int");
    assertThat(AttributeIndexCodec.read(source(bytes), AttributeType.STRING).distinctValues())
        .as("scalars and arrays are stored alike")
        .hasSize(3);
  }

  @Test
  void resultsBelongToTheCaller() {
    AttributeIndex index = golden();
    index.present().clear();
    index.equalTo(List.of(new Value.Text("a"))).clear();
    assertThat(index.present().cardinality()).isEqualTo(4);
    assertThat(index.equalTo(List.of(new Value.Text("a"))).cardinality()).isEqualTo(1);
  }

  private static AttributeIndex index(Random random, AttributeType type, int rows) {
    Samples samples = new Samples(random);
    List<Optional<Value>> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      values.add(random.nextInt(3) == 0 ? Optional.empty() : Optional.of(samples.value(type)));
    }
    return AttributeIndex.build(rows, values::get);
  }

  private static byte[] bytes(AttributeIndex index, AttributeType type) {
    MemoryBlobSink sink = new MemoryBlobSink();
    AttributeIndexCodec.write(index, type, sink);
    return sink.bytes();
  }

  private static BlobSource source(byte[] bytes) {
    return new MemoryBlobSource(bytes);
  }

  private static void assertCorrupt(byte[] bytes, AttributeType type) {
    assertThatThrownBy(() -> AttributeIndexCodec.read(source(bytes), type))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT));
  }
}
