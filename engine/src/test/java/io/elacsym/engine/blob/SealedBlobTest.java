package io.elacsym.engine.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Seeded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedBlobTest {
  private static final int BLOCK = Checksums.BLOCK;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 65_535, 65_536, 65_537, 131_072, 196_608, 196_609, 1L << 40})
  void thePayloadSizeFollowsFromTheObjectSize(long payload) {
    long object = payload + 4L * Checksums.blocks(payload) + SealedBlob.FOOTER;
    assertThat(SealedBlob.payloadBytes("x", object)).isEqualTo(payload);
  }

  @Test
  void aSizeThatNoSealedBlobHasIsCorrupt() {
    // Between 0 and 1 payload bytes, and between 65,536 and 65,537, the table grows by one entry.
    long[] impossible = {0, 27, 29, 30, 31, 32, BLOCK + 33, BLOCK + 36, 2L * BLOCK + 37};
    for (long size : impossible) {
      assertCorrupt(() -> SealedBlob.payloadBytes("odd", size), "odd", Long.toString(size));
    }
  }

  @Test
  void theTrailerIsLaidOutAsItsSpecificationSays() {
    byte[] payload = new byte[BLOCK + 5];
    Arrays.fill(payload, (byte) 7);
    ByteBuffer trailer =
        ByteBuffer.wrap(SealedBlob.trailer(checksums(payload))).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(trailer.remaining()).isEqualTo(2 * 4 + 28);
    assertThat(trailer.getInt()).isEqualTo(crc(payload, 0, BLOCK));
    assertThat(trailer.getInt()).isEqualTo(crc(payload, BLOCK, 5));
    byte[] magic = new byte[8];
    trailer.get(magic);
    assertThat(magic).asString().isEqualTo("ELACBLOB");
    assertThat(trailer.getInt()).as("version").isEqualTo(1);
    assertThat(trailer.getInt()).as("block size").isEqualTo(65_536);
    assertThat(trailer.getLong()).as("payload size").isEqualTo(payload.length);
    assertThat(trailer.getInt()).isEqualTo(crc(trailer.array(), 0, trailer.capacity() - 4));
  }

  /** The file was released: it is never to change. A new version gets a file beside it. */
  @Test
  void theGoldenBlobOfVersion1ReadsAndIsWrittenByteForByte() throws IOException {
    byte[] golden;
    try (InputStream stream =
        SealedBlobTest.class.getResourceAsStream("/golden/sealed-blob-1.bin")) {
      golden = Objects.requireNonNull(stream).readAllBytes();
    }
    byte[] payload = "Elacsym keeps its promises.".getBytes(StandardCharsets.UTF_8);
    byte[] trailer = Arrays.copyOfRange(golden, payload.length, golden.length);
    assertThat(golden).startsWith(payload);
    assertThat(SealedBlob.trailer(checksums(payload))).isEqualTo(trailer);
    assertThat(SealedBlob.payloadBytes("x", golden.length)).isEqualTo(payload.length);
    assertThat(
            SealedBlob.parse("x", payload.length, trailer)
                .firstDamage(0, payload, 0, payload.length))
        .isEqualTo(-1);
  }

  @Test
  void everyTurnedBitOfTheTrailerIsCorrupt() {
    byte[] payload = new byte[2 * BLOCK + 1];
    byte[] trailer = SealedBlob.trailer(checksums(payload));
    assertThat(SealedBlob.parse("x", payload.length, trailer).crcs())
        .isEqualTo(checksums(payload).crcs());
    for (int bit = 0; bit < trailer.length * 8; bit++) {
      byte[] damaged = trailer.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertCorrupt(() -> SealedBlob.parse("hit", payload.length, damaged), "hit");
    }
  }

  @Test
  void everyShortenedTrailerIsCorrupt() {
    byte[] trailer = SealedBlob.trailer(checksums(new byte[BLOCK + 1]));
    for (int length = 0; length < trailer.length; length++) {
      byte[] rest = Arrays.copyOf(trailer, length);
      assertCorrupt(() -> SealedBlob.parse("cut", BLOCK + 1, rest), "cut");
    }
  }

  @Test
  void anUnknownTagIsNamedTogetherWithTheKnownOne() {
    byte[] trailer = SealedBlob.trailer(checksums(new byte[0]));
    trailer[8] = 2;
    assertCorrupt(() -> SealedBlob.parse("x", 0, trailer), "version 2", "reads 1");
  }

  @Test
  void theFirstDamagedBlockIsFoundWhereverReadingBegins() {
    Seeded.run(random -> {
      byte[] blob = new byte[5 * BLOCK + 100];
      random.nextBytes(blob);
      Checksums checksums = checksums(blob);
      for (int from = 0; from < 5; from++) {
        byte[] part = Arrays.copyOfRange(blob, from * BLOCK, blob.length);
        assertThat(checksums.firstDamage((long) from * BLOCK, part, 0, part.length)).isEqualTo(-1);
        int hit = random.nextInt(part.length);
        part[hit] ^= (byte) (1 << random.nextInt(8));
        assertThat(checksums.firstDamage((long) from * BLOCK, part, 0, part.length))
            .isEqualTo(from + hit / BLOCK);
      }
    });
  }

  @Test
  void aTableOfTheWrongLengthIsRefused() {
    assertThatThrownBy(() -> new Checksums(BLOCK + 1, new int[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 checksums for 65537 bytes");
  }

  private static Checksums checksums(byte[] payload) {
    int[] crcs = new int[(payload.length + BLOCK - 1) / BLOCK];
    for (int i = 0; i < crcs.length; i++) {
      crcs[i] = crc(payload, i * BLOCK, Math.min(BLOCK, payload.length - i * BLOCK));
    }
    return new Checksums(payload.length, crcs);
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  static void assertCorrupt(ThrowingCallable action, String... parts) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT);
              assertThat(e.getMessage()).contains(parts);
            });
  }
}
