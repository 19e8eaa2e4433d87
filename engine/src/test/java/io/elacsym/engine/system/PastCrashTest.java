package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each storage operation of what works on the past can be the last thing that a process does. A
 * fresh process finds every acknowledged document, does the same again, and nothing is left over.
 */
final class PastCrashTest {
  private static final Map<String, String> SETTINGS =
      Map.of("history.versions", "5", "history.max_age", "10m");
  private static final Map<String, String> OLD = Map.of("1", "one", "2", "two");
  private static final Map<String, String> NEW = Map.of("1", "changed", "3", "three", "4", "four");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final ManualTasks tasks = new ManualTasks();
  private long ids;

  private Engine open(Storage storage) {
    return TestEngine.open(
        storage, SETTINGS, new Seams(now::get, () -> "%016x".formatted(++ids), 1, tasks));
  }

  /** A namespace with a version worth going back to, and writes since, one of them not flushed. */
  private MemoryStorage prepared() {
    MemoryStorage storage = new MemoryStorage(now::get);
    try (Engine engine = open(storage.attach())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "one")));
      namespace.write(TestEngine.upsert(TestEngine.document(2, "two")));
      namespace.flush();
      namespace.write(TestEngine.upsert(TestEngine.document(1, "changed")));
      namespace.write(TestEngine.delete(2));
      namespace.write(TestEngine.upsert(TestEngine.document(3, "three")));
      namespace.flush();
      namespace.write(TestEngine.upsert(TestEngine.document(4, "four")));
    }
    return storage;
  }

  private static long flushedFirst(Engine engine) {
    return engine.history("ns").stream()
        .filter(version -> version.documents() == 2 && version.segments() == 1)
        .findFirst()
        .orElseThrow()
        .version();
  }

  private interface Action {
    void run(Engine engine);
  }

  /**
   * Runs an action again and again, crashing one operation later each time, until it survives.
   *
   * @param atLeast how many operations it has, lest it be none
   * @param check what holds after a crash, whatever was done
   * @param done what holds, too, when the action was run a second time, to its end
   */
  private void crashEverywhere(
      Fault.Kind crash, int atLeast, Action action, Consumer<Engine> check, Consumer<Engine> done) {
    crashEverywhere(crash, atLeast, action, check, done, storage -> {});
  }

  private void crashEverywhere(
      Fault.Kind crash,
      int atLeast,
      Action action,
      Consumer<Engine> check,
      Consumer<Engine> done,
      Consumer<Storage> damage) {
    int crashes = 0;
    for (long at = 1; ; at++) {
      MemoryStorage truth = prepared();
      damage.accept(truth.attach());
      FaultyStorage storage = new FaultyStorage(truth.attach(), FaultPlan.none());
      Engine engine = open(storage);
      storage.follow(FaultPlan.at(storage.requests() + at, crash));
      boolean survived = History.attempt(() -> action.run(engine));
      engine.close();
      try (Engine fresh = open(truth.attach())) {
        check.accept(fresh);
        action.run(fresh);
        check.accept(fresh);
        done.accept(fresh);
        work(fresh);
        settle();
        for (String name : fresh.list("", "", 100).names()) {
          assertThat(fresh.verify(name, bytes -> {}).findings())
              .as("%s at operation %d, namespace %s", crash, at, name)
              .isEmpty();
        }
      } catch (AssertionError e) {
        throw new AssertionError(crash + " at operation " + at, e);
      }
      if (survived) {
        assertThat(crashes).as("operations").isGreaterThanOrEqualTo(atLeast);
        return;
      }
      crashes++;
    }
  }

  /** Makes every namespace that is there somebody's, so that somebody tidies up. */
  private static void work(Engine engine) {
    for (String name : engine.list("", "", 100).names()) {
      Namespace namespace = engine.namespace(name);
      namespace.write(TestEngine.upsert(TestEngine.document(99, "life goes on")));
      namespace.compact();
    }
  }

  private void settle() {
    for (int i = 0; i < 8; i++) {
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
      tasks.tick();
    }
  }

  private static Map<String, String> titles(Engine engine, String name) {
    Map<String, String> titles = PastTest.titles(engine.namespace(name));
    titles.remove("99");
    return titles;
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void restore(Fault.Kind crash) {
    crashEverywhere(
        crash,
        8,
        engine -> engine.restore("ns", flushedFirst(engine)),
        engine -> assertThat(titles(engine, "ns")).isIn(OLD, NEW),
        engine -> assertThat(titles(engine, "ns")).isEqualTo(OLD));
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void branch(Fault.Kind crash) {
    crashEverywhere(
        crash,
        15,
        engine -> {
          if (!engine.list("", "", 100).names().contains("trial")) {
            engine.branch("ns", "trial", Optional.empty());
          }
        },
        engine -> {
          assertThat(titles(engine, "ns")).isEqualTo(NEW);
          if (engine.list("", "", 100).names().contains("trial")) {
            assertThat(titles(engine, "trial")).isEqualTo(NEW);
          }
        },
        engine -> assertThat(titles(engine, "trial")).isEqualTo(NEW));
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void backup(Fault.Kind crash) {
    EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
    crashEverywhere(
        crash,
        15,
        engine -> engine.backup("ns", here, "copy", bytes -> {}),
        engine -> {
          assertThat(titles(engine, "ns")).isEqualTo(NEW);
          if (engine.list("", "", 100).names().contains("copy")) {
            assertThat(titles(engine, "copy")).isEqualTo(NEW);
          }
        },
        engine -> assertThat(titles(engine, "copy")).isEqualTo(NEW));
  }

  @ParameterizedTest
  @MethodSource("repairs")
  void repair(Fault.Kind crash, boolean lost) {
    crashEverywhere(
        crash,
        3,
        engine -> engine.repair("ns", false, bytes -> {}),
        engine -> {
          engine.repair("ns", false, bytes -> {});
          assertThat(titles(engine, "ns")).isEqualTo(NEW);
        },
        engine -> assertThat(titles(engine, "ns")).isEqualTo(NEW),
        storage -> {
          if (lost) {
            storage.delete(List.of("ns/manifest.json"));
          } else {
            byte[] bytes = storage.get("ns/manifest.json", ByteRange.ALL).orElseThrow().bytes();
            bytes[bytes.length / 2] ^= 4;
            storage.put("ns/manifest.json", Payload.of(bytes), PutMode.OVERWRITE);
          }
        });
  }

  static List<Arguments> repairs() {
    return List.of(
        Arguments.of(Fault.Kind.CRASH_BEFORE, true),
        Arguments.of(Fault.Kind.CRASH_AFTER, true),
        Arguments.of(Fault.Kind.CRASH_BEFORE, false),
        Arguments.of(Fault.Kind.CRASH_AFTER, false));
  }
}
