package io.elacsym.engine.simulation;

import io.elacsym.engine.simulation.model.Coverage;
import io.elacsym.engine.simulation.world.Host;
import io.elacsym.engine.simulation.world.World;
import java.util.Optional;

/** One run: a storm over a cluster, and what is left of it. */
public final class Simulation {
  private Simulation() {}

  /**
   * How a run ended.
   *
   * @param failure what did not hold, and what happened before
   * @param digest of everything that happened
   * @param coverage what happened how often
   */
  public record Result(Optional<String> failure, long digest, long events, Coverage coverage) {}

  static Result run(long seed) {
    return run(new World(seed));
  }

  static Result run(World world) {
    return run(world, cluster -> Fabric.NONE);
  }

  /**
   * A run.
   *
   * @param fabric what joins the processes
   */
  public static Result run(World world, Fabric.Maker fabric) {
    Cluster cluster = new Cluster(world, Scenario.random(world), fabric);
    Host director = world.host("director");
    try (EngineLog log = new EngineLog(world)) {
      director.start("storm", () -> direct(cluster, director));
      world.run();
    }
    return new Result(
        world.failure().map(what -> what + "\n\n" + cluster.scenario() + "\n" + world.timeline()),
        world.timeline().digest(),
        world.timeline().entries(),
        cluster.coverage());
  }

  private static void direct(Cluster cluster, Host director) {
    for (int place = 0; place < cluster.scenario().nodes(); place++) {
      cluster.start(place);
    }
    new Nemesis(cluster, director).start();
    director.sleep(cluster.scenario().storm());
    cluster.world().log("the storm is over");
    cluster.endStorm();
    new Aftermath(cluster, director).run();
  }
}
