package io.elacsym.tck.fault;

import java.time.Duration;

/** How a slow request waits: by moving a clock of the test forward, say. */
@FunctionalInterface
public interface Sleeper {
  /** Does not wait at all. */
  Sleeper NONE = duration -> {};

  void sleep(Duration duration);
}
