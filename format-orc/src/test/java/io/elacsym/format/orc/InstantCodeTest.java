package io.elacsym.format.orc;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.tck.Seed;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InstantCodeTest {
  @Test
  void everyMillisecondAround1970And2015ComesBack() {
    LongStream.rangeClosed(-5_000, 5_000).forEach(InstantCodeTest::expectBack);
    LongStream.rangeClosed(1_420_070_397_000L, 1_420_070_403_000L)
        .forEach(InstantCodeTest::expectBack);
  }

  @Test
  void anyNumberComesBack() {
    System.out.println("InstantCodeTest seed " + Seed.current());
    new Random(Seed.current()).longs(100_000).forEach(InstantCodeTest::expectBack);
    List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE)
        .forEach(InstantCodeTest::expectBack);
  }

  private static void expectBack(long millis) {
    assertThat(InstantCode.millis(InstantCode.seconds(millis), InstantCode.nanos(millis)))
        .isEqualTo(millis);
  }

  @Test
  void trailingZerosAreDroppedAsInTheSpecificationOfOrc() {
    assertThat(InstantCode.nanos(0)).isZero();
    assertThat(InstantCode.nanos(1)).as("1,000,000 is 1 and 6 zeros").isEqualTo(1 << 3 | 5);
    assertThat(InstantCode.nanos(120)).as("120,000,000 is 12 and 7").isEqualTo(12 << 3 | 6);
    assertThat(InstantCode.nanos(500)).as("500,000,000 is 5 and 8").isEqualTo(5 << 3 | 7);
    assertThat(InstantCode.nanos(-500)).as("before 1970").isEqualTo(500_000_000L << 3);
  }
}
