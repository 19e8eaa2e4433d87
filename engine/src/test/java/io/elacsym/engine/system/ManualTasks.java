package io.elacsym.engine.system;

import io.elacsym.engine.settings.TaskRunner;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Background work that waits until a test lets it run. Group commits run at once, on the thread of
 * the write that starts them; nothing ever sleeps.
 */
final class ManualTasks implements TaskRunner {
  private final Queue<Runnable> queued = new ConcurrentLinkedQueue<>();
  private volatile Runnable ticker = () -> {};
  private volatile Runnable afterCommit = () -> {};

  /** Lets the ticker sleep once, and stops it when it would sleep again. */
  private static final ThreadLocal<Integer> SLEEPS = ThreadLocal.withInitial(() -> 0);

  private static final ThreadLocal<Boolean> TICKING = ThreadLocal.withInitial(() -> false);

  @Override
  public void start(String name, Runnable task) {
    if (name.startsWith("elacsym-ticks")) {
      ticker = task;
    } else if (name.startsWith("elacsym-commit")) {
      task.run();
      afterCommit.run();
    } else {
      queued.add(task);
    }
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    if (!TICKING.get()) {
      return;
    }
    int before = SLEEPS.get();
    SLEEPS.set(before + 1);
    if (before > 0) {
      throw new InterruptedException("one tick is enough");
    }
  }

  /** Lets something happen once a group of writes is committed, before the writers know. */
  void afterCommits(Runnable action) {
    afterCommit = action;
  }

  /** One tick, and all the work that it starts. */
  void tick() {
    tickOnly();
    runQueued();
  }

  /**
   * One tick; what it starts waits.
   *
   * @return how many tasks wait now
   */
  int tickOnly() {
    SLEEPS.set(0);
    TICKING.set(true);
    ticker.run();
    TICKING.set(false);
    // The ticker was stopped by an interruption, which is not meant for this thread.
    Thread.interrupted();
    return queued.size();
  }

  void runQueued() {
    for (Runnable task = queued.poll(); task != null; task = queued.poll()) {
      task.run();
    }
  }
}
