package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Namespace;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An action of which each storage operation, one after another, is the last thing that its process
 * does. A fresh process finds the storage like that, does the same again or does not, and goes on;
 * then time passes, and nothing is left over.
 *
 * @param prepared gives a storage, a new one each time, on which the action makes sense
 * @param before what the process has done before the action, without a crash
 * @param check what holds after a crash, whatever was done
 * @param done what holds, too, from when the action has come to its end
 */
record CrashEverywhere(
    Processes processes,
    Supplier<MemoryStorage> prepared,
    Consumer<Engine> before,
    Consumer<Engine> action,
    Consumer<Engine> check,
    Consumer<Engine> done) {

  static final String LIFE_GOES_ON = "99";

  /** What comes after a crash. */
  private enum Then {
    /** The same again. */
    AGAIN,
    /** Something else. */
    NEVER
  }

  /**
   * Crashes one operation later each time, until the action survives.
   *
   * @param atLeast how many operations it has, lest it be none
   */
  void run(Fault.Kind crash, int atLeast) {
    run(crash, atLeast, Then.AGAIN);
    run(crash, atLeast, Then.NEVER);
  }

  /** As {@link #run}, for an action whose beginnings stay until it is done again. */
  void runUntilDone(Fault.Kind crash, int atLeast) {
    run(crash, atLeast, Then.AGAIN);
  }

  private void run(Fault.Kind crash, int atLeast, Then then) {
    int crashes = 0;
    while (!survives(crash, crashes + 1, then)) {
      crashes++;
    }
    assertThat(crashes).as("operations").isGreaterThanOrEqualTo(atLeast);
  }

  private boolean survives(Fault.Kind crash, int at, Then then) {
    try {
      MemoryStorage truth = prepared.get();
      boolean survived = processes.survives(truth, before, FaultPlan.at(at, crash), action);
      goOn(truth, survived, then);
      return survived;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("%s at operation %d, then %s".formatted(crash, at, then), e);
    } finally {
      processes.stopAll();
    }
  }

  private void goOn(MemoryStorage truth, boolean acknowledged, Then then) {
    Engine fresh = processes.start(truth.attach());
    check(fresh, acknowledged);
    if (then == Then.AGAIN) {
      action.accept(fresh);
      check(fresh, true);
    }
    work(fresh);
    settle();
    assertThat(Leftovers.in(truth)).as("left over").isEmpty();
    Engine later = processes.start(truth.attach());
    for (String name : names(later)) {
      assertThat(later.verify(name, bytes -> {}).findings()).as("namespace %s", name).isEmpty();
    }
    check(later, acknowledged || then == Then.AGAIN);
  }

  private void check(Engine engine, boolean isDone) {
    check.accept(engine);
    if (isDone) {
      done.accept(engine);
    }
  }

  /** Makes every namespace that is there somebody's, so that somebody tidies up. */
  private static void work(Engine engine) {
    for (String name : names(engine)) {
      Namespace namespace = engine.namespace(name);
      long id = Long.parseLong(LIFE_GOES_ON);
      namespace.write(TestEngine.upsert(TestEngine.document(id, "life goes on")));
      namespace.compact();
    }
  }

  /** Long enough for garbage to pass from a branch to its source and on. */
  private void settle() {
    for (int i = 0; i < 8; i++) {
      processes.pass(Duration.ofMinutes(11));
    }
  }

  static List<String> names(Engine engine) {
    return engine.list("", "", 100).names();
  }

  /** The titles of a namespace's documents, but for that of the life that went on. */
  static Map<String, String> titles(Engine engine, String name) {
    Map<String, String> titles = PastTest.titles(engine.namespace(name));
    titles.remove(LIFE_GOES_ON);
    return titles;
  }
}
