package io.elacsym.engine.simulation;

import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.engine.simulation.world.Host;
import java.time.Duration;

/** Background work of a simulated process, in simulated time. */
record NodeTasks(Host host) implements TaskRunner {
  @Override
  public void start(String name, Runnable task) {
    host.start(name, task);
  }

  @Override
  public void sleep(Duration time) {
    host.sleep(time);
  }
}
