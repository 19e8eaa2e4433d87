package io.elacsym.tck.host;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets one of many requests fail, as a storage does that does not answer. */
public final class OneFailure {
  private static final String MESSAGE = "storage does not answer (on purpose)";

  private final int number;
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * @param number of the request that fails, from 1
   */
  public OneFailure(int number) {
    this.number = number;
  }

  /** Counts a request; throws if it is the one that fails. */
  void request() {
    if (requests.incrementAndGet() == number) {
      throw failure();
    }
  }

  static ElacsymException failure() {
    return new ElacsymException(ErrorKind.UNAVAILABLE, MESSAGE);
  }

  /** Whether there have been so many requests that one has failed. */
  public boolean hasHappened() {
    return requests.get() >= number;
  }
}
