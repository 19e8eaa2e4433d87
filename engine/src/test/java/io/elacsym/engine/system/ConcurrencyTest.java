package io.elacsym.engine.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads of several processes at once. Each document has one writer, which counts its
 * versions up; a version that is divisible by {@link #DELETE} is a delete. So a strong read can be
 * judged by what was acknowledged before it and what was sent before it ended.
 */
final class ConcurrencyTest {
  private static final int DELETE = 5;
  private static final int WRITERS = 6;
  private static final int IDS_EACH = 5;
  private static final int IDS = WRITERS * IDS_EACH;
  private static final int WRITES_EACH = 60;

  private final AtomicLongArray sent = new AtomicLongArray(IDS);
  private final AtomicLongArray acknowledged = new AtomicLongArray(IDS);
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean done = new AtomicBoolean();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void strongReadsSeeWhatWasAcknowledgedBeforeThemWhateverElseIsGoingOn(long seed)
      throws InterruptedException {
    Random random = new Random(seed);
    MemoryStorage storage = new MemoryStorage();
    Map<String, String> settings =
        Map.of("compaction.enabled", "true", "write.flush_rows", "40", "write.linger", "1ms");
    try (Engine one = TestEngine.open(storage, settings);
        Engine two = TestEngine.open(storage.attach(), settings)) {
      List<Namespace> sides = List.of(one.create("ns", TestEngine.schema()), two.namespace("ns"));
      CountDownLatch writing = new CountDownLatch(WRITERS);
      List<Thread> threads = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        Random own = new Random(random.nextLong());
        threads.add(
            start(() -> {
              try {
                write(sides.get(number % 3 == 0 ? 1 : 0), number, own);
              } finally {
                writing.countDown();
              }
            }));
      }
      for (Namespace side : sides) {
        for (int reader = 0; reader < 2; reader++) {
          Random own = new Random(random.nextLong());
          threads.add(repeat(() -> read(side, own)));
        }
        threads.add(repeat(() -> scan(side)));
      }
      Random own = new Random(random.nextLong());
      threads.add(repeat(() -> maintain(sides.get(own.nextInt(2)), own)));
      writing.await();
      done.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      failures.forEach(failure -> {
        throw new AssertionError("seed " + seed, failure);
      });
      for (Namespace side : sides) {
        for (int id = 0; id < IDS; id++) {
          judge(id, acknowledged.get(id), side.get(DocId.of(id), Projection.ALL));
        }
      }
      assertFalse(two.verify("ns", bytes -> {}).damaged(), "seed " + seed);
    }
  }

  /**
   * Platform threads: loops over a storage in memory never block, and would starve virtual ones.
   */
  private Thread start(Runnable body) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            body.run();
          } catch (Throwable e) {
            failures.add(e);
          }
        });
  }

  private Thread repeat(Runnable body) {
    return start(() -> {
      while (!done.get() && failures.isEmpty()) {
        body.run();
      }
    });
  }

  /** Losing a race against the other process is allowed; anything else is not. */
  private static boolean attempt(Runnable action) {
    try {
      action.run();
      return true;
    } catch (ElacsymException e) {
      if (e.kind() == ErrorKind.CONFLICT || e.kind() == ErrorKind.UNAVAILABLE) {
        return false;
      }
      throw e;
    }
  }

  private void write(Namespace side, int writer, Random random) {
    for (int i = 0; i < WRITES_EACH && failures.isEmpty(); i++) {
      int id = writer * IDS_EACH + random.nextInt(IDS_EACH);
      long version = sent.incrementAndGet(id);
      Value value = Value.of(version);
      WriteOp op =
          version % DELETE == 0
              ? new WriteOp.Delete(DocId.of(id))
              : version % DELETE > 1 && random.nextBoolean()
                  ? new WriteOp.PatchOrCreate(DocId.of(id), Map.of(), Map.of("year", value))
                  : new WriteOp.Upsert(
                      TestEngine.document(
                          id, id, 0, Map.of("year", value, "title", Value.of("word"))));
      if (attempt(() -> side.write(new WriteRequest(List.of(op))))) {
        acknowledged.set(id, version);
      }
    }
  }

  private void read(Namespace side, Random random) {
    int id = random.nextInt(IDS);
    long before = acknowledged.get(id);
    switch (random.nextInt(3)) {
      case 0 -> judge(id, before, side.get(DocId.of(id), Projection.ALL));
      case 1 -> {
        List<Hit> hits =
            side.query(TestEngine.query(TestEngine.nearest(id, 0), Optional.empty(), 50)).hits();
        assertEquals(hits.size(), hits.stream().map(hit -> hit.document().id()).distinct().count());
        hits.stream()
            .map(Hit::document)
            .filter(document -> document.id().equals(DocId.of(id)))
            .forEach(document -> judge(id, before, Optional.of(document)));
      }
      default -> {
        List<Hit> hits =
            side.query(TestEngine.query(TestEngine.text("word", "title"), Optional.empty(), 50))
                .hits();
        assertEquals(hits.size(), hits.stream().map(hit -> hit.document().id()).distinct().count());
      }
    }
  }

  private void scan(Namespace side) {
    long[] before = new long[IDS];
    for (int id = 0; id < IDS; id++) {
      before[id] = acknowledged.get(id);
    }
    ScanPage page =
        side.scan(
            new ScanRequest(
                Optional.empty(), Optional.empty(), 1000, Projection.ALL, Consistency.STRONG));
    Set<DocId> seen = new HashSet<>();
    for (Document document : page.documents()) {
      assertTrue(seen.add(document.id()), "document " + document.id() + " came twice");
    }
    for (int id = 0; id < IDS; id++) {
      DocId wanted = DocId.of(id);
      judge(
          id, before[id], page.documents().stream().filter(d -> d.id().equals(wanted)).findFirst());
    }
  }

  private void maintain(Namespace side, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> attempt(side::compact);
      case 1 ->
          attempt(() ->
              side.addAttributes(
                  Map.of("a" + random.nextInt(30), Attribute.of(AttributeType.INT))));
      case 2 -> assertTrue(side.stats().documents() <= IDS);
      default -> attempt(side::flush);
    }
  }

  /** Versions from the last acknowledged one to the last sent one are possible. */
  private void judge(int id, long before, Optional<Document> found) {
    long after = sent.get(id);
    if (found.isPresent()) {
      long version =
          found.get().attributes().get("year") instanceof Value.Int number ? number.value() : -1;
      assertTrue(
          version >= before && version <= after,
          "document " + id + " has version " + version + ", not " + before + " to " + after);
      return;
    }
    boolean deletePossible = before == 0;
    for (long version = before; version <= after; version++) {
      deletePossible |= version % DELETE == 0;
    }
    assertTrue(
        deletePossible,
        "document " + id + " is missing; acknowledged " + before + ", sent " + after);
  }

  /** Within one process whoever comes second waits: nobody is told that others interfere. */
  @Test
  void whatOneProcessDoesToANamespaceAtTheSameTimeNeverConflicts() throws Exception {
    try (Engine engine = TestEngine.open(new MemoryStorage())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      namespace.write(TestEngine.upsert(TestEngine.document(0, "t")));
      namespace.flush();
      Queue<String> conflicts = new ConcurrentLinkedQueue<>();
      AtomicInteger branches = new AtomicInteger();
      AtomicInteger attributes = new AtomicInteger();
      List<Runnable> actions =
          List.of(
              () -> engine.restore("ns", engine.history("ns").getLast().version()),
              () -> engine.branch("ns", "b" + branches.incrementAndGet(), Optional.empty()),
              namespace::compact,
              namespace::flush,
              () ->
                  namespace.addAttributes(
                      Map.of(
                          "more" + attributes.incrementAndGet(), Attribute.of(AttributeType.INT))),
              () -> namespace.write(TestEngine.upsert(TestEngine.document(1, "t"))));
      List<Thread> threads = new ArrayList<>();
      for (Runnable action : actions) {
        for (int i = 0; i < 2; i++) {
          threads.add(
              Thread.ofVirtual()
                  .start(() -> {
                    for (int round = 0; round < 10; round++) {
                      try {
                        action.run();
                      } catch (ElacsymException e) {
                        // The version may have been given up meanwhile.
                        if (e.kind() != ErrorKind.NOT_FOUND) {
                          conflicts.add(String.valueOf(e.getMessage()));
                        }
                      }
                    }
                  }));
        }
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), List.copyOf(conflicts));
    }
  }
}
