package io.elacsym.server.helidon.wire;

import java.time.Duration;

/**
 * A moment up to which something is waited for.
 *
 * @param nanos of {@link System#nanoTime}
 */
record Until(long nanos) {
  static Until in(Duration time) {
    return new Until(System.nanoTime() + time.toNanos());
  }

  /** Whichever comes first. */
  Until or(Until other) {
    return nanos - other.nanos < 0 ? this : other;
  }

  /** Milliseconds to go, at least 1; 0 when it is over. */
  int millis() {
    long left = nanos - System.nanoTime();
    return left <= 0 ? 0 : Math.clamp(left / 1_000_000, 1, Integer.MAX_VALUE);
  }
}
