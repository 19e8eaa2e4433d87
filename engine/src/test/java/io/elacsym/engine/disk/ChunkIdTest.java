package io.elacsym.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkIdTest {
  @Test
  void everyFileNameReadsBack() {
    for (ChunkId id :
        List.of(
            new ChunkId(0, 0, 0),
            new ChunkId(-1, 1, 7),
            new ChunkId(0x0123456789abcdefL, -2, 999_999_999),
            new ChunkId(5, Long.MIN_VALUE, ChunkId.TRAILER))) {
      assertThat(ChunkId.ofFileName(id.fileName())).hasValue(id);
      assertThat(id.fileName()).startsWith(id.shard());
    }
    assertThat(new ChunkId(0x0123456789abcdefL, 0xfedcba9876543210L, 12).fileName())
        .isEqualTo("0123456789abcdeffedcba9876543210.12");
  }

  @Test
  void otherNamesAreNotOurs() {
    String hash = "0".repeat(32);
    for (String name :
        List.of(
            "",
            "lock",
            hash,
            hash + ".",
            hash + ".01",
            hash + ".-1",
            hash + ".x",
            hash + "0.1",
            hash.substring(1) + ".1",
            "A".repeat(32) + ".1",
            hash + ".9999999999",
            hash + ".trailer.tmp")) {
      assertThat(ChunkId.ofFileName(name)).as(name).isEmpty();
    }
  }
}
