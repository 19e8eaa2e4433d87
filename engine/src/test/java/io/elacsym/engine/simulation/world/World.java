package io.elacsym.engine.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Time and order. Everything that happens runs on the one platform thread that calls {@link #run}:
 * among the threads that can go on, chance chooses, and when none can, time moves to the next
 * event. So a seed decides everything, and an hour costs nothing.
 */
public final class World {
  private static final InheritableThreadLocal<World> CURRENT = new InheritableThreadLocal<>();

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** More steps than any run needs: a run that takes so many goes round in circles. */
  private static final long MAX_STEPS = 3_000_000;

  private final Random random;
  private final Timeline timeline = new Timeline();
  private final List<Step> ready = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingInt(Event::tie));
  private final List<Host> hosts = new ArrayList<>();
  private Optional<String> failure = Optional.empty();
  private final Thread carrier = Thread.currentThread();

  /** Set by other threads than the carrier, which must not exist. */
  private volatile Optional<String> intruder = Optional.empty();

  private long now;
  private long steps;

  /** A thread that can go on. */
  record Step(Host host, Runnable continuation) {}

  /**
   * @param at microseconds since the start
   * @param tie drawn by lot: what happens at the same moment happens in any order
   */
  private record Event(long at, int tie, Runnable action) {}

  public World(long seed) {
    this.random = new Random(seed);
  }

  /** The source of every choice. */
  public Random random() {
    return random;
  }

  public Timeline timeline() {
    return timeline;
  }

  /** Makes the calling thread, and those that it starts, threads of this world. */
  void enter() {
    CURRENT.set(this);
  }

  /** Whether the calling thread is one of this world: others go on beside it in real time. */
  public boolean isOurs() {
    return CURRENT.get() == this;
  }

  /** The true time; what a node's clock says may differ. */
  public Instant now() {
    return START.plus(now, ChronoUnit.MICROS);
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A duration between two others; each order of magnitude is as likely as another. */
  public Duration between(Duration least, Duration most) {
    double low = Math.log(Math.max(1, least.toNanos() / 1000.0));
    double high = Math.log(Math.max(1, most.toNanos() / 1000.0));
    return Duration.of(
        Math.round(Math.exp(low + random.nextDouble() * (high - low))), ChronoUnit.MICROS);
  }

  /** Up to a duration, either way. */
  public Duration either(Duration most) {
    return Duration.ofMillis(Math.round(most.toMillis() * (random.nextDouble() * 2 - 1)));
  }

  /** Lets something happen later. */
  public void after(Duration delay, Runnable action) {
    events.add(new Event(now + delay.toNanos() / 1000, random.nextInt(), action));
  }

  /** A new place for threads. */
  public Host host(String name) {
    Host host = new Host(this, name);
    hosts.add(host);
    return host;
  }

  /** Says what happened. */
  public void log(String what) {
    timeline.add(now, what);
  }

  /** Ends the run: something does not hold. The first failure counts. */
  public void fail(String what) {
    if (failure.isEmpty()) {
      log("FAILED: " + what);
      failure = Optional.of(what);
    }
  }

  public Optional<String> failure() {
    return failure;
  }

  /** Runs until nothing is left to do, or something has failed. */
  public void run() {
    enter();
    try {
      runInside();
    } finally {
      CURRENT.remove();
    }
  }

  private void runInside() {
    while (failure.isEmpty()) {
      intruder.ifPresent(what -> fail(what + "\n" + waiting()));
      if (++steps > MAX_STEPS) {
        fail("it goes on and on\n" + waiting());
      } else if (!ready.isEmpty()) {
        takeOne().continuation().run();
      } else if (!events.isEmpty()) {
        Event next = events.remove();
        now = Math.max(now, next.at());
        next.action().run();
      } else {
        break;
      }
    }
    if (failure.isEmpty() && hosts.stream().anyMatch(Host::hasThreads)) {
      fail("threads wait for what will never happen\n" + waiting());
    }
  }

  private Step takeOne() {
    int chosen = random.nextInt(ready.size());
    Step last = ready.removeLast();
    return chosen == ready.size() ? last : ready.set(chosen, last);
  }

  /** What all threads wait for. */
  public String waiting() {
    StringBuilder text = new StringBuilder();
    hosts.forEach(host -> host.describe(text));
    return text.toString();
  }

  /** A thread of a running host can go on. */
  void ready(Step step) {
    if (Thread.currentThread() == carrier || Thread.currentThread().isVirtual()) {
      ready.add(step);
    } else {
      // Sent by a timer, or by the JVM after a monitor was left: no seed decides when.
      intruder =
          Optional.of(
              "a thread of "
                  + step.host().name()
                  + " waited in real time, until "
                  + Thread.currentThread().getName()
                  + " woke it: for a timer, or for a monitor held across a wait");
    }
  }

  /** Takes the steps of a host that is about to stand still. */
  List<Step> withdraw(Host host) {
    List<Step> own = ready.stream().filter(step -> step.host() == host).toList();
    ready.removeAll(own);
    return own;
  }
}
