package io.elacsym.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void percentilesAreNearestRanks() {
    var latencies = new Latencies(LongStream.rangeClosed(1, 200).map(i -> i * MILLI).toArray());
    assertThat(latencies.millis(50)).isEqualTo(100);
    assertThat(latencies.millis(99)).isEqualTo(198);
    assertThat(latencies.millis(100)).isEqualTo(200);
    assertThat(latencies.millis(0.1)).isEqualTo(1);
    assertThat(latencies.meanMillis()).isEqualTo(100.5);
  }

  @Test
  void theOrderOfTheCallsDoesNotMatter() {
    var latencies = new Latencies(new long[] {3 * MILLI, MILLI, 2 * MILLI});
    assertThat(latencies.millis(50)).isEqualTo(2);
  }

  @Test
  void aSingleCallIsEveryPercentile() {
    var latencies = new Latencies(new long[] {7 * MILLI});
    assertThat(latencies.millis(1)).isEqualTo(7);
    assertThat(latencies.millis(99)).isEqualTo(7);
  }

  @Test
  void nothingMeasuredHasNoPercentile() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Latencies(new long[0]));
  }
}
