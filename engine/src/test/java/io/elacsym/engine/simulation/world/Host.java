package io.elacsym.engine.simulation.world;

import io.elacsym.engine.simulation.world.World.Step;
import io.elacsym.tck.fault.CrashError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A process: threads that run, stand still and die together. Threads that its threads start belong
 * to it.
 */
public final class Host {
  private final World world;
  private final String name;
  private final Executor scheduler = this::schedule;
  private final Set<Thread> threads = new LinkedHashSet<>();
  private final Set<Wait> waits = new LinkedHashSet<>();
  private final List<Step> held = new ArrayList<>();
  private boolean frozen;
  private boolean dead;

  Host(World world, String name) {
    this.world = world;
    this.name = name;
  }

  public String name() {
    return name;
  }

  private void schedule(Runnable continuation) {
    Step step = new Step(this, continuation);
    if (frozen) {
      held.add(step);
    } else {
      world.ready(step);
    }
  }

  /** Starts a thread. Whatever it throws, except for the death of this host, is a failure. */
  public void start(String task, Runnable body) {
    requireAlive();
    Thread thread =
        VirtualThreads.unstarted(
            scheduler,
            name + " " + task,
            () -> {
              try {
                world.enter();
                body.run();
              } catch (Throwable e) {
                if (!dead) {
                  world.fail(name + ", " + task + ": " + trace(e));
                }
              } finally {
                threads.remove(Thread.currentThread());
              }
            });
    threads.add(thread);
    thread.start();
  }

  /** The text of a stack trace. */
  public static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Lets the calling thread, which is one of this host, wait. */
  public void sleep(Duration time) {
    Wait wait = newWait();
    world.after(time, wait::end);
    wait.await();
  }

  /** Something for the calling thread to wait for. */
  public Wait newWait() {
    requireAlive();
    Wait wait = new Wait(this, Thread.currentThread());
    waits.add(wait);
    return wait;
  }

  void ended(Wait wait) {
    waits.remove(wait);
  }

  /**
   * @throws CrashError when this host is dead
   */
  public void requireAlive() {
    if (dead) {
      throw new CrashError(name + " is dead");
    }
  }

  public boolean isAlive() {
    return !dead;
  }

  public boolean isFrozen() {
    return frozen;
  }

  /** From now on no thread of it runs, as if it were stopped by a signal. */
  public void freeze() {
    frozen = true;
    held.addAll(world.withdraw(this));
  }

  /** Ends a freeze. */
  public void thaw() {
    frozen = false;
    List<Step> steps = List.copyOf(held);
    held.clear();
    steps.forEach(world::ready);
  }

  /**
   * Kills it: each thread gets a {@link CrashError} from the call in which it waits, and from every
   * later one, so that it ends without doing anything that others could notice.
   */
  public void kill() {
    dead = true;
    thaw();
    List.copyOf(waits).forEach(Wait::end);
  }

  /** Whether anything of it still runs or waits. */
  public boolean hasThreads() {
    return !threads.isEmpty();
  }

  void describe(StringBuilder text) {
    for (Thread thread : threads) {
      text.append(thread.getName()).append(frozen ? ", frozen" : "").append('\n');
      for (StackTraceElement frame : thread.getStackTrace()) {
        text.append("    ").append(frame).append('\n');
      }
    }
  }
}
