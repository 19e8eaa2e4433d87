package io.elacsym.distribution.terminal;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private Figures() {}

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** How many of something: {@code 1 segment}, {@code 2 segments}. */
  public static String of(long count, String thing) {
    return count(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /** A number of bytes: {@code 0 B}, {@code 1.5 MB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int power = Math.min(5, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
    double scaled = bytes / (double) (1L << (10 * power));
    return String.format(Locale.ROOT, "%.1f %sB", scaled, "KMGTP".charAt(power - 1));
  }

  public static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }

  /** How many a second. */
  public static String rate(long count, Duration time) {
    return String.format(Locale.ROOT, "%,.0f/s", count / Math.max(time.toNanos() / 1e9, 1e-3));
  }
}
