package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.Engine;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.model.BackupReport;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespaceVersion;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.RepairReport;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Versions that are kept, restored, branched from, backed up and repaired from. */
final class PastTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryStorage storage = new MemoryStorage(now::get);
  private final ManualTasks tasks = new ManualTasks();

  private Engine open(Map<String, String> settings) {
    return open(storage.attach(), settings);
  }

  private Engine open(Storage where, Map<String, String> settings) {
    return TestEngine.open(where, settings, new Seams(now::get, Seams.real().ids(), 1, tasks));
  }

  /** Lets a time pass in which background work that is due is done. */
  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    tasks.tick();
  }

  private static void write(Namespace namespace, long id, String title) {
    namespace.write(TestEngine.upsert(TestEngine.document(id, title)));
  }

  static Map<String, String> titles(Namespace namespace) {
    Map<String, String> titles = new TreeMap<>();
    for (Document document :
        namespace
            .scan(
                new ScanRequest(
                    Optional.empty(), Optional.empty(), 1000, Projection.ALL, Consistency.STRONG))
            .documents()) {
      titles.put(
          document.id().toString(),
          document.attributes().get("title") instanceof Value.Text text ? text.value() : "?");
    }
    return titles;
  }

  private List<String> objects(String prefix) {
    return storage.attach().list(prefix, "", 1000).stream().map(ObjectInfo::name).toList();
  }

  private static long newest(Engine engine, String namespace) {
    return engine.history(namespace).getLast().version();
  }

  private static void fails(ErrorKind kind, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(message);
  }

  @Test
  void everyFlushMakesAVersionAndTheLastOnesAreKept() {
    try (Engine engine = open(Map.of("history.versions", "3"))) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 6; i++) {
        write(namespace, i, "t " + i);
        namespace.flush();
      }
      List<NamespaceVersion> history = engine.history("ns");
      assertThat(history.stream().map(NamespaceVersion::documents)).containsExactly(3L, 4L, 5L, 6L);
      assertThat(history.getLast().segments()).isEqualTo(6);
      pass(Duration.ofMinutes(11));
      assertThat(objects("ns/history/"))
          .as("those before the reaper's own commit, and that")
          .hasSize(5);
    }
  }

  @Test
  void aRestoredVersionIsWhatItWasAndARestoreCanBeUndone() {
    try (Engine engine = open(Map.of());
        Engine other = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1, "one");
      write(namespace, 2, "two");
      namespace.flush();
      long good = newest(engine, "ns");
      Map<String, String> then = titles(namespace);
      namespace.write(TestEngine.delete(1));
      write(namespace, 2, "overwritten");
      write(namespace, 3, "three");
      namespace.compact();
      long bad = newest(engine, "ns");
      Map<String, String> afterwards = titles(other.namespace("ns"));
      write(namespace, 4, "never flushed");
      other.restore("ns", good);
      assertThat(titles(namespace)).isEqualTo(then);
      assertThat(titles(other.namespace("ns"))).isEqualTo(then);
      assertThat(engine.history("ns").getLast().restored()).contains(good);
      write(namespace, 5, "life goes on");
      assertThat(titles(other.namespace("ns"))).hasSize(3);
      engine.restore("ns", bad);
      assertThat(titles(namespace)).isEqualTo(afterwards);
      assertThat(engine.verify("ns", bytes -> {}).findings()).isEmpty();
    }
  }

  @Test
  void aTimeNamesTheVersionThatWasTheNewestThen() {
    try (Engine engine = open(Map.of("history.versions", "3"))) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      Instant first = engine.history("ns").getFirst().committedAt();
      for (int i = 0; i < 4; i++) {
        now.updateAndGet(instant -> instant.plusSeconds(60));
        write(namespace, i, "t " + i);
        namespace.flush();
      }
      List<NamespaceVersion> history = engine.history("ns");
      NamespaceVersion third = history.get(history.size() - 2);
      assertThat(third.committedAt()).isEqualTo(first.plusSeconds(180));
      assertThat(engine.versionAt("ns", third.committedAt())).isEqualTo(third);
      assertThat(engine.versionAt("ns", first.plusSeconds(239))).isEqualTo(third);
      assertThat(engine.versionAt("ns", Instant.MAX)).isEqualTo(history.getLast());
      fails(
          ErrorKind.NOT_FOUND,
          "the oldest one that is kept, "
              + history.getFirst().version()
              + ", is of "
              + history.getFirst().committedAt(),
          () -> engine.versionAt("ns", first));
      assertThat(engine.restore("ns", third.version())).isEqualTo(newest(engine, "ns"));
      assertThat(titles(namespace)).hasSize(3);
    }
  }

  @Test
  void theOldestVersionThatIsKeptCanBeRestored() {
    try (Engine engine = open(Map.of("history.versions", "2"))) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 5; i++) {
        write(namespace, i, "t " + i);
        namespace.flush();
      }
      NamespaceVersion oldest = engine.history("ns").getFirst();
      assertThat(oldest.documents()).isEqualTo(3);
      engine.restore("ns", oldest.version());
      assertThat(titles(namespace)).hasSize(3);
      assertThat(engine.history("ns")).hasSize(3);
      assertThat(engine.verify("ns", bytes -> {}).findings()).isEmpty();
    }
  }

  @Test
  void oneDamagedCopyDoesNotHideTheOtherVersions() {
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 3; i++) {
        write(namespace, i, "t " + i);
        namespace.flush();
      }
      List<NamespaceVersion> whole = engine.history("ns");
      NamespaceVersion lost = whole.get(whole.size() - 2);
      String copy = String.format(Locale.ROOT, "ns/history/%020d-", lost.version());
      damage(objects(copy).getFirst());
      assertThat(engine.history("ns"))
          .hasSize(whole.size() - 1)
          .doesNotContain(lost)
          .contains(whole.getFirst(), whole.getLast());
      fails(ErrorKind.CORRUPT, "history/", () -> engine.restore("ns", lost.version()));
      engine.restore("ns", whole.getLast().version());
      assertThat(titles(namespace)).hasSize(3);
    }
  }

  @Test
  void aVersionThatIsNotKeptIsRefusedNamingThoseThatAre() {
    try (Engine engine = open(Map.of("history.versions", "1"))) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 4; i++) {
        write(namespace, i, "t");
        namespace.flush();
      }
      long newest = newest(engine, "ns");
      fails(
          ErrorKind.NOT_FOUND,
          "has no version 1, expected one of [" + (newest - 1) + ", " + newest + "]",
          () -> engine.restore("ns", 1));
      fails(ErrorKind.NOT_FOUND, "does not exist", () -> engine.restore("other", 1));
      assertThat(titles(namespace)).hasSize(4);
    }
  }

  @Test
  void whatAKeptVersionUsesOutlivesTheGraceUntilTheVersionIsTooOld() {
    try (Engine engine = open(Map.of("history.versions", "50", "history.max_age", "2h"))) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 3; i++) {
        write(namespace, i, "t " + i);
        namespace.flush();
      }
      long apart = newest(engine, "ns");
      namespace.compact();
      pass(Duration.ofMinutes(11));
      assertThat(objects("ns/segments/")).hasSize(8);
      assertThat(objects("ns/wal/")).as("the last entry that is dead").hasSize(1);
      engine.restore("ns", apart);
      assertThat(titles(namespace)).hasSize(3);
      namespace.compact();
      pass(Duration.ofMinutes(11));
      pass(Duration.ofHours(3));
      pass(Duration.ofMinutes(11));
      assertThat(objects("ns/segments/")).hasSize(2);
      assertThat(engine.history("ns").size()).isLessThan(5);
      fails(ErrorKind.NOT_FOUND, "has no version", () -> engine.restore("ns", apart));
      assertThat(titles(namespace)).hasSize(3);
    }
  }

  @Test
  void aLostObjectRefusesTheVersionThatNeedsItAndAnotherVersionStillWorks() {
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1, "one");
      namespace.flush();
      long first = newest(engine, "ns");
      List<String> kept = objects("ns/segments/");
      write(namespace, 2, "two");
      namespace.flush();
      long second = newest(engine, "ns");
      List<String> lost = new ArrayList<>(objects("ns/segments/"));
      lost.removeAll(kept);
      storage.attach().delete(lost);
      try (Engine fresh = open(Map.of())) {
        fails(ErrorKind.CORRUPT, lost.getFirst(), () -> titles(fresh.namespace("ns")));
        fails(ErrorKind.CORRUPT, "missing", () -> fresh.restore("ns", second));
        fresh.restore("ns", first);
        assertThat(titles(fresh.namespace("ns"))).containsOnlyKeys("1");
      }
    }
  }

  @Test
  void aBranchBeginsAsItsSourceAndBothGoTheirOwnWay() {
    try (Engine engine = open(Map.of());
        Engine other = open(Map.of())) {
      Namespace source = engine.create("ns", TestEngine.schema());
      write(source, 1, "one");
      source.flush();
      long early = newest(engine, "ns");
      write(source, 2, "two");
      int before = objects("").size();
      Namespace branch = engine.branch("ns", "trial", Optional.empty());
      assertThat(titles(branch)).isEqualTo(titles(source)).hasSize(2);
      assertThat(objects("trial/segments/")).isEmpty();
      assertThat(objects("").size() - before).isLessThan(12);
      write(branch, 1, "changed in the branch");
      branch.write(TestEngine.delete(2));
      branch.flush();
      write(source, 3, "three");
      assertThat(titles(other.namespace("trial")))
          .containsExactly(Map.entry("1", "changed in the branch"));
      assertThat(titles(other.namespace("ns"))).hasSize(3).containsEntry("1", "one");
      Namespace old = other.branch("ns", "old", Optional.of(early));
      assertThat(titles(old)).containsExactly(Map.entry("1", "one"));
      Namespace twice = other.branch("trial", "trial-2", Optional.empty());
      assertThat(titles(twice)).isEqualTo(titles(branch));
      fails(
          ErrorKind.CONFLICT,
          "exists already",
          () -> engine.branch("ns", "trial", Optional.empty()));
      fails(
          ErrorKind.NOT_FOUND,
          "has no version 99",
          () -> engine.branch("ns", "x", Optional.of(99L)));
      for (String name : List.of("ns", "trial", "old", "trial-2")) {
        assertThat(engine.verify(name, bytes -> {}).findings()).isEmpty();
      }
    }
  }

  @Test
  void theOldestVersionThatIsListedCanBeBranchedFromAlsoByAnotherProcess() {
    Map<String, String> settings = Map.of("history.versions", "3");
    try (Engine engine = open(settings)) {
      Namespace source = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 6; i++) {
        write(source, i, "t " + i);
        source.flush();
      }
    }
    try (Engine other = open(settings)) {
      NamespaceVersion oldest =
          other.history("ns").stream()
              .min(Comparator.comparingLong(NamespaceVersion::version))
              .orElseThrow();
      assertThat(oldest.documents()).isBetween(1L, 5L);
      Namespace branch = other.branch("ns", "trial", Optional.of(oldest.version()));
      assertThat((long) titles(branch).size()).isEqualTo(oldest.documents());
    }
  }

  /** Found by the simulation, seed 1780. */
  @Test
  void aBranchThatIsNeverFinishedDoesNotKeepWhatTheLifeBeforeItLeft() {
    HookedStorage hooked = new HookedStorage(storage.attach());
    try (Engine engine = open(hooked, Map.of("reaper.grace", "10m"))) {
      write(engine.create("ns", TestEngine.schema()), 1, "one");
      write(engine.create("trial", TestEngine.schema()), 1, "dropped");
      engine.drop("trial");
      assertThat(objects("trial/wal/")).as("two fences and the write between them").hasSize(3);
      hooked.before(
          "put trial/manifest.json"::equals,
          () ->
              hooked.before(
                  "put ns/manifest.json"::equals,
                  () -> {
                    throw ElacsymException.unavailable("not now", new IllegalStateException());
                  }));
      fails(ErrorKind.UNAVAILABLE, "not now", () -> engine.branch("ns", "trial", Optional.empty()));
      assertThat(objects("trial/wal/")).hasSize(3);
      settle();
      assertThat(objects("trial/")).isEmpty();
    }
  }

  @Test
  void whatABranchUsesIsKeptUntilItHasWrittenItAnewOrIsDropped() {
    Map<String, String> settings = Map.of("history.versions", "1", "history.max_age", "10m");
    try (Engine engine = open(settings)) {
      Namespace source = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 3; i++) {
        write(source, i, "t " + i);
        source.flush();
      }
      Namespace branch = engine.branch("ns", "trial", Optional.empty());
      Namespace twice = engine.branch("trial", "trial-2", Optional.empty());
      source.compact();
      settle();
      assertThat(objects("ns/segments/")).as("three shared segments and a new one").hasSize(8);
      assertThat(titles(branch)).hasSize(3);
      fails(ErrorKind.CONFLICT, "[trial]", () -> engine.drop("ns"));
      fails(ErrorKind.CONFLICT, "[trial-2]", () -> engine.drop("trial"));
      branch.compact();
      fails(ErrorKind.CONFLICT, "[trial]", () -> engine.drop("ns"));
      settle();
      assertThat(objects("ns/segments/")).as("the branch of the branch needs them").hasSize(8);
      assertThat(titles(twice)).hasSize(3);
      engine.drop("trial-2");
      settle();
      assertThat(objects("ns/segments/")).hasSize(2);
      assertThat(titles(branch)).hasSize(3);
      assertThat(objects("trial/segments/")).hasSize(2);
      engine.drop("ns");
      assertThat(titles(branch)).hasSize(3);
      assertThat(engine.verify("trial", bytes -> {}).findings()).isEmpty();
    }
  }

  /** Long enough for garbage to pass from a branch to its source and on. */
  private void settle() {
    for (int i = 0; i < 6; i++) {
      pass(Duration.ofMinutes(11));
    }
  }

  @Test
  void aBackupIsANamespaceAndALaterOneCopiesWhatIsNew() {
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 3; i++) {
        write(namespace, i, "t " + i);
        namespace.flush();
      }
      write(namespace, 10, "not flushed");
      engine.branch("ns", "trial", Optional.empty()).write(TestEngine.delete(0));
      EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
      BackupReport first = engine.backup("ns", here, "copy", bytes -> {});
      assertThat(first.copied()).isGreaterThan(6);
      assertThat(first.kept()).isZero();
      assertThat(engine.backup("trial", here, "trial-copy", bytes -> {}).copied()).isPositive();
      write(namespace, 11, "later");
      namespace.flush();
      namespace.compact();
      Map<String, String> now = titles(namespace);
      BackupReport second = engine.backup("ns", here, "copy", bytes -> {});
      assertThat(second.version()).isGreaterThan(first.version());
      BackupReport third = engine.backup("ns", here, "copy", bytes -> {});
      assertThat(third.copied()).isZero();
      assertThat(third.kept()).isEqualTo(second.copied() + second.kept());
      assertThat(objects("copy/history/")).as("nobody can want an earlier copy back").isEmpty();
      write(namespace, 12, "not in the copy");
      try (Engine fresh = open(Map.of())) {
        assertThat(titles(fresh.namespace("copy"))).isEqualTo(now);
        assertThat(fresh.verify("copy", bytes -> {}).findings()).isEmpty();
        assertThat(titles(fresh.namespace("trial-copy"))).hasSize(3).doesNotContainKey("0");
        write(fresh.namespace("copy"), 13, "the copy lives");
        assertThat(titles(fresh.namespace("copy"))).hasSize(now.size() + 1);
      }
      fails(
          ErrorKind.CONFLICT,
          "no untouched backup",
          () -> engine.backup("ns", here, "copy", bytes -> {}));
      fails(
          ErrorKind.CONFLICT,
          "no untouched backup",
          () -> engine.backup("ns", here, "trial", bytes -> {}));
      assertThat(titles(namespace)).hasSize(now.size() + 1);
    }
  }

  @Test
  void aBackupTakesThePlaceOfOneThatWasJustDropped() {
    EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1, "one");
      namespace.flush();
      engine.backup("ns", here, "copy", bytes -> {});
      engine.drop("copy");
      engine.backup("ns", here, "copy", bytes -> {});
      assertThat(titles(engine.namespace("copy"))).hasSize(1);
      assertThat(engine.verify("copy", bytes -> {}).damaged()).isFalse();
    }
  }

  @Test
  void aCopyIsRenewedWhileAnObjectIsOnItsWay() {
    HookedStorage hooked = new HookedStorage(storage.attach());
    EngineSettings here =
        EngineSettings.of(Map.of("storage.backend", "given", "reaper.grace", "1s"));
    CountDownLatch renewed = new CountDownLatch(1);
    hooked.before(
        call -> call.startsWith("put copy/segments/"),
        () -> {
          now.updateAndGet(time -> time.plusSeconds(1));
          hooked.before(call -> call.equals("put copy/manifest.json"), renewed::countDown);
          try {
            assertThat(renewed.await(1, TimeUnit.MINUTES)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    try (Engine engine = open(hooked, Map.of("reaper.grace", "1s"))) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1, "one");
      namespace.flush();
      engine.backup("ns", here, "copy", bytes -> {});
      assertThat(renewed.getCount()).isZero();
    }
  }

  @Test
  void aBackupThatIsGoneOnWithIsRenewedAtOnce() {
    HookedStorage hooked = new HookedStorage(storage.attach());
    EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
    try (Engine engine = open(hooked, Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1, "one");
      namespace.flush();
      hooked.before(
          call -> call.startsWith("put copy/segments/"),
          () -> {
            throw new ElacsymException(ErrorKind.UNAVAILABLE, "the network is down");
          });
      fails(
          ErrorKind.UNAVAILABLE,
          "the network is down",
          () -> engine.backup("ns", here, "copy", bytes -> {}));
      List<String> puts = new CopyOnWriteArrayList<>();
      hooked.before(
          call -> {
            if (call.startsWith("put copy/")) {
              puts.add(call);
            }
            return false;
          },
          () -> {});
      engine.backup("ns", here, "copy", bytes -> {});
      assertThat(puts.getFirst()).isEqualTo("put copy/manifest.json");
    }
  }

  @Test
  void aCopyOfACopyIsNoDifferentFromTheFirstHoweverManyThereAre() {
    EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
    try (Engine engine = open(Map.of())) {
      Namespace first = engine.create("copy-00", TestEngine.schema());
      write(first, 1, "one");
      first.flush();
      write(first, 2, "two");
      for (int copy = 1; copy <= 20; copy++) {
        String source = "copy-%02d".formatted(copy - 1);
        String name = "copy-%02d".formatted(copy);
        engine.backup(source, here, name, bytes -> {});
        assertThat(engine.backup(source, here, name, bytes -> {}).copied()).isZero();
      }
      Namespace last = engine.namespace("copy-20");
      write(last, 3, "three");
      last.flush();
      assertThat(titles(last)).hasSize(3);
      assertThat(longest("copy-20/")).isEqualTo(longest("copy-00/"));
      assertThat(objects("copy-20/"))
          .allMatch(name -> ObjectNames.isOfNamespace(name.substring("copy-20/".length())));
      assertThat(engine.verify("copy-20", bytes -> {}).findings()).isEmpty();
    }
  }

  private int longest(String folder) {
    return objects(folder + "wal/").stream().mapToInt(String::length).max().orElseThrow();
  }

  /** The version of the branch is that of its source which it began as, by chance. */
  @Test
  void aBranchIsNeverTakenForABackup() {
    EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1, "one");
      assertThat(newest(engine, "ns")).isEqualTo(2);
      engine.branch("ns", "trial", Optional.of(2L));
      assertThat(newest(engine, "trial")).isEqualTo(2);
      fails(
          ErrorKind.CONFLICT,
          "no untouched backup",
          () -> engine.backup("ns", here, "trial", bytes -> {}));
    }
  }

  /** A manifest of an earlier build names objects that this one would take for nobody's. */
  @Test
  void aStoreOfAnEarlierFormatIsRefusedAndNothingOfItIsDeletedOrRepaired() {
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1, "one");
      namespace.flush();
      write(namespace, 2, "two");
    }
    byte[] manifest = storage.attach().get("ns/manifest.json", ByteRange.ALL).orElseThrow().bytes();
    storage
        .attach()
        .put("ns/manifest.json", Payload.of(OtherFormat.of(manifest, 1)), PutMode.OVERWRITE);
    List<String> before = objects("ns/");
    try (Engine engine = open(Map.of("reaper.grace", "1m"))) {
      fails(ErrorKind.CORRUPT, "earlier build", () -> engine.namespace("ns"));
      fails(ErrorKind.CORRUPT, "earlier build", () -> engine.repair("ns", false, bytes -> {}));
      fails(ErrorKind.CORRUPT, "earlier build", () -> engine.create("ns", TestEngine.schema()));
      assertThat(engine.verify("ns", bytes -> {}).damaged()).isTrue();
      assertThat(engine.list("", "", 10).names()).containsExactly("ns");
      for (int hour = 0; hour < 30; hour++) {
        pass(Duration.ofHours(1));
      }
    }
    assertThat(objects("ns/")).isEqualTo(before);
  }

  private void damage(String name) {
    MemoryStorage raw = storage.attach();
    byte[] bytes = raw.get(name, ByteRange.ALL).orElseThrow().bytes();
    bytes[bytes.length / 2] ^= 0x10;
    raw.put(name, Payload.of(bytes), PutMode.OVERWRITE);
  }

  @Test
  void aDamagedOrLostManifestIsRepairedWithoutLosingAnAcknowledgedWrite() {
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 3; i++) {
        write(namespace, i, "t " + i);
        namespace.flush();
      }
      write(namespace, 10, "not flushed");
    }
    damage("ns/manifest.json");
    try (Engine engine = open(Map.of())) {
      fails(ErrorKind.CORRUPT, "elacsym repair", () -> engine.namespace("ns"));
      RepairReport report = engine.repair("ns", false, bytes -> {});
      assertThat(report.manifestOf()).isPresent();
      assertThat(titles(engine.namespace("ns"))).hasSize(4);
      write(engine.namespace("ns"), 11, "after");
    }
    storage.attach().delete(List.of("ns/manifest.json"));
    try (Engine engine = open(Map.of())) {
      assertThat(engine.repair("ns", false, bytes -> {}).manifestOf()).isPresent();
      Namespace namespace = engine.namespace("ns");
      assertThat(titles(namespace)).hasSize(5);
      namespace.compact();
      assertThat(engine.repair("ns", false, bytes -> {}).manifestOf()).isEmpty();
      assertThat(engine.verify("ns", bytes -> {}).findings()).isEmpty();
      fails(ErrorKind.NOT_FOUND, "no copy", () -> engine.repair("none", false, bytes -> {}));
    }
  }

  /** What is damaged on the way is whole where it is stored, and must not be replaced. */
  @Test
  void aManifestThatIsWholeIsLeftAloneAlsoIfOneReadingOfItIsNot() {
    FaultyStorage faulty = new FaultyStorage(storage.attach(), FaultPlan.none());
    try (Engine engine = open(faulty, Map.of())) {
      write(engine.create("ns", TestEngine.schema()), 1, "one");
      Optional<ObjectInfo> before = storage.attach().head("ns/manifest.json");
      faulty.follow(
          FaultPlan.first(
              1, request -> request.name().equals("ns/manifest.json"), Fault.Kind.FLIPPED));
      assertThat(engine.repair("ns", false, bytes -> {}).manifestOf()).isEmpty();
      assertThat(storage.attach().head("ns/manifest.json")).isEqualTo(before);
    }
  }

  @Test
  void aLostSegmentCanBeGivenUpSoThatTheRestIsServedAgain() {
    List<String> first;
    try (Engine engine = open(Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      write(namespace, 1, "one");
      write(namespace, 2, "two");
      namespace.flush();
      first = objects("ns/segments/");
      write(namespace, 3, "three");
      namespace.flush();
      write(namespace, 4, "four");
    }
    String data = first.stream().filter(name -> !name.endsWith("envelope")).findFirst().get();
    storage.attach().delete(List.of(data));
    try (Engine engine = open(Map.of())) {
      assertThat(engine.repair("ns", false, bytes -> {}).forgotten()).isEmpty();
      fails(ErrorKind.CORRUPT, data, () -> titles(engine.namespace("ns")));
      RepairReport report = engine.repair("ns", true, bytes -> {});
      assertThat(report.forgotten()).containsExactly(data);
      assertThat(report.lostRows()).isEqualTo(2);
      assertThat(titles(engine.namespace("ns"))).containsOnlyKeys("3", "4");
      assertThat(engine.verify("ns", bytes -> {}).findings()).isEmpty();
    }
  }

  @Test
  void garbageIsDeletedByAReaderWhenNoWriterIsLeft() {
    try (Engine engine = open(Map.of("history.max_age", "10m"))) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 3; i++) {
        write(namespace, i, "t " + i);
        namespace.flush();
      }
      namespace.compact();
    }
    try (Engine reader = open(Map.of("history.max_age", "10m"))) {
      Namespace namespace = reader.namespace("ns");
      long epoch = namespace.stats().epoch();
      pass(Duration.ofMinutes(11));
      assertThat(namespace.stats().epoch()).isEqualTo(epoch);
      assertThat(objects("ns/wal/")).isNotEmpty();
      pass(Duration.ofMinutes(60));
      pass(Duration.ofMinutes(11));
      assertThat(objects("ns/wal/").size()).isLessThanOrEqualTo(2);
      assertThat(objects("ns/segments/")).hasSize(2);
      assertThat(titles(namespace)).hasSize(3);
    }
  }
}
