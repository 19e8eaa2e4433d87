package io.elacsym.engine.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.wal.WalEntry.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class WalCodecTest {
  private static final int HEADER = 24;

  @Test
  void whatIsWrittenReadsBackTheSame() {
    Seeded.run(random -> {
      for (int round = 0; round < 500; round++) {
        WalEntry entry = Entries.random(random);
        assertSame(WalCodec.read("w", entry.sequence(), WalCodec.write(entry)), entry);
      }
    });
  }

  @Test
  void aFenceHasNoChanges() {
    WalEntry fence = new WalEntry(1, 9, "i", "c", List.of());
    assertSame(WalCodec.read("w", 1, WalCodec.write(fence)), fence);
  }

  @Test
  void aLargeEntryReadsBackTheSame() {
    Value big = new Value.Text("\u00e4\uD83D\uDE00x".repeat(50_000));
    float[] vector = new float[65_536];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = i;
    }
    WalEntry entry =
        new WalEntry(
            1,
            0,
            "i",
            "c",
            List.of(
                new Change.Put(new Document(DocId.of(1), Map.of("v", vector), Map.of("a", big)))));
    assertSame(WalCodec.read("w", 1, WalCodec.write(entry)), entry);
  }

  /** The file was released: it is never to change. A new version gets a file beside it. */
  @Test
  void theGoldenEntryOfVersion1ReadsAndIsWrittenByteForByte() throws IOException {
    byte[] golden;
    try (InputStream stream = WalCodecTest.class.getResourceAsStream("/golden/wal-1.wal")) {
      golden = Objects.requireNonNull(stream).readAllBytes();
    }
    assertSame(WalCodec.read("w", 42, golden), Entries.golden());
    assertThat(HexFormat.of().formatHex(WalCodec.write(Entries.golden())))
        .isEqualTo(HexFormat.of().formatHex(golden));
  }

  @Test
  void theHeaderIsLaidOutAsItsSpecificationSays() {
    ByteBuffer bytes =
        ByteBuffer.wrap(WalCodec.write(Entries.golden())).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[8];
    bytes.get(magic);
    assertThat(magic).asString().isEqualTo("ELACWAL1");
    assertThat(bytes.getLong()).isEqualTo(42);
    assertThat(bytes.getLong()).isEqualTo(3);
    assertThat(bytes.getInt(bytes.capacity() - 4))
        .isEqualTo(crc(Arrays.copyOf(bytes.array(), bytes.capacity() - 4)));
  }

  @Test
  void everyTruncationIsCorrupt() {
    byte[] bytes = WalCodec.write(Entries.golden());
    for (int length = 0; length < bytes.length; length++) {
      assertCorrupt(42, Arrays.copyOf(bytes, length));
    }
    assertCorrupt(42, Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Test
  void everyTurnedBitIsCorrupt() {
    byte[] bytes = WalCodec.write(Entries.golden());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertCorrupt(42, damaged);
    }
  }

  @Test
  void anEntryUnderAnotherNumberIsCorrupt() {
    assertCorrupt(43, WalCodec.write(Entries.golden()), "entry 42");
  }

  @Test
  void anotherVersionIsCorrupt() {
    byte[] bytes = WalCodec.write(Entries.golden());
    bytes[7] = '2';
    assertCorrupt(42, summed(bytes), "version 1");
  }

  /** Only a bug can make these: the checksum holds, the content does not. */
  @Test
  void whateverIsInsideAValidChecksumIsAnEntryOrCorrupt() {
    Seeded.run(random -> {
      byte[] golden = WalCodec.write(Entries.golden());
      for (int round = 0; round < 20_000; round++) {
        int length = HEADER + random.nextInt(golden.length - HEADER + 1);
        byte[] bytes =
            random.nextInt(4) == 0
                ? Arrays.copyOf(golden, Math.max(length, HEADER + 4))
                : golden.clone();
        for (int hits = random.nextInt(4); hits > 0; hits--) {
          bytes[HEADER + random.nextInt(bytes.length - HEADER)] = (byte) random.nextInt();
        }
        try {
          assertThat(WalCodec.read("w", 42, summed(bytes)).sequence()).isEqualTo(42);
        } catch (ElacsymException e) {
          assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT);
        }
      }
    });
  }

  @Test
  void wrongContentInsideAValidChecksumIsCorrupt() throws IOException {
    assertCorrupt(1, entry(cbor -> {}), "START_ARRAY");
    assertCorrupt(1, entry(cbor -> cbor.writeStartArray()), "end-of-input");
    assertCorrupt(1, entry(cbor -> cbor.writeArray(new int[2], 0, 2)), "names");
    assertCorrupt(1, entry(cbor -> changes(cbor, () -> {}, "tail")), "END_ARRAY");
    assertCorrupt(1, entry(cbor -> change(cbor, () -> cbor.writeString(""))), "0 bytes");
    assertCorrupt(1, entry(cbor -> change(cbor, () -> cbor.writeNumber(1.5))), "VALUE_NUMBER_INT");
    assertCorrupt(
        1, entry(cbor -> value(cbor, "u", () -> cbor.writeBinary(new byte[15]))), "15 bytes");
    assertCorrupt(1, entry(cbor -> value(cbor, "q", () -> cbor.writeNumber(1))), "unknown type q");
    assertCorrupt(1, entry(cbor -> value(cbor, "s", () -> cbor.writeNumber(1))), "VALUE_STRING");
    assertCorrupt(
        1, entry(cbor -> value(cbor, "i", () -> cbor.writeNumber(0.5))), "VALUE_NUMBER_INT");
    assertCorrupt(
        1,
        entry(cbor ->
            change(
                cbor,
                () -> {
                  cbor.writeNumber(1);
                  cbor.writeStartObject();
                  cbor.writeFieldName("v");
                  cbor.writeBinary(new byte[5]);
                  cbor.writeEndObject();
                  cbor.writeStartObject();
                  cbor.writeEndObject();
                })),
        "5 bytes");
  }

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator cbor) throws IOException;
  }

  @FunctionalInterface
  private interface Part {
    void write() throws IOException;
  }

  /** An entry 1 with this CBOR in it and a checksum that holds. */
  private static byte[] entry(Body body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Arrays.copyOf(WalCodec.write(new WalEntry(1, 0, "i", "c", List.of())), HEADER));
    try (JsonGenerator cbor = new CBORFactory().createGenerator(out)) {
      cbor.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      body.write(cbor);
    }
    out.writeBytes(new byte[4]);
    return summed(out.toByteArray());
  }

  private static void changes(JsonGenerator cbor, Part part, String... behind) throws IOException {
    cbor.writeStartArray();
    cbor.writeString("i");
    cbor.writeString("c");
    cbor.writeStartArray();
    part.write();
    cbor.writeEndArray();
    for (String text : behind) {
      cbor.writeString(text);
    }
    cbor.writeEndArray();
  }

  private static void change(JsonGenerator cbor, Part part) throws IOException {
    changes(
        cbor,
        () -> {
          cbor.writeStartArray();
          part.write();
          cbor.writeEndArray();
        });
  }

  private static void value(JsonGenerator cbor, String type, Part part) throws IOException {
    change(
        cbor,
        () -> {
          cbor.writeNumber(1);
          cbor.writeStartObject();
          cbor.writeEndObject();
          cbor.writeStartObject();
          cbor.writeFieldName("a");
          cbor.writeStartObject();
          cbor.writeFieldName(type);
          part.write();
          cbor.writeEndObject();
          cbor.writeEndObject();
        });
  }

  private static byte[] summed(byte[] bytes) {
    byte[] summed = bytes.clone();
    ByteBuffer.wrap(summed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(summed.length - 4, crc(Arrays.copyOf(bytes, bytes.length - 4)));
    return summed;
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static void assertCorrupt(long sequence, byte[] bytes, String... parts) {
    assertThatThrownBy(() -> WalCodec.read("ns/wal/w", sequence, bytes))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT);
              assertThat(e.getMessage()).contains("ns/wal/w");
              assertThat(parts).allSatisfy(part -> assertThat(e.getMessage()).contains(part));
            });
  }

  private static void assertSame(WalEntry found, WalEntry expected) {
    assertThat(found).usingRecursiveComparison().ignoringFields("changes").isEqualTo(expected);
    assertThat(found.changes()).hasSameSizeAs(expected.changes());
    for (int i = 0; i < expected.changes().size(); i++) {
      Change change = found.changes().get(i);
      if (change instanceof Change.Put put
          && expected.changes().get(i) instanceof Change.Put wanted) {
        assertThat(put.id()).isEqualTo(wanted.id());
        assertThat(put.document().attributes()).isEqualTo(wanted.document().attributes());
        assertThat(put.document().vectors().keySet())
            .isEqualTo(wanted.document().vectors().keySet());
        put.document()
            .vectors()
            .forEach((field, vector) ->
                assertThat(vector).isEqualTo(wanted.document().vectors().get(field)));
      } else {
        assertThat(change).isEqualTo(expected.changes().get(i));
      }
    }
  }
}
