package io.elacsym.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.elacsym.engine.simulation.model.Coverage;
import org.junit.jupiter.api.Test;

final class ClusterSimulationTest {
  @Test
  void seeds() {
    String range = System.getProperty("elacsym.sim.seeds", "1..100");
    long from = Long.parseLong(range.substring(0, range.indexOf('.')));
    long to = Long.parseLong(range.substring(range.indexOf('.') + 2));
    Coverage all = new Coverage();
    long start = System.nanoTime();
    int failed = 0;
    long events = 0;
    for (long seed = from; seed <= to; seed++) {
      Simulation.Result result = Simulation.run(seed);
      all.add(result.coverage());
      events += result.events();
      if (result.failure().isPresent()) {
        failed++;
        System.out.println("SEED " + seed + " " + result.failure().get());
        if (failed >= Integer.getInteger("elacsym.sim.failures", 1)) break;
      }
    }
    System.out.println(
        (System.nanoTime() - start) / 1_000_000 + " ms, events " + events + " " + all);
    assertEquals(0, failed);
  }
}
