package io.elacsym.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clusters from seeds: {@code -Delacsym.sim.seeds=1..10000} runs more of them, {@code
 * -Delacsym.sim.seeds=73..73} one again.
 */
final class ClusterSimulationTest {
  /** Else a failure could not be looked at again. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aSeedDecidesEverythingThatHappens(long seed) {
    Simulation.Result first = Simulation.run(seed);
    Simulation.Result again = Simulation.run(seed);
    assertTrue(first.events() > 100, () -> first.events() + " events");
    assertEquals(first.events(), again.events());
    assertEquals(first.digest(), again.digest());
  }

  @Test
  void acknowledgedWritesAreSeenWhateverHappens() {
    SeedRange.run(ClusterSimulationTest.class, "1..250", seed -> Simulation.run(seed));
  }
}
