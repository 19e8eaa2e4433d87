package io.elacsym.engine.segment;

import io.elacsym.engine.task.Held;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A value made by the first who asks; a failure is not kept. Blocking is fine. */
final class Lazy<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<T> value = Optional.empty();

  T get(Supplier<T> make) {
    Optional<T> known = value;
    if (known.isPresent()) {
      return known.get();
    }
    try (Held _ = Held.of(lock)) {
      if (value.isEmpty()) {
        value = Optional.of(make.get());
      }
      return value.get();
    }
  }

  Optional<T> found() {
    return value;
  }
}
