package io.elacsym.storage.bucket.client;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the signature of a request holds that must not have its effect after a time: the store
 * refuses it from then on, also when its sender has slept or the network has kept it.
 *
 * @param seconds for which it is signed; stores count whole ones
 */
public record SignatureLife(Instant deadline, long seconds) {
  /** Seconds that signing may take. */
  private static final long SIGNING = 1;

  /**
   * From now until a time.
   *
   * @throws CallFailure.TooLate when less than a second is left for it
   */
  public static SignatureLife until(Instant deadline) throws CallFailure.TooLate {
    long seconds = Duration.between(Instant.now(), deadline).toSeconds() - SIGNING;
    if (seconds < 1) {
      throw new CallFailure.TooLate(deadline);
    }
    return new SignatureLife(deadline, seconds);
  }

  /**
   * To be called when the request has been signed: the signature counts from then, and between
   * looking at the clock and signing this process may have slept.
   *
   * @throws CallFailure.TooLate when the signature would hold longer than until the deadline
   */
  public void check() throws CallFailure.TooLate {
    if (Instant.now().plusSeconds(seconds).isAfter(deadline)) {
      throw new CallFailure.TooLate(deadline);
    }
  }
}
