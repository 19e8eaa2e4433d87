package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Finding;
import io.elacsym.engine.model.Finding.Severity;
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
import org.junit.jupiter.api.Test;

/**
 * What {@code verify} says of a WAL from which somebody has deleted entries: damage where that is
 * proven, a doubt where it is not, and nothing where there is no trace.
 */
final class CutWalTest {
  private static final String START = "the last entry that was flushed is missing";
  private static final Map<String, Attribute> MORE =
      Map.of("pages", Attribute.of(AttributeType.INT));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryStorage storage = new MemoryStorage(now::get);
  private final ManualTasks tasks = new ManualTasks();

  private Engine open() {
    return TestEngine.open(
        storage.attach(), Map.of(), new Seams(now::get, Seams.real().ids(), 1, tasks));
  }

  private static void write(Namespace namespace, long... ids) {
    for (long id : ids) {
      namespace.write(TestEngine.upsert(TestEngine.document(id, "t")));
    }
  }

  private List<String> wal(String namespace) {
    return storage.attach().list(namespace + "/wal/", "", 1000).stream()
        .map(ObjectInfo::name)
        .toList();
  }

  /** Deletes the entries of the WAL behind the first few. */
  private void cut(String namespace, int rest) {
    List<String> entries = wal(namespace);
    storage.attach().delete(entries.subList(rest, entries.size()));
  }

  private static List<Finding> findings(Engine engine, String namespace) {
    return engine.verify(namespace, bytes -> {}).findings();
  }

  private static void hasDamage(Engine engine, String namespace, String... messages) {
    List<Finding> found = findings(engine, namespace);
    assertThat(found).extracting(Finding::severity).containsOnly(Severity.DAMAGE);
    assertThat(found).hasSameSizeAs(messages);
    for (int i = 0; i < messages.length; i++) {
      assertThat(found.get(i).message()).contains(messages[i]);
      assertThat(found.get(i).object()).startsWith(namespace + "/wal/0000");
    }
  }

  /** Entries 1 (the fence) and 2 are flushed, 3 and 4 are not. */
  private void flushedAndMore() {
    try (Engine engine = open()) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1);
      namespace.flush();
      write(namespace, 2, 3);
    }
  }

  @Test
  void aWalThatWasDeletedAsAWholeIsDamageAlsoOnceTheServerHasWrittenAgain() {
    flushedAndMore();
    cut("ns", 0);
    try (Engine engine = open()) {
      hasDamage(engine, "ns", START);
      assertThat(engine.namespace("ns").stats().documents()).isEqualTo(1);
      assertThat(engine.counters().skippedWalEntries()).as("what there is to alert on").isOne();
      write(engine.namespace("ns"), 4);
      hasDamage(engine, "ns", START);
    }
  }

  @Test
  void theEndThatACommitHasSeenIsMissedAndItsNumbersAreNotUsedAgain() {
    flushedAndMore();
    try (Engine engine = open()) {
      engine.namespace("ns").addAttributes(MORE);
      assertThat(wal("ns")).as("with the fence of this process").hasSize(5);
      engine.namespace("ns").addAttributes(Map.of("more", Attribute.of(AttributeType.INT)));
    }
    cut("ns", 2);
    try (Engine engine = open()) {
      hasDamage(engine, "ns", "entries 3 to 5 are missing; the writes in them are lost, and so is");
      write(engine.namespace("ns"), 4);
      assertThat(engine.counters().skippedWalEntries()).isEqualTo(3);
      assertThat(wal("ns").get(2)).contains("0000000000000000006-");
      hasDamage(engine, "ns", "entries 3 to 5 are missing; the writes in them are lost");
      assertThat(engine.namespace("ns").stats().documents()).isEqualTo(2);
    }
  }

  @Test
  void aWalThatBeginsTooLateIsDamage() {
    flushedAndMore();
    storage.attach().delete(wal("ns").subList(0, 3));
    try (Engine engine = open()) {
      hasDamage(engine, "ns", START, "entries 3 to 3 are missing; the writes in them are lost");
    }
  }

  @Test
  void whatBranchesAndBackupsHaveWrittenIsMissedThere() {
    flushedAndMore();
    EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
    try (Engine engine = open()) {
      engine.branch("ns", "branch", Optional.empty());
      engine.backup("ns", here, "copy", bytes -> {});
      assertThat(findings(engine, "branch")).isEmpty();
      assertThat(findings(engine, "copy")).isEmpty();
      write(engine.namespace("branch"), 5);
      engine.namespace("branch").flush();
      engine.namespace("ns").addAttributes(MORE);
      write(engine.namespace("ns"), 6, 7);
      engine.backup("ns", here, "second", bytes -> {});
    }
    cut("branch", 0);
    cut("copy", 0);
    cut("second", 1);
    try (Engine engine = open()) {
      hasDamage(engine, "branch", START);
      hasDamage(engine, "copy", START);
      hasDamage(engine, "second", "are missing; the writes in them are lost");
      assertThat(findings(engine, "ns")).isEmpty();
    }
  }

  /** Its numbers go on from those of the life before, whose last entry is none of its own. */
  @Test
  void aLifeThatTookThePlaceOfAnotherHasAWalOfItsOwn() {
    flushedAndMore();
    try (Engine engine = open()) {
      engine.drop("ns");
      write(engine.create("ns", TestEngine.schema()), 1, 2);
      assertThat(worse(engine)).isEmpty();
      engine.namespace("ns").addAttributes(MORE);
      assertThat(worse(engine)).isEmpty();
    }
    try (Engine engine = open()) {
      assertThat(engine.namespace("ns").stats().documents()).isEqualTo(2);
      engine.namespace("ns").addAttributes(Map.of("more", Attribute.of(AttributeType.INT)));
      assertThat(engine.counters().skippedWalEntries()).isZero();
      assertThat(worse(engine)).isEmpty();
      cut("ns", 0);
      hasDamage(engine, "ns", "the writes in them are lost");
    }
  }

  /** But for what the life before has left for its grace. */
  private static List<Finding> worse(Engine engine) {
    return findings(engine, "ns").stream()
        .filter(finding -> finding.severity() != Severity.NOTICE)
        .toList();
  }

  @Test
  void whereNothingProvesMoreThanATakeoverItIsADoubtUntilTheNextWrite() {
    try (Engine engine = open()) {
      write(engine.create("ns", TestEngine.schema()), 1, 2);
    }
    cut("ns", 0);
    isDoubtful();
  }

  @Test
  void aProcessThatEndedAsItTookOverLooksTheSame() {
    try (Engine engine = open()) {
      engine.create("ns", TestEngine.schema());
    }
    FaultyStorage dying =
        new FaultyStorage(
            storage.attach(),
            FaultPlan.on(
                request -> request.name().startsWith("ns/wal/0"), Fault.Kind.CRASH_BEFORE));
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, tasks);
    try (Engine engine = TestEngine.open(dying, Map.of(), seams)) {
      assertThat(History.attempt(() -> write(engine.namespace("ns"), 1))).isFalse();
    }
    isDoubtful();
  }

  private void isDoubtful() {
    try (Engine engine = open()) {
      List<Finding> found = findings(engine, "ns");
      assertThat(found).extracting(Finding::severity).containsExactly(Severity.DOUBT);
      assertThat(found.getFirst().message()).contains("nobody can say which");
      write(engine.namespace("ns"), 9);
      assertThat(findings(engine, "ns")).isEmpty();
    }
  }

  /** This is what cannot be known. */
  @Test
  void theEndThatNoCommitHasSeenLeavesNoTrace() {
    flushedAndMore();
    cut("ns", 3);
    try (Engine engine = open()) {
      assertThat(findings(engine, "ns")).isEmpty();
    }
  }

  @Test
  void aWalThatIsDeletedAfterAStopThatFlushedEverythingHadNothing() {
    flushedAndMore();
    try (Engine engine = TestEngine.open(storage.attach())) {
      write(engine.namespace("ns"), 4);
      assertThat(engine.flushAll(Duration.ofMinutes(1))).isEmpty();
    }
    cut("ns", 0);
    try (Engine engine = open()) {
      assertThat(findings(engine, "ns"))
          .extracting(Finding::severity)
          .containsOnly(Severity.NOTICE);
      write(engine.namespace("ns"), 5);
      assertThat(engine.namespace("ns").stats().documents()).isEqualTo(5);
    }
    // The first write took over, after which the farewell counts no more: it is lost with the WAL.
    cut("ns", 0);
    try (Engine engine = open()) {
      assertThat(findings(engine, "ns")).extracting(Finding::severity).contains(Severity.DAMAGE);
    }
  }

  @Test
  void whoeverWritesAfterTheLastFlushTakesOverFirst() {
    flushedAndMore();
    try (Engine engine = TestEngine.open(storage.attach())) {
      Namespace namespace = engine.namespace("ns");
      write(namespace, 4);
      assertThat(engine.flushAll(Duration.ofMinutes(1))).isEmpty();
      write(namespace, 5);
    }
    cut("ns", 0);
    try (Engine engine = open()) {
      assertThat(findings(engine, "ns")).extracting(Finding::severity).contains(Severity.DAMAGE);
    }
  }

  @Test
  void aManifestThatIsOlderThanWalAndHistoryIsDamage() {
    flushedAndMore();
    byte[] older = storage.attach().get("ns/manifest.json", ByteRange.ALL).orElseThrow().bytes();
    try (Engine engine = open()) {
      write(engine.namespace("ns"), 4);
      engine.namespace("ns").addAttributes(MORE);
    }
    storage.attach().put("ns/manifest.json", Payload.of(older), PutMode.OVERWRITE);
    try (Engine engine = open()) {
      List<Finding> found = findings(engine, "ns");
      assertThat(found).extracting(Finding::severity).containsOnly(Severity.DAMAGE);
      assertThat(found)
          .extracting(Finding::message)
          .anyMatch(message -> message.contains("an older manifest in the place of a newer one"))
          .anyMatch(message -> message.contains("somebody has put an older one in its place"));
    }
  }

  @Test
  void aServerThatFlushesWhileItIsVerifiedDeletesNothingThatIsMissed() {
    flushedAndMore();
    HookedStorage hooked = new HookedStorage(storage.attach());
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, new ManualTasks());
    try (Engine server = open();
        Engine verifying = TestEngine.open(hooked, Map.of(), seams)) {
      hooked.before(
          call -> call.startsWith("list ns/wal/"),
          () -> {
            write(server.namespace("ns"), 4);
            server.namespace("ns").flush();
            now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
            tasks.tick();
            assertThat(wal("ns")).hasSize(1);
          });
      assertThat(findings(verifying, "ns")).isEmpty();
    }
  }
}
