package io.elacsym.engine.system;

import static io.elacsym.engine.system.CrashEverywhere.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Schema;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.Request.Operation;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each storage operation of what begins, changes and ends the life of a namespace can be the last
 * thing that a process does. A namespace is there or it is not, with one schema or the other.
 */
final class LifeCrashTest {
  private static final Map<String, Attribute> MORE =
      Map.of(
          "author", Attribute.fullText(TextAnalysis.DEFAULT),
          "pages", Attribute.indexed(AttributeType.INT));

  private final Processes processes = new Processes();

  /** Another process, the writer until now, which does not know what happens here. */
  private Optional<Engine> rival = Optional.empty();

  private CrashEverywhere crashing(
      Supplier<MemoryStorage> prepared,
      Consumer<Engine> action,
      Consumer<Engine> check,
      Consumer<Engine> done) {
    return new CrashEverywhere(processes, prepared, engine -> {}, action, check, done);
  }

  private MemoryStorage stored() {
    return Papers.stored(processes);
  }

  private static boolean exists(Engine engine) {
    return names(engine).contains(Papers.NAME);
  }

  private static Schema schema(Engine engine) {
    return engine.namespace(Papers.NAME).schema();
  }

  /** Does what may have been done already by a try that was not answered. */
  private static void unless(ErrorKind doneAlready, Runnable action) {
    try {
      action.run();
    } catch (ElacsymException e) {
      assertThat(e.kind()).isEqualTo(doneAlready);
    }
  }

  private static void create(Engine engine) {
    unless(ErrorKind.CONFLICT, () -> engine.create(Papers.NAME, TestEngine.schema()));
  }

  private static void drop(Engine engine) {
    unless(ErrorKind.NOT_FOUND, () -> engine.drop(Papers.NAME));
  }

  private static void isEmptyIfThere(Engine engine) {
    if (exists(engine)) {
      isThereAndEmpty(engine);
    }
  }

  private static void isThereAndEmpty(Engine engine) {
    assertThat(schema(engine)).isEqualTo(TestEngine.schema());
    assertThat(Papers.titles(engine)).isEmpty();
  }

  private static void isWholeIfThere(Engine engine) {
    if (exists(engine)) {
      Papers.areBefore(engine);
    }
  }

  private static void isGone(Engine engine) {
    assertThat(names(engine)).isEmpty();
    assertNotFound(engine);
  }

  private static void assertNotFound(Engine engine) {
    assertThatThrownBy(() -> Papers.change(engine))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void theCreation(Fault.Kind crash) {
    crashing(
            () -> new MemoryStorage(processes.clock()),
            LifeCrashTest::create,
            LifeCrashTest::isEmptyIfThere,
            LifeCrashTest::isThereAndEmpty)
        .run(crash, 4);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void moreAttributes(Fault.Kind crash) {
    Schema wider = TestEngine.schema().with(MORE);
    crashing(
            this::stored,
            engine -> engine.namespace(Papers.NAME).addAttributes(MORE),
            engine -> {
              Papers.areBefore(engine);
              assertThat(schema(engine)).isIn(TestEngine.schema(), wider);
            },
            engine -> assertThat(schema(engine)).isEqualTo(wider))
        .run(crash, 15);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void theEnd(Fault.Kind crash) {
    crashing(
            this::stored, LifeCrashTest::drop, LifeCrashTest::isWholeIfThere, LifeCrashTest::isGone)
        .run(crash, 11);
  }

  /** What the rival writes counts if it is acknowledged, and ends with the rest. */
  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void theEndWhileAnotherProcessWrites(Fault.Kind crash) {
    crashing(
            this::storedByTheRival,
            LifeCrashTest::drop,
            engine -> {
              if (exists(engine)) {
                Papers.change(rival.orElseThrow());
                Papers.areAfter(engine);
              } else {
                assertNotFound(rival.orElseThrow());
              }
            },
            LifeCrashTest::isGone)
        .run(crash, 11);
  }

  private MemoryStorage storedByTheRival() {
    MemoryStorage storage = new MemoryStorage(processes.clock());
    rival = Optional.of(Papers.writer(processes, storage));
    return storage;
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void anotherLifeAmongTheRemainsOfTheFirst(Fault.Kind crash) {
    crashing(
            this::storedAndHalfDropped,
            LifeCrashTest::create,
            LifeCrashTest::isEmptyIfThere,
            LifeCrashTest::isThereAndEmpty)
        .run(crash, 4);
  }

  /** Dropped by a process that died before it could delete any object. */
  private MemoryStorage storedAndHalfDropped() {
    MemoryStorage storage = stored();
    boolean dropped =
        processes.survives(
            storage,
            engine -> {},
            FaultPlan.on(
                request -> request.operation() == Operation.DELETE, Fault.Kind.CRASH_BEFORE),
            LifeCrashTest::drop);
    assertThat(dropped).isFalse();
    return storage;
  }
}
