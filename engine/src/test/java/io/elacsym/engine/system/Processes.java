package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.storage.Storage;
import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.fault.Request;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Processes with one clock, for which time passes and work comes due when a test says so. */
final class Processes {
  /** So short a history that versions are given up soon. */
  private static final Map<String, String> SETTINGS =
      Map.of("history.versions", "5", "history.max_age", "10m");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicLong ids = new AtomicLong();
  private final Map<Engine, ManualTasks> running = new LinkedHashMap<>();

  InstantSource clock() {
    return now::get;
  }

  Engine start(Storage storage) {
    return start(storage, Map.of());
  }

  /**
   * Starts a process.
   *
   * @param more settings
   */
  Engine start(Storage storage, Map<String, String> more) {
    ManualTasks tasks = new ManualTasks();
    Seams seams = new Seams(clock(), () -> "%016x".formatted(ids.incrementAndGet()), 1, tasks);
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(more);
    Engine engine = TestEngine.open(storage, settings, seams);
    running.put(engine, tasks);
    return engine;
  }

  /** Ends a process; work of it that has not begun never will. */
  void stop(Engine engine) {
    running.remove(engine);
    engine.close();
  }

  void stopAll() {
    List.copyOf(running.keySet()).forEach(this::stop);
  }

  /**
   * Runs an action in a process of its own, which may die of it.
   *
   * @param before what it does before, without dying
   * @param plan for the requests of the action, counted from 1
   * @return whether it survived, which is to have done the action
   */
  boolean survives(
      MemoryStorage truth, Consumer<Engine> before, FaultPlan plan, Consumer<Engine> action) {
    FaultyStorage storage = new FaultyStorage(truth.attach(), FaultPlan.none());
    Engine engine = start(storage);
    before.accept(engine);
    long first = storage.requests();
    storage.follow(request ->
        plan.next(new Request(request.number() - first, request.operation(), request.name())));
    boolean done = History.attempt(() -> action.accept(engine));
    assertThat(done).as("done, which only a crash prevents").isEqualTo(!storage.crashed());
    stop(engine);
    return done;
  }

  /** Lets a process do what it has begun in the background. */
  void work(Engine engine) {
    Optional.ofNullable(running.get(engine)).orElseThrow().runQueued();
  }

  /** Lets a time pass in which all that run do what is due. */
  void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    running.values().forEach(ManualTasks::tick);
  }
}
