package io.elacsym.engine.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A bucket may hold what is not the engine's, such as a backup of itself below a prefix: it is no
 * namespace, and nobody deletes it.
 */
final class ForeignFoldersTest {
  private static final int MANY = 40;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryStorage storage = new MemoryStorage(now::get);
  private final ManualTasks tasks = new ManualTasks();

  private Engine open() {
    Seams seams = new Seams(now::get, Seams.real().ids(), 1, tasks);
    return TestEngine.open(storage, Map.of("reaper.grace", "1m"), seams);
  }

  private void put(String name) {
    storage.put(name, Payload.of(new byte[] {1}), PutMode.IF_ABSENT);
  }

  private List<String> objects(String prefix) {
    return storage.list(prefix, "", 10_000).stream().map(ObjectInfo::name).toList();
  }

  private void letHoursPass() {
    for (int minute = 0; minute < 300; minute++) {
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
      tasks.tick();
    }
  }

  @Test
  void aBackupInTheBucketIsNoNamespace() {
    put("backup/books/manifest.json");
    put("backup/books/wal/1.wal");
    try (Engine engine = open()) {
      engine.create("books", TestEngine.schema());
      assertEquals(List.of("books"), engine.list("", "", 10).names());
    }
  }

  /** Too many to look at all of them at once: the look at all folders marks them, in its time. */
  @Test
  void manyFoldersOfOthersDisappearFromTheListOnceTheyAreLookedAt() {
    IntStream.range(0, MANY).forEach(i -> put("theirs-" + i + "/notes.txt"));
    try (Engine engine = open()) {
      engine.create("books", TestEngine.schema());
      letHoursPass();
      assertEquals(List.of("books"), engine.list("", "", 100).names());
    }
  }

  @Test
  void nothingOfOthersIsDeletedHoweverOldItIs() {
    put("backup/books/manifest.json");
    put("mixed/notes.txt");
    put("mixed/wal/00000000000000000001-1cb5eabbfaf2e7e0.wal");
    put("app/history/2024.json");
    put("app/segments/2024-01.parquet");
    IntStream.range(0, 2_500).forEach(i -> put("photos/" + i + ".jpg"));
    List<String> theirs = objects("");
    try (Engine engine = open()) {
      engine.create("books", TestEngine.schema());
      letHoursPass();
      assertTrue(objects("").containsAll(theirs));
    }
  }

  @Test
  void whatOthersPutInTheFolderOfANamespaceOutlivesIt() {
    put("books/notes.txt");
    try (Engine engine = open()) {
      engine
          .create("books", TestEngine.schema())
          .write(TestEngine.upsert(TestEngine.document(1, "one")));
      letHoursPass();
      engine.drop("books");
      letHoursPass();
      assertEquals(List.of("books/notes.txt"), objects("books/"));
      assertEquals(List.of(), engine.list("", "", 10).names());
      engine.create("books", TestEngine.schema());
      assertEquals(List.of("books"), engine.list("", "", 10).names());
    }
  }
}
