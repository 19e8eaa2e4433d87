package io.elacsym.engine.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes, one of which sleeps, or acts, at the worst moment. */
final class InterleavingTest {
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryStorage storage = new MemoryStorage(now::get);
  private final List<ManualTasks> tasks = new CopyOnWriteArrayList<>();
  private final HookedStorage hooked = new HookedStorage(storage.attach());

  private Engine open(Storage at) {
    ManualTasks own = new ManualTasks();
    tasks.add(own);
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, own);
    return TestEngine.open(at, Map.of("reaper.grace", "10m", "history.max_age", "10m"), seams);
  }

  private void afterTheGrace() {
    now.updateAndGet(time -> time.plus(GRACE).plusSeconds(2));
    tasks.forEach(ManualTasks::tick);
  }

  private List<String> objects(String part) {
    return storage.attach().list("ns/", "", 1000).stream()
        .map(ObjectInfo::name)
        .filter(name -> name.contains(part))
        .toList();
  }

  private static CompletableFuture<Void> write(Namespace namespace, long id) {
    return CompletableFuture.runAsync(
        () -> namespace.write(TestEngine.upsert(TestEngine.document(id, "t " + id))),
        task -> Thread.ofVirtual().start(task));
  }

  private static boolean has(Namespace namespace, long id) {
    return namespace.get(DocId.of(id), Projection.ALL).isPresent();
  }

  private static CompletableFuture<Boolean> read(Namespace namespace, long id) {
    return CompletableFuture.supplyAsync(
        () -> has(namespace, id), task -> Thread.ofVirtual().start(task));
  }

  /** Another process writes, flushes, and deletes the WAL after its grace. */
  private void overtake(Namespace other) {
    other.write(TestEngine.upsert(TestEngine.document(100, "by the other")));
    other.write(TestEngine.upsert(TestEngine.document(101, "by the other")));
    other.flush();
    afterTheGrace();
    assertEquals(1, objects("/wal/").size(), "the last entry that is dead stays");
  }

  private static void assertInDoubt(CompletableFuture<Void> write) throws InterruptedException {
    try {
      write.get();
      throw new AssertionError("a write that nobody can read was acknowledged");
    } catch (ExecutionException e) {
      assertTrue(e.getCause() instanceof ElacsymException, e.toString());
      assertEquals(ErrorKind.UNAVAILABLE, ((ElacsymException) e.getCause()).kind());
    }
  }

  @Test
  void aPutThatLandsAfterItsNumberWasFlushedAndDeletedIsNotAcknowledged() throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace sleeper = one.create("ns", TestEngine.schema());
      sleeper.write(TestEngine.upsert(TestEngine.document(1, "t")));
      HookedStorage.Stall stall = hooked.stall(call -> call.startsWith("put ns/wal/"));
      CompletableFuture<Void> late = write(sleeper, 2);
      stall.awaitReached();
      Namespace other = two.namespace("ns");
      overtake(other);
      stall.end();
      assertInDoubt(late);
      assertFalse(has(sleeper, 2));
      assertFalse(has(other, 2));
      sleeper.write(TestEngine.upsert(TestEngine.document(3, "t")));
      assertTrue(has(other, 1) && has(other, 3) && has(other, 100));
      assertFalse(two.verify("ns", bytes -> {}).damaged());
    }
  }

  /**
   * What was read once is not gone for a later read elsewhere, although nobody has acknowledged it.
   */
  @Test
  void theWriterDoesNotMissWhatOthersHaveReadOfAnEntryThatItIsStillStoring() throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace writer = one.create("ns", TestEngine.schema());
      writer.write(TestEngine.upsert(TestEngine.document(1, "t")));
      Namespace other = two.namespace("ns");
      HookedStorage.Stall unanswered =
          hooked.stall(call -> call.startsWith("answer to put ns/wal/"));
      CompletableFuture<Void> write = write(writer, 2);
      unanswered.awaitReached();
      assertTrue(has(other, 2));
      CompletableFuture<Boolean> read = read(writer, 2);
      CompletableFuture<Boolean> another = read(writer, 1);
      assertFalse(read.isDone() || another.isDone());
      unanswered.end();
      assertTrue(read.get() && another.get());
      write.get();
    }
  }

  /** A read waits for no write of which nobody can have seen anything. */
  @Test
  void theWriterReadsOnWhileAnEntryIsOnItsWay() throws Exception {
    try (Engine one = open(hooked)) {
      Namespace writer = one.create("ns", TestEngine.schema());
      writer.write(TestEngine.upsert(TestEngine.document(1, "t")));
      HookedStorage.Stall unsent = hooked.stall(call -> call.startsWith("put ns/wal/"));
      CompletableFuture<Void> write = write(writer, 2);
      unsent.awaitReached();
      assertTrue(has(writer, 1));
      assertFalse(has(writer, 2));
      unsent.end();
      write.get();
      assertTrue(has(writer, 2));
    }
  }

  @Test
  void aFenceThatLandsAfterItsNumberWasFlushedAndDeletedMakesNoWriter() throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace sleeper = one.create("ns", TestEngine.schema());
      HookedStorage.Stall stall = hooked.stall(call -> call.startsWith("put ns/wal/"));
      CompletableFuture<Void> late = write(sleeper, 2);
      stall.awaitReached();
      Namespace other = two.namespace("ns");
      overtake(other);
      stall.end();
      assertInDoubt(late);
      assertFalse(has(other, 2));
      sleeper.write(TestEngine.upsert(TestEngine.document(3, "t")));
      assertTrue(has(other, 3) && has(other, 100));
    }
  }

  @Test
  void anEntryBehindAFenceIsDeadAndTheWriteIsDoneAgainBehindIt() throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace sleeper = one.create("ns", TestEngine.schema());
      sleeper.write(TestEngine.upsert(TestEngine.document(1, "t")));
      HookedStorage.Stall stall = hooked.stall(call -> call.startsWith("put ns/wal/"));
      CompletableFuture<Void> late = write(sleeper, 2);
      stall.awaitReached();
      Namespace other = two.namespace("ns");
      other.write(TestEngine.upsert(TestEngine.document(100, "t")));
      stall.end();
      late.get();
      assertTrue(has(other, 1) && has(other, 2) && has(other, 100));
      assertTrue(has(sleeper, 1) && has(sleeper, 2) && has(sleeper, 100));
    }
  }

  @Test
  void aReaderThatSleptDoesNotTakeADeletedEntryForOneThatNeverWas() throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace reader = one.create("ns", TestEngine.schema());
      Namespace other = two.namespace("ns");
      other.write(TestEngine.upsert(TestEngine.document(1, "t")));
      assertTrue(has(reader, 1));
      other.write(TestEngine.upsert(TestEngine.document(2, "acknowledged before the read began")));
      HookedStorage.Stall stall = hooked.stall(call -> call.startsWith("get ns/wal/"));
      CompletableFuture<Boolean> read = read(reader, 2);
      stall.awaitReached();
      overtake(other);
      stall.end();
      assertTrue(read.get());
    }
  }

  /** Entries behind a restore go on from what was restored. Found by the simulation, seed 73. */
  @Test
  void aReaderDoesNotPutWhatWasWrittenAfterARestoreOnTopOfWhatWasThereBefore() throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace reader = one.create("ns", TestEngine.schema());
      Namespace other = two.namespace("ns");
      other.write(TestEngine.upsert(TestEngine.document(1, "one")));
      other.flush();
      long early = two.history("ns").getLast().version();
      other.write(TestEngine.upsert(TestEngine.document(2, "two")));
      other.flush();
      assertTrue(has(reader, 2));
      HookedStorage.Stall stall = hooked.stall(call -> call.startsWith("get ns/wal/"));
      CompletableFuture<Map<String, String>> read =
          CompletableFuture.supplyAsync(
              () -> PastTest.titles(reader), task -> Thread.ofVirtual().start(task));
      stall.awaitReached();
      two.restore("ns", early);
      other.write(TestEngine.upsert(TestEngine.document(3, "three")));
      stall.end();
      Map<String, String> restored = Map.of("1", "one", "3", "three");
      assertEquals(restored, PastTest.titles(other));
      assertEquals(restored, read.get());
      assertEquals(restored, PastTest.titles(reader));
    }
  }

  @Test
  void aReaderAsksForAManifestThatHasChangedOnce() {
    AtomicInteger asked = new AtomicInteger();
    FaultyStorage counting = new FaultyStorage(storage.attach(), FaultPlan.none());
    try (Engine one = open(storage.attach());
        Engine two = open(counting)) {
      Namespace writer = one.create("ns", TestEngine.schema());
      Namespace reader = two.namespace("ns");
      writer.write(TestEngine.upsert(TestEngine.document(1, "t")));
      writer.flush();
      counting.follow(request -> {
        if (request.name().equals("ns/manifest.json")) {
          asked.incrementAndGet();
        }
        return Fault.none();
      });
      assertTrue(has(reader, 1));
      assertEquals(1, asked.get());
    }
  }

  @Test
  void ofReadersThatWaitForALookAtTheWalOneLooksForAll() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger looks = new AtomicInteger();
    CompletableFuture<Void> began = new CompletableFuture<>();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    FaultyStorage slow = new FaultyStorage(storage.attach(), FaultPlan.none());
    try (Engine one = open(storage.attach());
        Engine two = open(slow)) {
      Namespace writer = one.create("ns", TestEngine.schema());
      Namespace reader = two.namespace("ns");
      writer.write(TestEngine.upsert(TestEngine.document(1, "t")));
      assertTrue(has(reader, 1));
      slow.follow(request -> {
        if (request.name().equals("ns/manifest.json")) {
          asked.incrementAndGet();
        } else if (looks.incrementAndGet() == 1) {
          began.complete(null);
          goOn.join();
        }
        return Fault.none();
      });
      List<CompletableFuture<Boolean>> reads = new ArrayList<>();
      reads.add(read(reader, 1));
      began.join();
      writer.write(TestEngine.upsert(TestEngine.document(2, "t")));
      for (int i = 0; i < 20; i++) {
        reads.add(read(reader, 2));
      }
      while (asked.get() < reads.size()) {
        Thread.onSpinWait();
      }
      goOn.complete(null);
      for (CompletableFuture<Boolean> read : reads) {
        assertTrue(read.get());
      }
      // The first finds the second entry, lists and reads; then one finds nothing new for all.
      assertEquals(4, looks.get());
    }
  }

  @Test
  void aLostWalEntryDoesNotTakeTheAcknowledgedOnesBehindItAlong() {
    try (Engine one = open(storage);
        Engine two = open(storage.attach())) {
      Namespace writer = one.create("ns", TestEngine.schema());
      writer.write(TestEngine.upsert(TestEngine.document(1, "t")));
      Namespace other = two.namespace("ns");
      assertTrue(has(other, 1));
      for (int id = 2; id <= 5; id++) {
        writer.write(TestEngine.upsert(TestEngine.document(id, "t")));
      }
      // Entry 1 is the fence, entry 2 holds document 1; entry 3, with document 2, is lost.
      storage.attach().delete(List.of(objects("/wal/").get(2)));
      other.write(TestEngine.upsert(TestEngine.document(6, "t")));
      for (Namespace side : List.of(other, writer)) {
        for (int id : new int[] {1, 3, 4, 5, 6}) {
          assertTrue(has(side, id), "document " + id);
        }
      }
      assertTrue(two.counters().skippedWalEntries() > 0, "the loss is counted");
      assertTrue(two.verify("ns", bytes -> {}).damaged());
    }
  }

  @Test
  void whatDropLeavesToDeleteIsNotTheNextLifeOfTheName() {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace first = one.create("ns", TestEngine.schema());
      first.write(TestEngine.upsert(TestEngine.document(1, "old")));
      first.flush();
      boolean[] dropped = new boolean[1];
      hooked.before(
          call -> {
            dropped[0] |= call.equals("put ns/manifest.json");
            return dropped[0] && call.equals("list ns/");
          },
          () -> {
            Namespace reborn = two.create("ns", TestEngine.schema());
            reborn.write(TestEngine.upsert(TestEngine.document(2, "new")));
            reborn.flush();
            reborn.write(TestEngine.upsert(TestEngine.document(3, "new")));
          });
      one.drop("ns");
      assertTrue(objects("/segments/").size() >= 2, "the new life has a segment");
      try (Engine fresh = open(storage.attach())) {
        Namespace namespace = fresh.namespace("ns");
        assertEquals(2, namespace.stats().documents());
        assertTrue(has(namespace, 2) && has(namespace, 3));
        assertFalse(fresh.verify("ns", bytes -> {}).damaged());
      }
    }
  }

  @Test
  void aWriteToALifeThatEndsJustThenIsNotMadeAgainInTheNextOne() {
    try (Engine one = open(hooked)) {
      Namespace namespace = one.create("ns", TestEngine.schema());
      tasks
          .getLast()
          .afterCommits(() -> {
            tasks.getLast().afterCommits(() -> {});
            one.drop("ns");
            one.create("ns", TestEngine.schema());
          });
      assertEquals(
          1, namespace.write(TestEngine.upsert(TestEngine.document(1, "t"))).upserted().count());
      assertEquals(0, namespace.stats().documents());
    }
  }

  @Test
  void whatIsDroppedAsSoonAsItIsCreatedWasCreated() {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      hooked.before(call -> call.startsWith("put ns/history/"), () -> two.drop("ns"));
      Namespace namespace = one.create("ns", TestEngine.schema());
      assertEquals("ns", namespace.name());
      ElacsymException e = assertThrows(ElacsymException.class, namespace::stats);
      assertEquals(ErrorKind.NOT_FOUND, e.kind());
    }
  }

  @Test
  void aDropThatDiedHalfwayIsFinishedByTheNextOne() {
    try (Engine one = open(hooked)) {
      Namespace namespace = one.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "t")));
      namespace.flush();
      hooked.before(
          call -> call.startsWith("delete [ns/"),
          () -> {
            throw new ElacsymException(ErrorKind.UNAVAILABLE, "the network is down");
          });
      one.drop("ns");
      assertFalse(objects("/segments/").isEmpty());
      ElacsymException e = assertThrows(ElacsymException.class, () -> one.drop("ns"));
      assertEquals(ErrorKind.NOT_FOUND, e.kind());
      assertEquals(3, objects("/wal/").size(), "a writer that sleeps must not win a number");
      afterTheGrace();
      assertEquals(List.of(), objects(""), "all goes, the manifest too");
      assertFalse(markers().isEmpty(), "so that a list that has seen the folder asks");
      afterTheGrace();
      afterTheGrace();
      assertEquals(List.of(), markers());
    }
  }

  private List<String> markers() {
    return storage.attach().list("elacsym-ended/", "", 1000).stream()
        .map(ObjectInfo::name)
        .toList();
  }

  /** The hole of put-if-absent and deletion, with the manifest gone as well. */
  @Test
  void aWriterThatSleptThroughThePurgeAcknowledgesNothingAndTheNextLifeNeverSeesIt()
      throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace former = one.create("ns", TestEngine.schema());
      former.write(TestEngine.upsert(TestEngine.document(1, "t")));
      HookedStorage.Stall stall = hooked.stall(call -> call.startsWith("put ns/wal/"));
      CompletableFuture<Void> write = write(former, 2);
      stall.awaitReached();
      two.drop("ns");
      now.updateAndGet(time -> time.plus(GRACE).plusSeconds(2));
      tasks.getLast().tick();
      assertEquals(List.of(), objects(""));
      Namespace reborn = two.create("ns", TestEngine.schema());
      reborn.write(TestEngine.upsert(TestEngine.document(3, "t")));
      stall.end();
      assertInDoubt(write);
      assertTrue(has(reborn, 3));
      assertFalse(has(reborn, 2));
      assertEquals(3, objects("/wal/").size(), "fence and write of the new life, and the late one");
      assertFalse(two.verify("ns", bytes -> {}).damaged());
      afterTheGrace();
      assertEquals(3, objects("/wal/").size(), "it was seen without a life for no grace yet");
      afterTheGrace();
      assertEquals(2, objects("/wal/").size(), "the late one is deleted");
      assertEquals(1, reborn.stats().documents());
    }
  }

  @Test
  void whatComesAfterThePurgeIsFoundAndDeleted() throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      Namespace former = one.create("ns", TestEngine.schema());
      former.write(TestEngine.upsert(TestEngine.document(1, "t")));
      HookedStorage.Stall stall = hooked.stall(call -> call.startsWith("put ns/wal/"));
      CompletableFuture<Void> write = write(former, 2);
      stall.awaitReached();
      two.drop("ns");
      for (int i = 0; i < 4; i++) {
        now.updateAndGet(time -> time.plus(GRACE).plusSeconds(2));
        tasks.getLast().tick();
      }
      assertEquals(List.of(), markers());
      stall.end();
      assertInDoubt(write);
      assertEquals(1, objects("").size());
      for (int i = 0; i < 80; i++) {
        afterTheGrace();
      }
      assertEquals(List.of(), storage.attach().list("", "", 1000));
    }
  }

  /** Nobody may delete what somebody else has put in the place of what was to be deleted. */
  @Test
  void aPurgeThatSleepsBeforeItsLastDeleteDoesNotHarmTheNextLife() throws Exception {
    try (Engine one = open(hooked);
        Engine two = open(storage.attach())) {
      one.create("ns", TestEngine.schema());
      one.drop("ns");
      now.updateAndGet(time -> time.plus(GRACE).plusSeconds(2));
      HookedStorage.Stall stall = hooked.stall(call -> call.startsWith("deleteBefore ns/"));
      CompletableFuture<Void> purge =
          CompletableFuture.runAsync(
              () -> tasks.getFirst().tick(), task -> Thread.ofVirtual().start(task));
      stall.awaitReached();
      ElacsymException e =
          assertThrows(ElacsymException.class, () -> two.create("ns", TestEngine.schema()));
      assertEquals(ErrorKind.UNAVAILABLE, e.kind());
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(2)));
      Namespace reborn = two.create("ns", TestEngine.schema());
      reborn.write(TestEngine.upsert(TestEngine.document(3, "t")));
      stall.end();
      purge.get();
      assertTrue(has(reborn, 3));
      try (Engine fresh = open(storage.attach())) {
        assertTrue(has(fresh.namespace("ns"), 3));
      }
    }
  }

  @Test
  void aNamespaceThatHasLostItsManifestIsNotTakenForWhatAnotherHasLeft() {
    try (Engine one = open(storage)) {
      Namespace namespace = one.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "t")));
      namespace.flush();
      namespace.write(TestEngine.upsert(TestEngine.document(2, "t")));
    }
    storage.attach().delete(List.of("ns/manifest.json"));
    int left = objects("").size();
    try (Engine one = open(storage.attach())) {
      for (int i = 0; i < 80; i++) {
        now.updateAndGet(time -> time.plus(GRACE).plusSeconds(2));
        tasks.getLast().tick();
      }
      assertEquals(left, objects("").size());
      assertEquals(List.of("ns"), one.list("", "", 10).names());
      one.repair("ns", false, bytes -> {});
      assertEquals(2, one.namespace("ns").stats().documents());
    }
  }

  /** Both may be put by a node that slept while its life ended and was purged, marker and all. */
  @Test
  void theFirstFenceOfALifeAndTheCopyOfItsManifestAreNoNamespaceThatLostItsManifest() {
    try (Engine one = open(storage)) {
      Namespace namespace = one.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "t")));
    }
    List<String> entries = objects("ns/wal/");
    storage.attach().delete(entries.subList(1, entries.size()));
    storage.attach().delete(List.of("ns/manifest.json"));
    assertEquals(1, objects("ns/wal/").size());
    assertFalse(objects("ns/history/").isEmpty());
    try (Engine one = open(storage.attach())) {
      for (int i = 0; i < 160 && !objects("").isEmpty(); i++) {
        now.updateAndGet(time -> time.plus(GRACE).plusSeconds(2));
        tasks.getLast().tick();
      }
      assertEquals(List.of(), objects(""));
    }
  }

  @Test
  void aNameIsUsableAtOnceAlsoWhereItsFormerLifeIsStillOpen() {
    try (Engine one = open(storage);
        Engine two = open(storage.attach())) {
      one.create("ns", TestEngine.schema()).write(TestEngine.upsert(TestEngine.document(1, "t")));
      two.drop("ns");
      assertEquals(List.of(), one.list("", "", 10).names());
      Namespace reborn = one.create("ns", TestEngine.schema());
      reborn.write(TestEngine.upsert(TestEngine.document(2, "t")));
      assertEquals(1, reborn.stats().documents());
    }
  }

  @Test
  void attributesThatAnotherProcessAddedCanBeWrittenEverywhere() {
    try (Engine one = open(storage);
        Engine two = open(storage.attach())) {
      Namespace first = one.create("ns", TestEngine.schema());
      Namespace second = two.namespace("ns");
      first.write(TestEngine.upsert(TestEngine.document(1, "t")));
      second.addAttributes(Map.of("colour", Attribute.of(AttributeType.STRING)));
      first.write(
          TestEngine.upsert(TestEngine.document(2, 0, 0, Map.of("colour", Value.of("red")))));
      assertEquals(
          Value.of("red"),
          second.get(DocId.of(2), Projection.ALL).orElseThrow().attributes().get("colour"));
    }
  }

  @Test
  void eventualReadsAreAtMostAFewSecondsOldAndOutliveCompactionElsewhere() {
    try (Engine one = open(storage);
        Engine two = open(storage.attach())) {
      Namespace writer = one.create("ns", TestEngine.schema());
      for (int id = 0; id < 3; id++) {
        writer.write(TestEngine.upsert(TestEngine.document(id, "t")));
        writer.flush();
      }
      Namespace reader = two.namespace("ns");
      ScanRequest eventual =
          new ScanRequest(
              Optional.empty(), Optional.empty(), 10, Projection.ALL, Consistency.EVENTUAL);
      assertEquals(3, reader.scan(eventual).documents().size());
      writer.write(TestEngine.upsert(TestEngine.document(3, "t")));
      writer.compact();
      afterTheGrace();
      assertEquals(2, objects("/segments/").size());
      assertEquals(4, reader.scan(eventual).documents().size());
    }
  }

  /** More than what opening a segment reads, also when it is compressed. */
  private static String longTitle(long seed) {
    StringBuilder title = new StringBuilder();
    new Random(seed)
        .ints(150_000)
        .forEach(word -> title.append(Integer.toHexString(word)).append(' '));
    return title.toString();
  }

  @Test
  void aReadThatOutlivesTheGraceOfItsSegmentsIsAnsweredFromTheNewOnes() {
    try (Engine one = open(storage);
        Engine two = open(hooked)) {
      Namespace writer = one.create("ns", TestEngine.schema());
      for (int id = 0; id < 3; id++) {
        writer.write(TestEngine.upsert(TestEngine.document(id, longTitle(id))));
        writer.flush();
      }
      Namespace reader = two.namespace("ns");
      AtomicInteger overtaken = new AtomicInteger();
      String rows = "." + FormatUnderTest.provider().extension();
      hooked.before(
          call -> call.startsWith("get ns/segments/") && call.endsWith(rows),
          () -> {
            writer.compact();
            afterTheGrace();
            assertEquals(2, objects("/segments/").size());
            overtaken.incrementAndGet();
          });
      ScanRequest all =
          new ScanRequest(
              Optional.empty(), Optional.empty(), 10, Projection.ALL, Consistency.STRONG);
      assertEquals(3, reader.scan(all).documents().size());
      assertEquals(1, overtaken.get());
    }
  }

  @Test
  void theReaperLeavesAloneWhatANewWriterIsBuilding() throws Exception {
    try (Engine one = open(storage);
        Engine two = open(hooked)) {
      Namespace former = one.create("ns", TestEngine.schema());
      former.write(TestEngine.upsert(TestEngine.document(1, "t")));
      Namespace builder = two.namespace("ns");
      assertTrue(has(builder, 1));
      HookedStorage.Stall stall =
          hooked.stall(call -> call.startsWith("put ns/segments/") && call.endsWith(".envelope"));
      CompletableFuture<Void> flush =
          CompletableFuture.runAsync(builder::flush, task -> Thread.ofVirtual().start(task));
      stall.awaitReached();
      List<String> building = objects("/segments/");
      assertEquals(1, building.size());
      now.updateAndGet(time -> time.plus(GRACE).plus(GRACE));
      tasks.getFirst().tick();
      stall.end();
      flush.get();
      assertFalse(two.verify("ns", bytes -> {}).damaged());
      assertEquals(1, builder.stats().documents());
    }
  }

  /** Lets every attempt to open the namespace fail, after a while. */
  private void failOpening(AtomicInteger underWay, AtomicInteger most) {
    hooked.before(
        "get ns/manifest.json"::equals,
        () -> {
          failOpening(underWay, most);
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          LockSupport.parkNanos(1_000_000);
          underWay.decrementAndGet();
          throw ElacsymException.unavailable("not now", new IllegalStateException());
        });
  }

  /** Else a process may have it open twice, and one of the two never learns what the other does. */
  @Test
  void noTwoThreadsOpenANamespaceAtATimeAlsoWhenAttemptsFail() {
    try (Engine one = open(storage.attach());
        Engine two = open(hooked)) {
      one.create("ns", TestEngine.schema());
      AtomicInteger most = new AtomicInteger();
      failOpening(new AtomicInteger(), most);
      List<CompletableFuture<Void>> openings = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        openings.add(
            CompletableFuture.runAsync(
                () -> two.namespace("ns"), task -> Thread.ofVirtual().start(task)));
      }
      openings.forEach(opening -> assertThrows(CompletionException.class, opening::join));
      assertEquals(1, most.get());
    }
  }

  @Test
  void aLostIndexIsBuiltAgainOnceTheNamespaceIsOpenAlsoWhenNoQueryTouchesIt() {
    try (Engine one = open(storage)) {
      Namespace namespace = one.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "t")));
      namespace.flush();
    }
    int indexes = objects("/indexes/").size();
    assertTrue(indexes > 0);
    storage.attach().delete(objects("/indexes/"));
    try (Engine one = open(storage.attach())) {
      one.namespace("ns");
      tasks.getLast().tick();
      assertEquals(indexes, objects("/indexes/").size());
      assertEquals(List.of(), one.verify("ns", bytes -> {}).findings());
    }
  }

  /** As far as it goes before it waits for a lock. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  private static String failure(Runnable action) {
    try {
      action.run();
      return "";
    } catch (ElacsymException e) {
      assertEquals(ErrorKind.CONFLICT, e.kind());
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoeverMakesTheSameNameInOneProcessWaitsAndIsToldThatItExists(boolean byBranch)
      throws Exception {
    try (Engine one = open(hooked)) {
      one.create("a", TestEngine.schema());
      one.create("b", TestEngine.schema()).write(TestEngine.upsert(TestEngine.document(1, "b")));
      // Prepared, and not yet promised its objects: others may replace it.
      CompletableFuture<HookedStorage.Stall> prepared = new CompletableFuture<>();
      hooked.before(
          "put t/manifest.json"::equals,
          () -> prepared.complete(hooked.stall("put a/manifest.json"::equals)));
      CompletableFuture<String> first = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> first.complete(failure(() -> one.branch("a", "t", Optional.empty()))));
      HookedStorage.Stall stall = prepared.get();
      stall.awaitReached();
      CompletableFuture<String> second = new CompletableFuture<>();
      Runnable other =
          byBranch
              ? () -> one.branch("b", "t", Optional.empty())
              : () -> one.create("t", TestEngine.schema());
      awaitWaiting(Thread.ofVirtual().start(() -> second.complete(failure(other))));
      stall.end();
      assertEquals("", first.get());
      assertEquals("namespace 't' exists already", second.get());
      assertFalse(has(one.namespace("t"), 1));
    }
  }

  @Test
  void aLookForLostIndexesThatFailsIsMadeAgain() {
    try (Engine one = open(storage)) {
      Namespace namespace = one.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "t")));
      namespace.flush();
    }
    int indexes = objects("/indexes/").size();
    storage.attach().delete(objects("/indexes/"));
    try (Engine one = open(hooked)) {
      one.namespace("ns");
      hooked.before(
          "list ns/indexes/"::equals,
          () -> {
            throw ElacsymException.unavailable("not now", new IllegalStateException());
          });
      tasks.getLast().tick();
      assertEquals(0, objects("/indexes/").size());
      afterTheGrace();
      assertEquals(indexes, objects("/indexes/").size());
    }
  }

  @Test
  void aStopFlushesWhatThisProcessHasWritten() {
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, Seams.real().tasks());
    Engine one = TestEngine.open(storage, Map.of(), seams);
    one.create("ns", TestEngine.schema()).write(TestEngine.upsert(TestEngine.document(1, "t")));
    assertEquals(List.of(), one.flushAll(Duration.ofMinutes(1)));
    one.close();
    storage.attach().delete(objects("/wal/"));
    try (Engine two = open(storage.attach())) {
      assertTrue(has(two.namespace("ns"), 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"999, 2", "1000, 3", "2500, 4", "69500, 72"})
  void countingAsksForEachFolderOnceAndForTheMarkersAsRarelyAsPossible(
      int namespaces, int requests) {
    for (int i = 0; i < namespaces; i++) {
      storage.put(
          "n%06d/manifest.json".formatted(i), Payload.of(new byte[] {1}), PutMode.IF_ABSENT);
    }
    FullPages pages = new FullPages(storage.attach());
    try (Engine one = open(pages)) {
      pages.forget();
      // What opening has begun.
      tasks.getLast().runQueued();
      assertEquals(namespaces, one.count());
      assertEquals(requests, pages.requests());
    }
  }

  @Test
  void listingPageAfterPageAsksForEachFolderOnce() {
    for (int i = 0; i < 2_500; i++) {
      storage.put("n%06d/x".formatted(i), Payload.of(new byte[] {1}), PutMode.IF_ABSENT);
      storage.put(
          "n%06d/manifest.json".formatted(i), Payload.of(new byte[] {1}), PutMode.IF_ABSENT);
    }
    FullPages pages = new FullPages(storage.attach());
    try (Engine one = open(pages)) {
      pages.forget();
      List<String> names = new ArrayList<>();
      Optional<String> after = Optional.of("");
      while (after.isPresent()) {
        NamespacePage page = one.list("", after.get(), 1_000);
        names.addAll(page.names());
        after = page.next();
      }
      assertEquals(2_500, names.stream().distinct().count());
      assertEquals(6, pages.requests(), "three of folders, three of markers");
    }
  }

  @Test
  void listingAlmostAThousandNamespacesCostsTwoRequests() {
    FaultyStorage counting = new FaultyStorage(storage.attach(), FaultPlan.none());
    try (Engine one = open(storage);
        Engine two = TestEngine.open(counting)) {
      for (int i = 0; i < 998; i++) {
        one.create("n" + i, TestEngine.schema());
      }
      long before = counting.requests();
      assertEquals(998, two.list("", "", 1000).names().size());
      assertEquals(2, counting.requests() - before);
      one.drop("n7");
      before = counting.requests();
      assertEquals(997, two.list("", "", 1000).names().size());
      assertEquals(3, counting.requests() - before, "one more for the name that has ended");
    }
  }
}
