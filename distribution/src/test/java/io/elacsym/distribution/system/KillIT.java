package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.tck.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed again and again while clients write and flushes and merges go on. {@code
 * -Delacsym.kills=100 -Delacsym.seed=7} kills it more often and differently.
 *
 * <p>What the operating system holds survives a kill; a power cut is another matter.
 */
class KillIT {
  private static final int DEFAULT_KILLS = 9;
  private static final int CLIENTS = 4;
  private static final int MOST_WRITES = 400;
  private static final int ORACLE_ROUNDS = 4;

  /** Flushes after a few requests, merges after a few flushes, deletes what is unused at once. */
  private static final String CONFIGURATION =
      """
      [server]
      host = "127.0.0.1"
      port = 0
      [write]
      flush_rows = 60
      [compaction]
      interval_secs = 1
      max_segments = 6
      [reaper]
      grace = "1s"
      [logging]
      format = "text"
      """;

  @TempDir Path temp;

  private final long seed = Seed.current();
  private static final String WHOLE = "Nothing is damaged.";
  private static final String DOUBT = "No damage is proven, but writes may be lost: 1 doubt.";

  private final Random random = new Random(seed);
  private final List<Writer> writers =
      LongStream.range(0, CLIENTS).mapToObj(owner -> new Writer(owner, seed)).toList();
  private final SharedBatch shared = new SharedBatch();

  @Test
  void everyAcknowledgedWriteSurvivesEveryKillAndNothingElseAppears() throws Exception {
    int kills = Integer.getInteger("elacsym.kills", DEFAULT_KILLS);
    System.out.println("KillIT: seed " + seed + ", " + kills + " kills");
    Files.writeString(temp.resolve("config.toml"), CONFIGURATION);
    for (int kill = 0; kill < kills; kill++) {
      try (ServerProcess server = start("run-" + kill)) {
        Dataset dataset = new Dataset(server, "docs");
        if (kill == 0) {
          dataset.create();
          shared.create(dataset, random);
        }
        try {
          check(dataset);
          killUnderLoad(new Life(dataset), kill);
        } catch (AssertionError e) {
          throw new AssertionError(
              "seed " + seed + ", kill " + kill + ", log " + String.join("\n", server.log()), e);
        }
      }
    }
    assertThat(verdict()).as("a kill in the middle of a takeover is a doubt").isIn(WHOLE, DOUBT);
    try (ServerProcess server = start("last")) {
      check(new Dataset(server, "docs"));
      assertThat(server.stop()).isZero();
    }
    assertThat(verdict()).isEqualTo(WHOLE);
    System.out.println(
        "KillIT: %d acknowledged writes; of those without an answer %d of at most %d had happened"
            .formatted(
                writers.stream().mapToInt(Writer::requests).sum(),
                writers.stream().mapToInt(Writer::happened).sum(),
                CLIENTS * kills));
  }

  private ServerProcess start(String name) throws IOException {
    // A directory of its own: the log of a killed server may still be on its way into its file.
    Path directory = Files.createDirectory(temp.resolve(name));
    return ServerProcess.start(directory, environment());
  }

  /** The vector index changes from life to life, so that one namespace has both. */
  private Map<String, String> environment() {
    return Map.of(
        "ELACSYM_CONFIG",
        temp.resolve("config.toml").toString(),
        "ELACSYM_STORAGE_PATH",
        temp.resolve("data").toString(),
        "ELACSYM_INDEX_VECTOR",
        random.nextBoolean() ? "ivf" : "hnsw",
        "ELACSYM_JAVA_OPTS",
        "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
  }

  private void check(Dataset dataset) {
    NavigableMap<Long, Doc> stored = dataset.scan();
    shared.settle(stored);
    writers.forEach(writer -> writer.settle(stored));
    new Oracle(stored).check(dataset, random, ORACLE_ROUNDS);
  }

  private void killUnderLoad(Life life, int kill) throws IOException, InterruptedException {
    JsonNode before = life.dataset().stats();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      writers.forEach(writer -> clients.add(threads.submit(() -> writer.run(life))));
      for (int i = 0; i < 2; i++) {
        Random own = new Random(random.nextLong());
        clients.add(threads.submit(() -> overwriteShared(life, own)));
      }
      Random own = new Random(random.nextLong());
      clients.add(threads.submit(() -> shared.read(life, own)));
      // Sometimes at once: then the namespace is being opened and taken over.
      int writes = random.nextInt(5) == 0 ? random.nextInt(4) : random.nextInt(MOST_WRITES);
      Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
      boolean written;
      try {
        written = life.awaitWrites(writes);
        await(moment);
      } finally {
        life.kill();
      }
      System.out.println(
          "KillIT: kill %d after %d writes, %s; it began with %d segments, manifest %d"
              .formatted(
                  kill,
                  writes,
                  moment.when,
                  before.path("segments").asInt(),
                  before.path("manifest_version").asInt()));
      for (Future<?> client : clients) {
        result(client);
      }
      assertThat(written).as("%d acknowledged writes", writes).isTrue();
    }
  }

  private static void result(Future<?> client) throws InterruptedException {
    try {
      client.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a client saw something wrong: " + e.getCause(), e);
    }
  }

  private void overwriteShared(Life life, Random random) {
    try {
      while (true) {
        shared.write(life, random);
      }
    } catch (Life.Ended e) {
      // The shared batch remembers what was under way.
    }
  }

  /** What the server has just done when it is killed, besides all else it is doing. */
  private enum Moment {
    ANY("at any moment", ""),
    WRITING("when a put begins", ".tmp"),
    COMMIT("when a write is stored", "docs/wal"),
    SEGMENT("when a segment is stored", "docs/segments"),
    INDEX("when an index is stored", "docs/indexes"),
    TOMBSTONES("when deletes are stored", "docs/tombstones"),
    MANIFEST("when the manifest changes", "docs");

    private final String when;
    private final String folder;

    Moment(String when, String folder) {
      this.when = when;
      this.folder = folder;
    }
  }

  private void await(Moment moment) throws IOException, InterruptedException {
    Path folder = temp.resolve("data").resolve(moment.folder);
    if (moment == Moment.ANY || !Files.isDirectory(folder)) {
      return;
    }
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      // Some folders change rarely: then the kill comes when the wait is over.
      watch.poll(2, TimeUnit.SECONDS);
    }
  }

  private String verdict() throws IOException {
    Path directory = Files.createTempDirectory(temp, "verify");
    return Installation.run(directory, environment(), "verify").out().getLast();
  }
}
