package io.elacsym.storage.bucket;

import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.NoCredentials;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.elacsym.storage.bucket.client.CallFailure.TooLarge;
import io.elacsym.storage.bucket.client.CallFailure.TooLate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Which failures may be gone a little later, and how long to wait for that. */
final class Passing {
  private static final Set<Integer> STATUSES = Set.of(408, 429, 500, 502, 503, 504);
  private static final Set<Integer> THROTTLED = Set.of(429, 503);

  /**
   * Codes of errors that may pass although their status does not show it: it is 400, or a success
   * with the error in its body.
   */
  private static final Set<String> CODES =
      Set.of(
          "ConditionalRequestConflict",
          "IncompleteBody",
          "InternalError",
          "OperationAborted",
          "RequestTimeout",
          "ServiceUnavailable",
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite");

  private static final long FIRST_PAUSE_MILLIS = 50;

  /** A store that has too much to do gets more time, or the tries would add to it. */
  private static final long FIRST_THROTTLED_PAUSE_MILLIS = 250;

  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private Passing() {}

  /** Whether the same request may succeed a little later. */
  static boolean mayPass(CallFailure failure) {
    return switch (failure) {
      case Broken broken -> true;
      case NoCredentials none -> false;
      case TooLate late -> false;
      case TooLarge large -> false;
      case Refused refused -> STATUSES.contains(refused.status()) || CODES.contains(refused.code());
    };
  }

  /** Whether the store said that it has too much to do. */
  static boolean isThrottled(CallFailure failure) {
    return failure instanceof Refused refused && THROTTLED.contains(refused.status());
  }

  /**
   * How long to wait before another try. By chance, so that those who failed together do not come
   * back together.
   *
   * @param made how many tries there were
   */
  static Duration pause(CallFailure failure, int made) {
    long first = isThrottled(failure) ? FIRST_THROTTLED_PAUSE_MILLIS : FIRST_PAUSE_MILLIS;
    long longest = Math.min(first << made, LONGEST_PAUSE_MILLIS);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest));
  }
}
