package io.elacsym.tck.expect;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A value that several checks need and that is costly to make: made by the first of them. A failure
 * is not kept, so each check reports it.
 */
public final class Lazily<T> {
  private final Callable<T> maker;
  private Optional<T> value = Optional.empty();

  public Lazily(Callable<T> maker) {
    this.maker = maker;
  }

  public synchronized T get() throws Exception {
    if (value.isEmpty()) {
      value = Optional.of(maker.call());
    }
    return value.get();
  }
}
