package io.elacsym.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.elacsym.engine.simulation.model.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Runs a simulation for many seeds: {@code -Delacsym.sim.seeds=1..10000} says which, {@code
 * -Delacsym.sim.failures=5} goes on after that many.
 */
public final class SeedRange {
  private static final int FAILURES = Integer.getInteger("elacsym.sim.failures", 1);
  private static final int PROGRESS = 500;

  private SeedRange() {}

  /**
   * Runs them, and says what failed and how to see it again.
   *
   * @param test the class of the test
   * @param otherwise the seeds, such as {@code 1..250}, when no property says
   */
  public static void run(
      Class<?> test, String otherwise, LongFunction<Simulation.Result> simulation) {
    String seeds = System.getProperty("elacsym.sim.seeds", otherwise);
    String[] range = seeds.split("\\.\\.", 2);
    Coverage coverage = new Coverage();
    List<Long> failed = new ArrayList<>();
    for (long seed = Long.parseLong(range[0]);
        seed <= Long.parseLong(range[1]) && failed.size() < FAILURES;
        seed++) {
      Simulation.Result result = simulation.apply(seed);
      coverage.add(result.coverage());
      if (result.failure().isPresent()) {
        failed.add(seed);
        System.out.println("seed " + seed + ": " + result.failure().get());
        System.out.println(
            "again: -Dtest=" + test.getSimpleName() + " -Delacsym.sim.seeds=" + seed + ".." + seed);
      }
      if (seed % PROGRESS == 0) {
        System.out.println("simulation: " + seed + " seeds, failed " + failed);
      }
    }
    System.out.println("simulation: seeds " + seeds + ", " + coverage);
    assertEquals(List.of(), failed);
  }
}
