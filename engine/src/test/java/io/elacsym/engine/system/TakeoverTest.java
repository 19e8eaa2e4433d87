package io.elacsym.engine.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Two processes on one storage. */
final class TakeoverTest {
  private final MemoryStorage storage = new MemoryStorage();

  @Test
  void aStrongReadSeesWhatAnotherProcessHasAcknowledged() {
    try (Engine one = TestEngine.open(storage);
        Engine two = TestEngine.open(storage.attach())) {
      Namespace writer = one.create("ns", TestEngine.schema());
      Namespace reader = two.namespace("ns");
      for (int i = 0; i < 20; i++) {
        writer.write(TestEngine.upsert(TestEngine.document(i, "title " + i)));
        if (i % 6 == 5) {
          writer.flush();
        }
        assertTrue(reader.get(DocId.of(i), Projection.ALL).isPresent(), "document " + i);
        assertEquals(i + 1, reader.stats().documents());
      }
    }
  }

  @Test
  void writersTakeTurnsWithoutLosingAnything() {
    try (Engine one = TestEngine.open(storage);
        Engine two = TestEngine.open(storage.attach())) {
      List<Namespace> sides = List.of(one.create("ns", TestEngine.schema()), two.namespace("ns"));
      Random random = new Random(7);
      for (int i = 0; i < 60; i++) {
        Namespace side = sides.get(random.nextInt(2));
        side.write(TestEngine.upsert(TestEngine.document(i, "by " + i)));
        if (random.nextInt(5) == 0) {
          sides.get(random.nextInt(2)).flush();
        }
        assertEquals(i + 1, sides.get(random.nextInt(2)).stats().documents());
      }
      assertFalse(two.verify("ns", bytes -> {}).damaged());
      assertTrue(sides.getFirst().stats().epoch() > 2);
    }
  }

  @Test
  void concurrentWritersOfTwoProcessesKeepEveryAcknowledgedDocument() throws Exception {
    try (Engine one = TestEngine.open(storage);
        Engine two = TestEngine.open(storage.attach())) {
      List<Namespace> sides = List.of(one.create("ns", TestEngine.schema()), two.namespace("ns"));
      Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        int thread = t;
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = 0; i < 40; i++) {
                    long id = thread * 1000L + i;
                    if (History.attempt(
                        () ->
                            sides
                                .get(thread % 2)
                                .write(TestEngine.upsert(TestEngine.document(id, "t " + id))))) {
                      acknowledged.add(id);
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      try (Engine fresh = TestEngine.open(storage.attach())) {
        Namespace namespace = fresh.namespace("ns");
        for (long id : acknowledged) {
          assertTrue(namespace.get(DocId.of(id), Projection.ALL).isPresent(), "lost " + id);
        }
        assertFalse(acknowledged.isEmpty());
      }
    }
  }

  @Test
  void aDroppedNamespaceIsGoneForEveryProcessAndItsNameIsFreeAtOnce() {
    try (Engine one = TestEngine.open(storage);
        Engine two = TestEngine.open(storage.attach())) {
      one.create("ns", TestEngine.schema()).write(TestEngine.upsert(TestEngine.document(1, "old")));
      Namespace other = two.namespace("ns");
      other.write(TestEngine.upsert(TestEngine.document(2, "old")));
      one.drop("ns");
      assertEquals(
          ErrorKind.NOT_FOUND,
          assertThrows(
                  ElacsymException.class,
                  () -> other.write(TestEngine.upsert(TestEngine.document(3, "late"))))
              .kind());
      assertThrows(ElacsymException.class, () -> one.namespace("ns"));
      assertEquals(List.of(), one.list("", "", 10).names());
      Namespace reborn = one.create("ns", TestEngine.schema());
      assertEquals(0, reborn.stats().documents());
      reborn.write(TestEngine.upsert(TestEngine.document(9, "new")));
      try (Engine fresh = TestEngine.open(storage.attach())) {
        assertEquals(1, fresh.namespace("ns").stats().documents());
      }
      assertEquals(1, two.namespace("ns").stats().documents());
    }
  }
}
