package io.elacsym.format.orc;

/**
 * Milliseconds since 1970 as ORC has them: seconds since 2015, rounded towards zero as seen from
 * 1970, and nanoseconds since the second before. So the last second before 1970 has the seconds of
 * the first one after it. What tells them apart is that the nanoseconds of the former keep their
 * trailing zeros, which those of the latter lose. Arithmetic may overflow and comes back.
 */
final class InstantCode {
  private static final long EPOCH_2015 = 1_420_070_400;
  private static final int MILLIS = 1000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  /** The low bits of nanoseconds: how many zeros were dropped beyond the first, 0 for none. */
  private static final int ZEROS_BITS = 3;

  private static final int MAX_ZEROS = (1 << ZEROS_BITS) - 1;

  private InstantCode() {}

  static long seconds(long millis) {
    return millis / MILLIS - EPOCH_2015;
  }

  static long nanos(long millis) {
    int nanos = Math.floorMod(millis, MILLIS) * NANOS_PER_MILLI;
    if (nanos == 0 || isLastSecondBefore1970(millis)) {
      return (long) nanos << ZEROS_BITS;
    }
    int zeros = -1;
    while (nanos % 10 == 0 && zeros < MAX_ZEROS) {
      nanos /= 10;
      zeros++;
    }
    return (long) nanos << ZEROS_BITS | zeros;
  }

  private static boolean isLastSecondBefore1970(long millis) {
    return millis < 0 && millis > -MILLIS;
  }

  static long millis(long codedSeconds, long codedNanos) {
    long seconds = codedSeconds + EPOCH_2015;
    long nanos = codedNanos >>> ZEROS_BITS;
    int zeros = (int) codedNanos & MAX_ZEROS;
    boolean keptZeros = zeros == 0 && nanos != 0;
    for (int i = 0; zeros > 0 && i <= zeros; i++) {
      nanos *= 10;
    }
    boolean roundedUp = nanos != 0 && (seconds < 0 || keptZeros);
    return (roundedUp ? seconds - 1 : seconds) * MILLIS + nanos / NANOS_PER_MILLI;
  }
}
