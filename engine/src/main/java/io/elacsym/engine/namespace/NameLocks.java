package io.elacsym.engine.namespace;

import io.elacsym.engine.task.Waits;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets one thread at a time change a namespace as a whole; names may share a lock. */
final class NameLocks {
  private static final int LOCKS = 64;

  private final List<ReentrantLock> locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

  <T> T alone(String name, Supplier<T> action) {
    ReentrantLock lock = locks.get(Math.floorMod(name.hashCode(), LOCKS));
    Waits.lock(lock);
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
