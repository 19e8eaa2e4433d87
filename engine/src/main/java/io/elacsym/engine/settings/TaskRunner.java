package io.elacsym.engine.settings;

import java.time.Duration;

/** How the engine starts work in the background: the seam for simulated time and order. */
public interface TaskRunner {
  /** Starts a task at once. It handles its own failures. */
  void start(String name, Runnable task);

  /** Blocks the calling task for a while. */
  void sleep(Duration time) throws InterruptedException;

  /** Virtual threads and real time. */
  static TaskRunner virtualThreads() {
    return new TaskRunner() {
      @Override
      public void start(String name, Runnable task) {
        Thread.ofVirtual().name(name).start(task);
      }

      @Override
      public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
      }
    };
  }
}
