package io.elacsym.engine.simulation;

import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Runs one seed and says what failed. Known by nothing but interfaces of the JDK, so that it can be
 * loaded a second time, with another engine.
 */
public final class SeedRun implements LongFunction<Optional<String>> {
  @Override
  public Optional<String> apply(long seed) {
    return Simulation.run(seed).failure();
  }
}
