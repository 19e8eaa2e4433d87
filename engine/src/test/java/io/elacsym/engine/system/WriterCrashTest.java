package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.IndexCount;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.model.ReindexStatus;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.Request.Operation;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each storage operation of what a writer does can be the last thing that it does. The next one
 * finds every acknowledged write, and the one under way wholly or not at all.
 */
final class WriterCrashTest {
  private static final String RIVAL = "50";

  private final Processes processes = new Processes();

  /** Another process, the writer until now, which does not know what happens here. */
  private Optional<Engine> rival = Optional.empty();

  private CrashEverywhere crashing(
      Supplier<MemoryStorage> prepared,
      Consumer<Engine> before,
      Consumer<Engine> action,
      Consumer<Engine> check,
      Consumer<Engine> done) {
    return new CrashEverywhere(processes, prepared, before, action, check, done);
  }

  private MemoryStorage stored() {
    return Papers.stored(processes);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void theFirstWriteOfAProcess(Fault.Kind crash) {
    crashing(this::stored, engine -> {}, Papers::change, Papers::areBeforeOrAfter, Papers::areAfter)
        .run(crash, 12);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aLaterWrite(Fault.Kind crash) {
    crashing(
            this::stored,
            engine -> Papers.write(engine, Papers.upsert(5, "paper five")),
            Papers::change,
            Papers::areBeforeOrAfter,
            Papers::areAfter)
        .run(crash, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aTakeoverFromAWriterThatGoesOnWriting(Fault.Kind crash) {
    crashing(
            this::storedByTheRival,
            engine -> {},
            Papers::change,
            engine -> {
              rivalWrites(engine);
              rivalReads(engine);
            },
            engine -> assertThat(withoutRival(engine)).isEqualTo(Papers.AFTER))
        .run(crash, 12);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aTakeoverFromAWriterThatReadsBeforeItWrites(Fault.Kind crash) {
    crashing(
            this::storedByTheRival,
            engine -> {},
            Papers::change,
            engine -> {
              rivalReads(engine);
              rivalWrites(engine);
            },
            engine -> assertThat(withoutRival(engine)).isEqualTo(Papers.AFTER))
        .run(crash, 12);
  }

  private MemoryStorage storedByTheRival() {
    MemoryStorage storage = new MemoryStorage(processes.clock());
    rival = Optional.of(Papers.writer(processes, storage));
    return storage;
  }

  private void rivalReads(Engine engine) {
    Map<String, String> titles = Papers.titles(rival.orElseThrow());
    assertThat(Papers.titles(engine)).isEqualTo(titles);
    assertThat(withoutRival(engine)).isIn(Papers.BEFORE, Papers.AFTER);
  }

  private void rivalWrites(Engine engine) {
    String title = "paper of the rival, " + processes.clock().instant();
    Papers.write(rival.orElseThrow(), Papers.upsert(Long.parseLong(RIVAL), title));
    assertThat(Papers.titles(engine)).containsEntry(RIVAL, title);
  }

  private static Map<String, String> withoutRival(Engine engine) {
    Map<String, String> titles = new TreeMap<>(Papers.titles(engine));
    titles.remove(RIVAL);
    return titles;
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aFlush(Fault.Kind crash) {
    crashing(
            this::stored,
            Papers::change,
            engine -> engine.namespace(Papers.NAME).flush(),
            Papers::areAfter,
            engine -> assertThat(engine.namespace(Papers.NAME).stats().unflushedBytes()).isZero())
        .run(crash, 10);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aCompaction(Fault.Kind crash) {
    crashing(
            this::stored,
            engine -> {},
            engine -> engine.namespace(Papers.NAME).compact(),
            Papers::areBefore,
            engine -> {
              NamespaceStats stats = engine.namespace(Papers.NAME).stats();
              assertThat(stats.segments()).isEqualTo(1);
              assertThat(stats.deletedRows()).isZero();
              assertThat(stats.liveRows()).isZero();
            })
        .run(crash, 30);
  }

  /** Whatever is stored by then: the former indexes, the new ones, or some of each answer. */
  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aReindex(Fault.Kind crash) {
    crashing(
            () -> Papers.storedWith(processes, TunedVectorIndex.NAME),
            engine -> {},
            this::reindex,
            Papers::areBefore,
            engine ->
                assertThat(engine.namespace(Papers.NAME).stats().indexes())
                    .isNotEmpty()
                    .allMatch(IndexCount::configured))
        .run(crash, 15);
  }

  private void reindex(Engine engine) {
    Namespace papers = engine.namespace(Papers.NAME);
    papers.reindex(new ReindexRequest(Optional.empty(), Optional.empty(), false, false));
    processes.work(engine);
    ReindexStatus status = papers.reindexStatus().orElseThrow();
    if (status.state() != ReindexStatus.State.DONE) {
      throw ElacsymException.unavailable(status.toString(), new IllegalStateException());
    }
  }

  /** What is lacking stands in the manifest, so whoever comes next builds what is left. */
  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void anIndexThatIsAdded(Fault.Kind crash) {
    crashing(
            this::stored,
            engine -> {},
            engine -> {
              Namespace papers = engine.namespace(Papers.NAME);
              papers.addAttributes(Map.of("price", Attribute.indexed(AttributeType.FLOAT)));
              papers.addAttributes(
                  Map.of(
                      "title",
                      new Attribute(
                          AttributeType.STRING, true, Optional.of(TextAnalysis.DEFAULT))));
              processes.work(engine);
              if (!papers.stats().building().isEmpty()) {
                throw ElacsymException.unavailable(
                    papers.stats().building().toString(), new IllegalStateException());
              }
            },
            Papers::areBefore,
            engine -> {
              processes.pass(Duration.ofSeconds(1));
              processes.work(engine);
              assertThat(engine.namespace(Papers.NAME).stats().building()).isEmpty();
            })
        .run(crash, 10);
  }

  /** Of garbage, of old versions, and of what a flush has left that did not come to its end. */
  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void theDeletionOfWhatNobodyNeeds(Fault.Kind crash) {
    crashing(
            this::storedWithHalfAFlush,
            engine -> engine.namespace(Papers.NAME).compact(),
            engine -> processes.pass(Duration.ofMinutes(11)),
            Papers::areBefore,
            Papers::areBefore)
        .run(crash, 12);
  }

  private MemoryStorage storedWithHalfAFlush() {
    MemoryStorage storage = stored();
    boolean flushed =
        processes.survives(
            storage,
            engine -> Papers.write(engine, Papers.upsert(5, "paper five")),
            FaultPlan.on(
                request ->
                    request.operation() == Operation.PUT
                        && request.name().endsWith("/manifest.json"),
                Fault.Kind.CRASH_BEFORE),
            engine -> engine.namespace(Papers.NAME).flush());
    assertThat(flushed).isFalse();
    return storage;
  }
}
