package io.elacsym.cluster.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.engine.simulation.Simulation;
import io.elacsym.engine.simulation.model.Coverage;
import io.elacsym.engine.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clusters with roles, routing and a network, from seeds: {@code -Delacsym.sim.seeds=1..10000} runs
 * more of them, {@code -Delacsym.sim.seeds=73..73} one again.
 */
final class RoutingSimulationTest {
  private static final String SEEDS = System.getProperty("elacsym.sim.seeds", "1..150");
  private static final int FAILURES = Integer.getInteger("elacsym.sim.failures", 1);
  private static final int PROGRESS = 500;

  /** What nodes say of each other is no failure, and it is much. */
  private static final Logger NODES = Logger.getLogger("io.elacsym.cluster");

  static {
    NODES.setLevel(Level.OFF);
  }

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
    String[] range = SEEDS.split("\\.\\.", 2);
    Coverage coverage = new Coverage();
    List<Long> failed = new ArrayList<>();
    for (long seed = Long.parseLong(range[0]);
        seed <= Long.parseLong(range[1]) && failed.size() < FAILURES;
        seed++) {
      Simulation.Result result = run(seed);
      coverage.add(result.coverage());
      if (result.failure().isPresent()) {
        failed.add(seed);
        System.out.println("seed " + seed + ": " + result.failure().get());
        System.out.println(
            "again: -Dtest=RoutingSimulationTest -Delacsym.sim.seeds=" + seed + ".." + seed);
      }
      if (seed % PROGRESS == 0) {
        System.out.println("routing simulation: " + seed + " seeds, failed " + failed);
      }
    }
    System.out.println("routing simulation: seeds " + SEEDS + ", " + coverage);
    assertEquals(List.of(), failed);
  }
}
