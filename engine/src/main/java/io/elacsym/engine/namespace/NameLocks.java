package io.elacsym.engine.namespace;

import io.elacsym.engine.task.Held;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one thread at a time make or change a namespace as a whole. Each name has a lock of its own,
 * because what is done under it can take long.
 */
final class NameLocks {
  private final Map<String, Turns> turns = new ConcurrentHashMap<>();

  /**
   * The lock of one name.
   *
   * @param users threads that have it or wait for it
   */
  private record Turns(ReentrantLock lock, int users) {
    Turns and(int more) {
      return new Turns(lock, users + more);
    }
  }

  <T> T alone(String name, Supplier<T> action) {
    ReentrantLock lock =
        turns.merge(name, new Turns(new ReentrantLock(), 1), (known, first) -> known.and(1)).lock();
    try {
      try (Held _ = Held.of(lock)) {
        return action.get();
      }
    } finally {
      turns.computeIfPresent(name, (n, known) -> known.users() == 1 ? null : known.and(-1));
    }
  }
}
