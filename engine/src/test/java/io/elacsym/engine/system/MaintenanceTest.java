package io.elacsym.engine.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.fault.Request;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Flush, group commit, back-pressure, compaction and reaping, by what they leave behind. */
final class MaintenanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryStorage storage = new MemoryStorage(now::get);

  private Seams seams() {
    Seams real = Seams.real();
    return new Seams(now::get, real.ids(), 1, TaskRunner.virtualThreads());
  }

  private List<String> objects(String part) {
    return storage.attach().list("ns/", "", 1000).stream()
        .map(ObjectInfo::name)
        .filter(name -> name.contains(part))
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    Instant limit = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(limit), "it did not happen within " + PATIENCE);
      Thread.onSpinWait();
    }
  }

  @Test
  void aReaperThatHasNotEndedIsNotJoinedByOthers() {
    ManualTasks tasks = new ManualTasks();
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, tasks);
    try (Engine engine = TestEngine.open(storage, Map.of("reaper.grace", "1m"), seams)) {
      engine.create("ns", TestEngine.schema());
      int waiting = 0;
      for (int grace = 0; grace < 5; grace++) {
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(2)));
        waiting = tasks.tickOnly();
      }
      assertEquals(
          5, waiting, "the count, the reaper, the purge, the looks at folders and indexes");
      tasks.runQueued();
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(2)));
      assertEquals(2, tasks.tickOnly());
    }
  }

  /** The plain index takes nothing over, so nothing of the former ones need be read. */
  @Test
  void aMergeReadsNoVectorIndexThatItsBuildDoesNotAskFor() {
    try (Engine engine = TestEngine.open(storage, Map.of(), seams())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int id = 0; id < 3; id++) {
        namespace.write(TestEngine.upsert(TestEngine.document(id, "text " + id)));
        namespace.flush();
      }
    }
    List<String> former =
        objects("/indexes/").stream().filter(name -> name.endsWith(".plain")).toList();
    assertEquals(3, former.size());
    List<String> read = Collections.synchronizedList(new ArrayList<>());
    FaultyStorage watched = new FaultyStorage(storage.attach(), FaultPlan.none(), time -> {});
    watched.follow(
        FaultPlan.first(
            1,
            request -> {
              if (request.operation() == Request.Operation.GET) {
                read.add(request.name());
              }
              return false;
            },
            new Fault.Slow(Duration.ZERO)));
    try (Engine engine = TestEngine.open(watched, Map.of(), seams())) {
      engine.namespace("ns").compact();
      assertEquals(1, engine.namespace("ns").stats().segments());
    }
    assertTrue(read.stream().anyMatch(name -> name.contains("/segments/")), read::toString);
    assertTrue(read.stream().noneMatch(former::contains), read::toString);
  }

  @Test
  void concurrentWritesShareWalObjects() throws InterruptedException {
    // A slow bucket: while one put is under way, others gather.
    CountDownLatch release = new CountDownLatch(1);
    FaultyStorage slow =
        new FaultyStorage(
            storage,
            FaultPlan.none(),
            time -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try (Engine engine = TestEngine.open(slow, Map.of(), seams())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(0, "first")));
      int before = objects("/wal/").size();
      slow.follow(
          FaultPlan.first(
              1,
              request -> request.operation() == Request.Operation.PUT,
              new Fault.Slow(Duration.ofSeconds(1))));
      List<Thread> writers = new ArrayList<>();
      for (int i = 1; i <= 50; i++) {
        int id = i;
        writers.add(
            Thread.ofVirtual()
                .start(
                    () -> namespace.write(TestEngine.upsert(TestEngine.document(id, "t " + id)))));
      }
      release.countDown();
      for (Thread writer : writers) {
        writer.join();
      }
      assertEquals(51, namespace.stats().documents());
      int entries = objects("/wal/").size() - before;
      assertTrue(entries < 50, "50 writes made " + entries + " WAL objects");
    }
  }

  @Test
  void aWriteIsAppliedWhollyOrNotAtAll() {
    try (Engine engine = TestEngine.open(storage, Map.of(), seams())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      WriteRequest halfWrong =
          new WriteRequest(
              List.of(
                  new WriteOp.Upsert(TestEngine.document(1, "right")),
                  new WriteOp.Upsert(TestEngine.document(2, 1, Float.NaN, Map.of()))));
      ElacsymException e = assertThrows(ElacsymException.class, () -> namespace.write(halfWrong));
      assertEquals(ErrorKind.INVALID_REQUEST, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains("document 2.vector[1] is NaN"));
      assertEquals(0, namespace.stats().documents());
      assertEquals(List.of(), objects("/wal/"));
    }
  }

  @Test
  void tooManyUnflushedBytesAreRefusedUntilAFlushHasMadeRoom() {
    FaultyStorage broken = new FaultyStorage(storage, FaultPlan.none());
    Map<String, String> small =
        Map.of("write.flush_bytes", "1KB", "write.max_unflushed_bytes", "2KB");
    try (Engine engine = TestEngine.open(broken, small, seams())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      broken.follow(
          FaultPlan.on(
              request ->
                  request.operation() == Request.Operation.PUT
                      && request.name().contains("/segments/"),
              Fault.Kind.UNAVAILABLE));
      ElacsymException refused =
          assertThrows(
              ElacsymException.class,
              () -> {
                for (int i = 0; i < 200; i++) {
                  namespace.write(TestEngine.upsert(TestEngine.document(i, "title " + i)));
                }
              });
      assertEquals(ErrorKind.OVERLOADED, refused.kind());
      long kept = namespace.stats().documents();
      broken.follow(FaultPlan.none());
      await(() -> {
        namespace.flush();
        return namespace.stats().unflushedBytes() == 0;
      });
      assertEquals(kept, namespace.stats().documents());
      namespace.write(TestEngine.upsert(TestEngine.document(999, "again")));
    }
  }

  @Test
  void allNamespacesTogetherAreBoundedAndTheLargestIsFlushedToMakeRoom() {
    Map<String, String> small = Map.of("write.max_unflushed_total", "4KB");
    ManualTasks tasks = new ManualTasks();
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, tasks);
    try (Engine engine = TestEngine.open(storage, small, seams)) {
      Namespace large = engine.create("ns", TestEngine.schema());
      Namespace other = engine.create("other", TestEngine.schema());
      other.write(TestEngine.upsert(TestEngine.document(1, "small")));
      for (int i = 0; i < 8; i++) {
        large.write(TestEngine.upsert(TestEngine.document(i, "title " + i)));
      }
      assertTrue(large.stats().unflushedBytes() > 2048, "enough to make room for others");
      tasks.tick();
      assertEquals(0, large.stats().unflushedBytes());
      assertTrue(other.stats().unflushedBytes() > 0, "the small one need not be flushed");
      // What was counted a second ago still says that there is too much.
      ElacsymException refused =
          assertThrows(
              ElacsymException.class,
              () -> other.write(TestEngine.upsert(TestEngine.document(2, "refused"))));
      assertEquals(ErrorKind.OVERLOADED, refused.kind());
      tasks.tick();
      other.write(TestEngine.upsert(TestEngine.document(3, "taken")));
    }
  }

  @Test
  void whatIsWrittenBetweenTwoCountsIsBoundedToo() {
    Map<String, String> small = Map.of("write.max_unflushed_total", "16KB");
    ManualTasks tasks = new ManualTasks();
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, tasks);
    try (Engine engine = TestEngine.open(storage, small, seams)) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      ElacsymException refused =
          assertThrows(
              ElacsymException.class,
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  namespace.write(TestEngine.upsert(TestEngine.document(i, "title " + i)));
                }
              });
      assertEquals(ErrorKind.OVERLOADED, refused.kind());
      assertTrue(namespace.stats().documents() < 100, namespace.stats() + " is too much");
    }
  }

  @Test
  void flushStartsByRowsAndByAge() {
    Map<String, String> settings = Map.of("write.flush_rows", "10", "write.flush_age", "30s");
    try (Engine engine = TestEngine.open(storage, settings, seams())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int i = 0; i < 10; i++) {
        namespace.write(TestEngine.upsert(TestEngine.document(i, "t")));
      }
      await(() -> namespace.stats().segments() == 1);
      namespace.write(TestEngine.upsert(TestEngine.document(11, "t")));
      assertEquals(1, namespace.stats().liveRows());
      now.updateAndGet(time -> time.plusSeconds(31));
      await(() -> namespace.stats().liveRows() == 0);
      assertEquals(11, namespace.stats().documents());
    }
  }

  @Test
  void compactionMergesSimilarSegmentsAndReclaimsDeletes() {
    try (Engine engine = TestEngine.open(storage, Map.of("compaction.enabled", "true"), seams())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int segment = 0; segment < 6; segment++) {
        for (int i = 0; i < 10; i++) {
          namespace.write(TestEngine.upsert(TestEngine.document(segment * 8L + i, "t " + segment)));
        }
        namespace.flush();
      }
      assertEquals(50, namespace.stats().documents());
      assertTrue(namespace.stats().deletedRows() > 0);
      namespace.compact();
      NamespaceStats after = namespace.stats();
      assertEquals(1, after.segments());
      assertEquals(0, after.deletedRows());
      assertEquals(50, after.documents());
    }
  }

  @Test
  void whatCompactionDropsIsDeletedAfterTheGraceAndNotBefore() {
    Map<String, String> settings = Map.of("reaper.grace", "10m", "history.max_age", "10m");
    try (Engine engine = TestEngine.open(storage, settings, seams())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int segment = 0; segment < 3; segment++) {
        namespace.write(TestEngine.upsert(TestEngine.document(segment, "t")));
        namespace.flush();
      }
      namespace.compact();
      List<String> before = objects("/segments/");
      assertTrue(before.size() >= 8, "old and new segments: " + before);
      now.updateAndGet(time -> time.plusSeconds(5));
      namespace.stats();
      assertEquals(before, objects("/segments/"));
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
      await(() -> objects("/segments/").size() == 2);
      await(() -> objects("/wal/").size() == 1);
      assertEquals(3, namespace.stats().documents());
      assertFalse(engine.verify("ns", bytes -> {}).damaged());
    }
  }

  @Test
  void objectsOfAFailedFlushAreDeletedAfterTheGrace() {
    FaultyStorage broken = new FaultyStorage(storage, FaultPlan.none());
    ManualTasks tasks = new ManualTasks();
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, tasks);
    try (Engine engine = TestEngine.open(broken, Map.of("reaper.grace", "10m"), seams)) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(1, "t")));
      broken.follow(
          FaultPlan.on(
              request ->
                  request.operation() == Request.Operation.PUT
                      && request.name().endsWith("manifest.json"),
              Fault.Kind.UNAVAILABLE));
      assertThrows(ElacsymException.class, namespace::flush);
      assertFalse(objects("/segments/").isEmpty());
      broken.follow(FaultPlan.none());
      assertEquals(1, namespace.stats().documents());
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
      tasks.tick();
      assertFalse(objects("/segments/").isEmpty(), "they were seen for the first time");
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
      tasks.tick();
      assertTrue(objects("/segments/").isEmpty());
      namespace.flush();
      assertEquals(1, namespace.stats().documents());
      assertFalse(engine.verify("ns", bytes -> {}).damaged());
    }
  }
}
