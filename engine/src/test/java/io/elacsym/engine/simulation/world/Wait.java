package io.elacsym.engine.simulation.world;

import io.elacsym.tck.fault.CrashError;
import java.util.concurrent.locks.LockSupport;

/** What one thread waits for: it ends once. */
public final class Wait {
  private final Host host;
  private final Thread thread;
  private boolean over;

  Wait(Host host, Thread thread) {
    this.host = host;
    this.thread = thread;
  }

  /** Lets the thread go on. */
  public void end() {
    if (!over) {
      over = true;
      host.ended(this);
      LockSupport.unpark(thread);
    }
  }

  /**
   * Waits for the end.
   *
   * @throws CrashError when the host has died
   */
  public void await() {
    while (!over) {
      if (Thread.interrupted()) {
        throw new IllegalStateException("nothing in the engine interrupts its threads");
      }
      LockSupport.park(this);
    }
    host.requireAlive();
  }
}
