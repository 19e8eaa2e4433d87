package io.elacsym.benchmarks.measure;

import java.util.Arrays;

/** How long repeated calls took. Immutable. */
public final class Latencies {
  private final long[] sorted;

  /**
   * Takes the times of single calls.
   *
   * @param nanos at least one, in any order; copied
   */
  public Latencies(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("no times");
    }
    this.sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  public int count() {
    return sorted.length;
  }

  /**
   * The nearest-rank percentile in milliseconds: the shortest time that at least {@code percent} of
   * the calls did not exceed.
   *
   * @param percent more than 0, at most 100
   */
  public double millis(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percentile " + percent + ", expected more than 0 to 100");
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[rank - 1] / 1e6;
  }

  /** The mean in milliseconds. */
  public double meanMillis() {
    return Arrays.stream(sorted).average().orElseThrow() / 1e6;
  }
}
