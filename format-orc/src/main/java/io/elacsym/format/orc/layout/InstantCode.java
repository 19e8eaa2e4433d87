package io.elacsym.format.orc.layout;

/**
 * Milliseconds since 1970 as ORC stores them: the seconds since the start of 2015, and the
 * nanoseconds since the last whole second. ORC rounds the seconds towards 1970, so a time in the
 * last second before 1970 has the same seconds as one in the first second after it. We tell them
 * apart by adding one to the nanoseconds of the former; so none of their zeros at the end are
 * dropped, either. Numbers may overflow on the way to seconds since 2015, and overflow back when
 * they are decoded.
 */
public final class InstantCode {
  private static final long EPOCH_2015 = 1_420_070_400;
  private static final int MILLIS = 1000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  /**
   * How many low bits of stored nanoseconds say the number of zeros that were dropped from their
   * end: 0 for none, otherwise one less than the number.
   */
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
   * Whether a bound that the library has found of some times can be believed. The library takes
   * times in the last second before 1970 for times in the first second after it, so a bound in that
   * second after may be wrong.
   */
  public static boolean isRightBound(long millis) {
    return millis < 0 || millis >= MILLIS;
  }

  /** The time that was stored as these two numbers. */
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
