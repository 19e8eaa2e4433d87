package io.elacsym.engine.task;

import java.util.concurrent.locks.Lock;

/**
 * A lock that is held until this is closed, by the thread that took it. Work under a lock that
 * belongs to another class is so done by the caller itself: nothing is handed down to be run there.
 */
public interface Held extends AutoCloseable {
  @Override
  void close();

  /**
   * Takes a lock.
   *
   * @throws io.elacsym.api.ElacsymException {@code TIMEOUT} when the deadline is over first; then
   *     the lock is not held
   */
  static Held of(Lock lock) {
    Waits.lock(lock);
    return lock::unlock;
  }
}
