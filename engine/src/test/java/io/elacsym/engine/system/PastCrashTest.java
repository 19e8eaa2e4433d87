package io.elacsym.engine.system;

import static io.elacsym.engine.system.CrashEverywhere.names;
import static io.elacsym.engine.system.CrashEverywhere.titles;
import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final Map<String, String> OLD = Map.of("1", "one", "2", "two");
  private static final Map<String, String> NEW = Map.of("1", "changed", "3", "three", "4", "four");

  private final Processes processes = new Processes();

  /** A namespace with a version worth going back to, and writes since, one of them not flushed. */
  private MemoryStorage prepared() {
    MemoryStorage storage = new MemoryStorage(processes.clock());
    Engine engine = processes.start(storage.attach());
    Namespace namespace = engine.create("ns", TestEngine.schema());
    namespace.write(TestEngine.upsert(TestEngine.document(1, "one")));
    namespace.write(TestEngine.upsert(TestEngine.document(2, "two")));
    namespace.flush();
    namespace.write(TestEngine.upsert(TestEngine.document(1, "changed")));
    namespace.write(TestEngine.delete(2));
    namespace.write(TestEngine.upsert(TestEngine.document(3, "three")));
    namespace.flush();
    namespace.write(TestEngine.upsert(TestEngine.document(4, "four")));
    processes.stop(engine);
    return storage;
  }

  private static long flushedFirst(Engine engine) {
    return engine.history("ns").stream()
        .filter(version -> version.documents() == 2 && version.segments() == 1)
        .findFirst()
        .orElseThrow()
        .version();
  }

  private CrashEverywhere crashing(
      Consumer<Engine> action, Consumer<Engine> check, Consumer<Engine> done) {
    return crashing(storage -> {}, action, check, done);
  }

  private CrashEverywhere crashing(
      Consumer<Storage> damage,
      Consumer<Engine> action,
      Consumer<Engine> check,
      Consumer<Engine> done) {
    return new CrashEverywhere(
        processes,
        () -> {
          MemoryStorage storage = prepared();
          damage.accept(storage.attach());
          return storage;
        },
        engine -> {},
        action,
        check,
        done);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void restore(Fault.Kind crash) {
    crashing(
            engine -> engine.restore("ns", flushedFirst(engine)),
            engine -> assertThat(titles(engine, "ns")).isIn(OLD, NEW),
            engine -> assertThat(titles(engine, "ns")).isEqualTo(OLD))
        .run(crash, 15);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void branch(Fault.Kind crash) {
    crashing(
            engine -> {
              if (!names(engine).contains("trial")) {
                engine.branch("ns", "trial", Optional.empty());
              }
            },
            engine -> {
              assertThat(titles(engine, "ns")).isEqualTo(NEW);
              if (names(engine).contains("trial")) {
                assertThat(titles(engine, "trial")).isEqualTo(NEW);
              }
            },
            engine -> assertThat(titles(engine, "trial")).isEqualTo(NEW))
        .run(crash, 45);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void backup(Fault.Kind crash) {
    EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
    crashing(
            engine -> engine.backup("ns", here, "copy", bytes -> {}),
            engine -> {
              assertThat(titles(engine, "ns")).isEqualTo(NEW);
              if (names(engine).contains("copy")) {
                assertThat(titles(engine, "copy")).isEqualTo(NEW);
              }
            },
            engine -> assertThat(titles(engine, "copy")).isEqualTo(NEW))
        .runUntilDone(crash, 40);
  }

  @ParameterizedTest
  @MethodSource("repairs")
  void repair(Fault.Kind crash, boolean lost) {
    crashing(
            storage -> {
              if (lost) {
                storage.delete(List.of("ns/manifest.json"));
              } else {
                byte[] bytes = storage.get("ns/manifest.json", ByteRange.ALL).orElseThrow().bytes();
                bytes[bytes.length / 2] ^= 4;
                storage.put("ns/manifest.json", Payload.of(bytes), PutMode.OVERWRITE);
              }
            },
            engine -> engine.repair("ns", false, bytes -> {}),
            engine -> {
              engine.repair("ns", false, bytes -> {});
              assertThat(titles(engine, "ns")).isEqualTo(NEW);
            },
            engine -> assertThat(titles(engine, "ns")).isEqualTo(NEW))
        .run(crash, 3);
  }

  static List<Arguments> repairs() {
    return List.of(
        Arguments.of(Fault.Kind.CRASH_BEFORE, true),
        Arguments.of(Fault.Kind.CRASH_AFTER, true),
        Arguments.of(Fault.Kind.CRASH_BEFORE, false),
        Arguments.of(Fault.Kind.CRASH_AFTER, false));
  }
}
