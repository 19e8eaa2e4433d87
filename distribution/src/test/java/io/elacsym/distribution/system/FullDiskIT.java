package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.distribution.it.ServerProcess.Answer;
import io.elacsym.tck.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk runs full while clients write: writes are refused, everything acknowledged stays readable,
 * nothing that was refused appears, and once there is space again writes go on.
 */
class FullDiskIT {
  private static final int ORACLE_ROUNDS = 3;
  private static final int MOST_WRITES = 2_000;
  private static final int REFUSALS = 8;

  @TempDir Path temp;

  private final Random random = new Random(Seed.current());
  private final NavigableMap<Long, Doc> acknowledged = new TreeMap<>();
  private long marker;

  @Test
  void aFullFileSystemRefusesWritesAndLosesNothing() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(SmallDisk.MemoryFileSystem.possible(folder), "only root can mount file systems");
    System.out.println("FullDiskIT: on a tmpfs of its own, seed " + Seed.current());
    try (SmallDisk.MemoryFileSystem disk = SmallDisk.MemoryFileSystem.mount(folder, "3m")) {
      try (ServerProcess server = start(disk, "first")) {
        Dataset dataset = new Dataset(server, "docs");
        dataset.create();
        fill(dataset, 40);
        checkReads(dataset);
        disk.grow(server.pid());
        checkWritesWork(dataset);

        Path ballast = folder.resolve("ballast");
        exhaust(ballast);
        fill(dataset, 40);
        checkReads(dataset);
        Files.delete(ballast);
        checkWritesWork(dataset);
      }
      checkAfterRestart(disk);
    }
  }

  @Test
  void aFileSizeLimitRefusesWritesAndLosesNothing() throws IOException {
    assumeTrue(SmallDisk.FileSizeLimit.possible(), "bash and prlimit set limits");
    System.out.println("FullDiskIT: under a limit of file sizes, seed " + Seed.current());
    int kilobytes = 64;
    try (SmallDisk disk = new SmallDisk.FileSizeLimit(temp.resolve("disk"), kilobytes)) {
      try (ServerProcess server = start(disk, "first")) {
        Dataset dataset = new Dataset(server, "docs");
        dataset.create();
        for (int i = 0; i < 25; i++) {
          write(dataset, 40);
        }
        fill(dataset, 1_000);
        checkReads(dataset);
        disk.grow(server.pid());
        checkWritesWork(dataset);
        write(dataset, 1_000);
        checkReads(dataset);
      }
      checkAfterRestart(disk);
    }
  }

  private ServerProcess start(SmallDisk disk, String name) throws IOException {
    return ServerProcess.start(
        disk.launcher(Installation.LAUNCHER),
        Files.createDirectories(temp.resolve(name)),
        environment(disk));
  }

  private Map<String, String> environment(SmallDisk disk) throws IOException {
    Path configuration =
        Files.writeString(
            temp.resolve("config.toml"),
            """
            [server]
            host = "127.0.0.1"
            port = 0
            [write]
            flush_rows = 300
            [segment.parquet]
            compression = "none"
            [logging]
            format = "text"
            """);
    return Map.of(
        "ELACSYM_CONFIG",
        configuration.toString(),
        "ELACSYM_STORAGE_PATH",
        disk.folder().resolve("data").toString(),
        // Performance counters are a file, too.
        "ELACSYM_JAVA_OPTS",
        "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData");
  }

  private List<Doc> batch(int size) {
    marker++;
    List<Doc> documents = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      documents.add(Doc.random(random.nextInt(5_000), marker % 4, marker, random));
    }
    return documents;
  }

  /** Sends a batch; what is acknowledged is remembered. */
  private Answer send(Dataset dataset, int size) throws IOException {
    List<Doc> documents = batch(size);
    Answer answer = dataset.server().send("POST", dataset.path("/upsert"), Doc.upsert(documents));
    if (answer.status() == 200) {
      documents.forEach(doc -> acknowledged.put(doc.id(), doc));
    }
    return answer;
  }

  private void write(Dataset dataset, int size) throws IOException {
    Answer answer = send(dataset, size);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }

  /** Writes until it is refused, and then some more. */
  private void fill(Dataset dataset, int size) throws IOException {
    int refused = 0;
    for (int i = 0; i < MOST_WRITES && refused < REFUSALS; i++) {
      Answer answer = send(dataset, size);
      if (answer.status() != 200) {
        refused++;
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.json().path("error").path("code").asText()).isEqualTo("unavailable");
        assertThat(answer.json().path("error").path("message").asText())
            .contains("no space left", "free space");
      }
    }
    assertThat(refused).as("refused writes").isEqualTo(REFUSALS);
  }

  private void checkReads(Dataset dataset) {
    NavigableMap<Long, Doc> stored = dataset.scan();
    assertThat(stored).isEqualTo(acknowledged);
    new Oracle(stored).check(dataset, random, ORACLE_ROUNDS);
    assertThat(dataset.server().get("/health").path("status").asText()).isEqualTo("healthy");
  }

  private void checkWritesWork(Dataset dataset) throws IOException {
    for (int i = 0; i < 10; i++) {
      write(dataset, 40);
    }
    dataset.post("/compact", "");
    checkReads(dataset);
  }

  /** The server was killed; the disk is as large as it became. */
  private void checkAfterRestart(SmallDisk disk) throws IOException {
    Path directory = Files.createDirectories(temp.resolve("again"));
    try (ServerProcess server = ServerProcess.start(directory, environment(disk))) {
      Dataset dataset = new Dataset(server, "docs");
      checkReads(dataset);
      checkWritesWork(dataset);
      assertThat(server.stop()).isZero();
    }
    Installation.Ended verified = Installation.run(directory, environment(disk), "verify");
    assertThat(verified.code()).as("%s", verified).isZero();
  }

  /** Takes all the space that is left. */
  private static void exhaust(Path ballast) throws IOException {
    try (FileChannel channel =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocate(4_096);
      while (true) {
        channel.write(page.clear());
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
