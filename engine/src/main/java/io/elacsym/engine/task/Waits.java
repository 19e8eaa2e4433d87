package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;

/**
 * Waits that end when the deadline of this thread is over. A thread without one waits as the JDK
 * does.
 */
public final class Waits {
  /** How long it takes at most until somebody who waits notices that nobody needs the answer. */
  private static final long LOOK_MILLIS = 20;

  private Waits() {}

  /**
   * Waits for somebody else's work, which goes on if this wait ends before it.
   *
   * @throws ExecutionException as that work ended
   * @throws ElacsymException {@link ErrorKind#TIMEOUT} when the deadline is over first
   */
  public static <T> T result(Future<T> work) throws ExecutionException {
    if (Deadline.current().isEndless()) {
      return however(work);
    }
    try {
      while (true) {
        try {
          return work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          Deadline.check();
        }
      }
    } catch (InterruptedException e) {
      throw stopping(e);
    }
  }

  /**
   * As {@link #result}, but no longer than some time.
   *
   * @return empty when the work has not ended by then
   */
  static <T> Optional<T> result(Future<T> work, Duration atMost) throws ExecutionException {
    long left = atMost.toNanos();
    try {
      while (true) {
        long look = Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        try {
          return Optional.of(work.get(look, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
          Deadline.check();
          left -= look;
          if (left == 0) {
            return Optional.empty();
          }
        }
      }
    } catch (InterruptedException e) {
      throw stopping(e);
    }
  }

  /** Waits whatever happens: what was begun has to be known to have ended. */
  private static <T> T however(Future<T> work) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Takes a lock.
   *
   * @throws ElacsymException {@link ErrorKind#TIMEOUT} when the deadline is over first; then the
   *     lock is not held
   */
  static void lock(Lock lock) {
    if (Deadline.current().isEndless()) {
      lock.lock();
      return;
    }
    try {
      while (!lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        Deadline.check();
      }
    } catch (InterruptedException e) {
      throw stopping(e);
    }
  }

  private static ElacsymException stopping(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
  }
}
