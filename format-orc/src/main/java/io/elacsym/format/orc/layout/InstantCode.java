package io.elacsym.format.orc.layout;

/**
 * Milliseconds since 1970 as ORC has them: seconds since 2015, rounded towards zero as seen from
 * 1970, and nanoseconds since the second before. So the last second before 1970 has the seconds of
 * the first one after it. What tells them apart is that in the former the nanoseconds are one more,
 * which keeps their trailing zeros from being dropped. Arithmetic may overflow and comes back.
 */
public final class InstantCode {
  private static final long EPOCH_2015 = 1_420_070_400;
  private static final int MILLIS = 1000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  /** The low bits of nanoseconds: how many zeros were dropped beyond the first, 0 for none. */
  private static final int ZEROS_BITS = 3;

  private static final int MAX_ZEROS = (1 << ZEROS_BITS) - 1;

  private InstantCode() {}

  /** The nanoseconds to be written for a time, before the library drops their trailing zeros. */
  public static int nanos(long millis) {
    int nanos = Math.floorMod(millis, MILLIS) * NANOS_PER_MILLI;
    return isLastSecondBefore1970(millis) ? nanos + 1 : nanos;
  }

  private static boolean isLastSecondBefore1970(long millis) {
    return millis < 0 && millis > -MILLIS;
  }

  /**
   * Whether a bound that the library has found of some times is right: it takes the last second
   * before 1970 for the first one after.
   */
  public static boolean isRightBound(long millis) {
    return millis < 0 || millis >= MILLIS;
  }

  /** The time of which these are stored. */
  public static long millis(long codedSeconds, long codedNanos) {
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
