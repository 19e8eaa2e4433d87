package io.elacsym.examples.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingCacheTest {

  private static final int HEADER_BYTES = 32;
  private static final int RECORD_BYTES = 8 + 8 + 3 * 4 + 4;

  @TempDir private Path directory;

  @Test
  void whatWasPutIsThereAfterReopening() throws IOException {
    try (EmbeddingCache cache = open()) {
      cache.put(7, "seven", vector(7));
      cache.put(8, "eight", vector(8));
    }
    try (EmbeddingCache cache = open()) {
      assertThat(cache.size()).isEqualTo(2);
      assertThat(cache.get(7, "seven")).hasValue(vector(7));
      assertThat(cache.get(8, "eight")).hasValue(vector(8));
      assertThat(cache.get(9, "nine")).isEmpty();
    }
  }

  @Test
  void aChangedTextIsNotInTheCacheAndItsNewVectorReplacesTheOld() throws IOException {
    try (EmbeddingCache cache = open()) {
      cache.put(7, "old", vector(1));
      assertThat(cache.get(7, "new")).isEmpty();
      cache.put(7, "new", vector(2));
    }
    try (EmbeddingCache cache = open()) {
      assertThat(cache.get(7, "new")).hasValue(vector(2));
      assertThat(cache.get(7, "old")).isEmpty();
      assertThat(cache.size()).isEqualTo(1);
    }
  }

  @Test
  void theFileIsLaidOutAsDocumented() throws IOException {
    try (EmbeddingCache cache = open()) {
      cache.put(7, "seven", vector(7));
    }
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(file()));
    assertThat(file.limit()).isEqualTo(HEADER_BYTES + RECORD_BYTES);
    assertThat(new String(file.array(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("ELDC");
    assertThat(file.getInt(4)).isEqualTo(1);
    assertThat(file.getInt(8)).isEqualTo(3);
    assertThat(file.getLong(HEADER_BYTES)).isEqualTo(7);
    assertThat(file.getFloat(HEADER_BYTES + 16)).isEqualTo(7f);
  }

  @Test
  void aFileCutOffAnywhereKeepsItsWholeRecordsAndGrowsAgain() throws IOException {
    try (EmbeddingCache cache = open()) {
      cache.put(1, "one", vector(1));
      cache.put(2, "two", vector(2));
    }
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      int kept = Math.max(0, (length - HEADER_BYTES) / RECORD_BYTES);
      try (EmbeddingCache cache = open()) {
        assertThat(cache.size()).as("records in %d bytes", length).isEqualTo(kept);
        assertThat(cache.damaged()).isZero();
        cache.put(3, "three", vector(3));
      }
      try (EmbeddingCache cache = open()) {
        assertThat(cache.size()).isEqualTo(kept + 1);
        assertThat(cache.get(3, "three")).hasValue(vector(3));
        assertThat(cache.bytes()).isEqualTo(HEADER_BYTES + (kept + 1L) * RECORD_BYTES);
      }
    }
  }

  @Test
  void aDamagedRecordIsIgnoredAndTheOthersStay() throws IOException {
    try (EmbeddingCache cache = open()) {
      cache.put(1, "one", vector(1));
      cache.put(2, "two", vector(2));
    }
    byte[] bytes = Files.readAllBytes(file());
    bytes[HEADER_BYTES + 20] ^= 1;
    Files.write(file(), bytes);
    try (EmbeddingCache cache = open()) {
      assertThat(cache.damaged()).isEqualTo(1);
      assertThat(cache.get(1, "one")).isEmpty();
      assertThat(cache.get(2, "two")).hasValue(vector(2));
    }
  }

  @Test
  void theFileOfAnotherModelIsRefusedAndLeftAsItIs() throws IOException {
    try (EmbeddingCache cache = open()) {
      cache.put(1, "one", vector(1));
    }
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> EmbeddingCache.open(file(), "another model", 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a cache of this model");
    assertThatThrownBy(() -> EmbeddingCache.open(file(), "model", 4))
        .isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aFileInUseIsRefused() throws IOException {
    try (EmbeddingCache cache = open()) {
      cache.put(1, "one", vector(1));
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another run is using it");
    }
  }

  @Test
  void aVectorOfAnotherLengthIsRefused() throws IOException {
    try (EmbeddingCache cache = open()) {
      assertThatThrownBy(() -> cache.put(1, "one", new float[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("vector of document 1: length 2, expected 3");
    }
  }

  private Path file() {
    return directory.resolve("below").resolve("cache.bin");
  }

  private EmbeddingCache open() throws IOException {
    return EmbeddingCache.open(file(), "model", 3);
  }

  private static float[] vector(float first) {
    return new float[] {first, -0.5f, Float.MIN_VALUE};
  }
}
