package io.elacsym.engine.model;

import io.elacsym.api.ElacsymException;
import java.time.Duration;
import java.time.Instant;

/**
 * When documents of a namespace expire. From that moment on no request finds them, whichever server
 * it asks; later a flush or a merge leaves them out. Documents without the attribute never expire.
 *
 * @param attribute an indexed datetime
 * @param after how long after that time; zero if the attribute is the time of expiry itself
 * @param onWrite whether each write of a document that gives the attribute no value sets it to the
 *     time of the write
 */
public record TimeToLive(String attribute, Duration after, boolean onWrite) {
  public static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when the time span is out of bounds
   */
  public TimeToLive {
    if (after.isNegative() || after.compareTo(LONGEST) > 0) {
      throw ElacsymException.invalid(
          "ttl.after is " + after.toMillis() + " ms, expected 0 to " + LONGEST.toDays() + " days");
    }
  }

  /** The last value of the attribute with which a document is expired at a moment. */
  public Value.DateTime lastExpired(Instant now) {
    return new Value.DateTime(now.toEpochMilli() - after.toMillis());
  }
}
