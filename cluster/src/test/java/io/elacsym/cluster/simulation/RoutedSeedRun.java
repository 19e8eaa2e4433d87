package io.elacsym.cluster.simulation;

import io.elacsym.engine.simulation.Simulation;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Runs one seed and says what failed. Known by nothing but interfaces of the JDK, so that it can be
 * loaded a second time, with other routing.
 */
public final class RoutedSeedRun implements LongFunction<Optional<String>> {
  @Override
  public Optional<String> apply(long seed) {
    Simulation.Result result = RoutingSimulationTest.run(seed);
    return result.failure();
  }
}
