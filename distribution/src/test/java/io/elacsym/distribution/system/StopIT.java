package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.Installation.Ended;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.tck.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is told to stop has done when its process has ended. */
class StopIT {
  private static final int BATCHES = 6;
  private static final int BATCH = 100;

  @TempDir Path temp;

  private final Random random = new Random(Seed.current());
  private int runs;

  private Path data() {
    return temp.resolve("data");
  }

  private Map<String, String> environment() {
    return Map.of(
        "ELACSYM_STORAGE_PATH",
        data().toString(),
        "ELACSYM_PORT",
        "0",
        "ELACSYM_JAVA_OPTS",
        "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
  }

  private Path newDirectory() throws IOException {
    return Files.createDirectory(temp.resolve("run-" + runs++));
  }

  private ServerProcess serve() throws IOException {
    return ServerProcess.start(newDirectory(), environment());
  }

  private NavigableMap<Long, Doc> write(Dataset docs, int from, int to) {
    NavigableMap<Long, Doc> written = new TreeMap<>();
    for (int batch = from; batch < to; batch += BATCH) {
      List<Doc> documents =
          IntStream.range(batch, batch + BATCH)
              .mapToObj(id -> Doc.random(id, 0, id, random))
              .toList();
      docs.upsert(documents);
      documents.forEach(doc -> written.put(doc.id(), doc));
    }
    return written;
  }

  @Test
  void aStopFlushesSoThatNothingIsInTheWalAlone() throws IOException {
    NavigableMap<Long, Doc> written;
    try (ServerProcess server = serve()) {
      Dataset docs = new Dataset(server, "docs");
      docs.create();
      written = write(docs, 0, BATCHES * BATCH);
      assertThat(docs.stats().path("live_rows").asInt()).as("not flushed yet").isPositive();
      assertThat(server.stop()).isZero();
      assertThat(server.log()).anyMatch(line -> line.contains("everything is flushed"));
    }
    deleteTree(data().resolve("docs/wal"));

    try (ServerProcess server = serve()) {
      assertThat(new Dataset(server, "docs").scan()).isEqualTo(written);
      assertThat(server.stop()).isZero();
    }
    Ended verified = Installation.run(newDirectory(), environment(), "verify");
    assertThat(verified.code()).as("%s", verified).isZero();
    assertThat(verified.out()).last().isEqualTo("Nothing is damaged.");
  }

  /** A volume is unmounted, say: what is written to its place is hidden when it comes back. */
  @Test
  void nothingIsWrittenInThePlaceOfADataFolderThatWasTakenAway() throws IOException {
    Path away = temp.resolve("away");
    NavigableMap<Long, Doc> written;
    try (ServerProcess server = serve()) {
      Dataset docs = new Dataset(server, "docs");
      docs.create();
      written = write(docs, 0, BATCH);
      Files.move(data(), away);
      assertThat(server.send("POST", docs.path("/compact"), "").status()).isEqualTo(503);
      assertThat(data()).doesNotExist();

      Files.createDirectory(data()); // what a volume is mounted on
      assertThat(server.send("POST", docs.path("/compact"), "").status()).isEqualTo(503);
      assertThat(data()).isEmptyDirectory();

      Files.delete(data());
      Files.move(away, data());
      written.putAll(write(docs, BATCH, 2 * BATCH));
      Files.move(data(), away);
      assertThat(server.stop()).isZero();
      assertThat(server.log()).anyMatch(line -> line.contains("not flushed: docs"));
    }
    assertThat(data()).doesNotExist();

    Files.move(away, data());
    try (ServerProcess server = serve()) {
      assertThat(new Dataset(server, "docs").scan()).isEqualTo(written);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
