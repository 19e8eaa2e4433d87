package io.elacsym.cluster.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.engine.simulation.SeedRange;
import io.elacsym.engine.simulation.Simulation;
import io.elacsym.engine.simulation.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clusters with roles, routing and a network, from seeds: {@code -Delacsym.sim.seeds=1..10000} runs
 * more of them, {@code -Delacsym.sim.seeds=73..73} one again.
 */
final class RoutingSimulationTest {
  static Simulation.Result run(long seed) {
    return Simulation.run(new World(seed), RoutedFabric::new);
  }

  /** Else a failure could not be looked at again. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aSeedDecidesEverythingThatHappens(long seed) {
    Simulation.Result first = run(seed);
    Simulation.Result again = run(seed);
    assertTrue(first.events() > 100, () -> first.events() + " events");
    assertEquals(first.digest(), again.digest());
  }

  @Test
  void acknowledgedWritesAreSeenThroughEveryNodeWhateverItBelieves() {
    SeedRange.run(RoutingSimulationTest.class, "1..150", RoutingSimulationTest::run);
  }
}
