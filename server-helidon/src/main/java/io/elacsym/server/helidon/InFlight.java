package io.elacsym.server.helidon;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests under way. Once drained, none begins. */
final class InFlight {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int count;
  private boolean draining;

  /** Begins a request; false when the server is stopping, and then there is nothing to end. */
  boolean begin() {
    lock.lock();
    try {
      if (draining) {
        return false;
      }
      count++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      count--;
      if (count == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean draining() {
    lock.lock();
    try {
      return draining;
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Lets no request begin any more and waits for those under way, for so long at most. */
  void drain(Duration grace) {
    lock.lock();
    try {
      draining = true;
      long left = grace.toNanos();
      while (count > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Whoever stops the server is in a hurry: what is under way is cut off.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
