package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.distribution.it.ServerProcess.Answer;
import io.elacsym.distribution.plugins.PluginJars;
import io.elacsym.tck.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every part is swapped by configuration alone, forth and back, under data that exists: each
 * segment and each index says what made it, so old ones stay readable beside the new.
 */
class SwapIT {
  private static final int ROWS = 150;
  private static final int ORACLE_ROUNDS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;

  private final Random random = new Random(Seed.current());
  private final NavigableMap<Long, Doc> written = new TreeMap<>();

  @SuppressWarnings("NullAway.Init") // set before every test
  private OwnInstallation own;

  private int starts;

  /** The tck's own parts as a plugin of somebody else's: they may not be installed as they are. */
  @BeforeEach
  void installTheTestParts() throws IOException {
    own = OwnInstallation.copyTo(temp.resolve("elacsym"));
    Map<String, String> sources = new HashMap<>();
    sources.put(
        "module-info.java",
        """
        module test.parts {
          requires io.elacsym.api;
          provides io.elacsym.api.segment.SegmentFormatProvider with test.parts.RowsFormatProvider;
          provides io.elacsym.api.storage.StorageProvider with test.parts.MemoryStorageProvider;
        }
        """);
    try (Stream<Path> files =
        Files.list(Path.of("..", "tck/src/main/java/io/elacsym/tck/memory"))) {
      for (Path file : files.toList()) {
        sources.put(
            "test/parts/" + file.getFileName(),
            Files.readString(file).replace("io.elacsym.tck.memory", "test.parts"));
      }
    }
    Path jar = new PluginJars(temp.resolve("work")).jar(temp.resolve("jars"), "parts.jar", sources);
    own.add("tck-parts", jar);
  }

  @Test
  void indexesAndFormatsAreSwappedUnderLivingData() throws IOException {
    try (ServerProcess server = start("", Map.of("ELACSYM_INDEX_VECTOR", "hnsw"))) {
      Dataset dataset = new Dataset(server, "docs");
      dataset.create();
      addSegment(dataset);
      assertThat(stored()).containsExactly("parquet hnsw");
    }
    try (ServerProcess server = start("[index]\nvector = \"ivf\"", Map.of())) {
      Dataset dataset = new Dataset(server, "docs");
      checkReads(dataset);
      addSegment(dataset);
      assertThat(stored()).containsExactly("parquet hnsw", "parquet ivf");
      checkReads(dataset);
    }
    String rowsAndHnsw = "[index]\nvector = \"hnsw\"\n[segment]\nformat = \"rows\"";
    try (ServerProcess server = start(rowsAndHnsw, Map.of())) {
      Dataset dataset = new Dataset(server, "docs");
      checkReads(dataset);
      addSegment(dataset);
      assertThat(stored()).containsExactly("parquet hnsw", "parquet ivf", "rows hnsw");
      checkReads(dataset);
      dataset.post("/compact", "");
      assertThat(stored()).containsExactly("rows hnsw");
      checkReads(dataset);
    }
    own.remove("tck-parts");
    checkNotStarted(
        rowsAndHnsw,
        Map.of(),
        "no segment format plugin is called 'rows'",
        "installed are [orc, parquet]");
    try (ServerProcess server = start("", Map.of())) {
      Answer refused = server.send("POST", "/v1/namespaces/docs/scan", "");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("'rows'", "installed are [orc, parquet]");
      assertThat(server.get("/health").path("status").asText()).isEqualTo("healthy");
    }
  }

  @Test
  void storedDataGetsTheConfiguredIndexByACommandAndTheFormerPluginCanGo() throws IOException {
    try (ServerProcess server = start("", Map.of("ELACSYM_INDEX_VECTOR", "hnsw"))) {
      Dataset dataset = new Dataset(server, "docs");
      dataset.create();
      addSegment(dataset);
      addSegment(dataset);
      assertThat(stored()).containsExactly("parquet hnsw", "parquet hnsw");
    }
    try (ServerProcess server = start("[index.ivf]\nquantizer = \"flat\"", Map.of())) {
      Dataset dataset = new Dataset(server, "docs");
      addSegment(dataset);
      patchAndDelete(dataset);
      assertThat(command(server, "stats", "-n", "docs"))
          .anyMatch(line -> line.matches("vector +hnsw v1 +hnsw v1 .* \\* +2 .*"))
          .anyMatch(line -> line.matches("vector +ivf v1 .*quantizer=flat +1 .*"))
          .anyMatch(line -> line.contains("`elacsym reindex docs` changes that"));
      assertThat(command(server, "reindex", "docs"))
          .anyMatch(line -> line.contains("Reindexed docs: 2 of 2 segments"))
          .anyMatch(line -> line.contains("ivf v1 bits=5 list_rows=256 quantizer=flat"));
      assertThat(stored()).containsExactly("parquet ivf", "parquet ivf", "parquet ivf");
      assertThat(command(server, "stats", "-n", "docs")).noneMatch(line -> line.contains("*"));
      checkReads(dataset);
    }
    own.remove("index-hnsw");
    try (ServerProcess server = start("", Map.of())) {
      Dataset dataset = new Dataset(server, "docs");
      checkReads(dataset);
      assertThat(command(server, "reindex", "docs", "--kind", "vector"))
          .anyMatch(line -> line.contains("Reindexed docs: 3 of 3 segments"))
          .anyMatch(line -> line.contains("quantizer=rabitq"));
      checkReads(dataset);
    }
  }

  /** What a command against a server writes. */
  private List<String> command(ServerProcess server, String... arguments) throws IOException {
    Path directory = Files.createDirectory(temp.resolve("run-" + starts++));
    Installation.Ended ended =
        Installation.run(
            own.launcher(),
            directory,
            Map.of("ELACSYM_SERVER", server.url().toString()),
            arguments);
    assertThat(ended.code()).as("%s %s", ended.out(), ended.err()).isZero();
    return ended.out();
  }

  @Test
  void parquetAndOrcAreSwappedForthAndBackUnderLivingData() throws IOException {
    try (ServerProcess server = start("", Map.of())) {
      Dataset dataset = new Dataset(server, "docs");
      dataset.create();
      addSegment(dataset);
      assertThat(stored()).containsExactly("parquet ivf");
    }
    try (ServerProcess server = start("", Map.of("ELACSYM_SEGMENT_FORMAT", "orc"))) {
      Dataset dataset = new Dataset(server, "docs");
      checkReads(dataset);
      addSegment(dataset);
      assertThat(stored()).containsExactly("parquet ivf", "orc ivf");
      patchAndDelete(dataset);
      checkReads(dataset);
      dataset.post("/compact", "");
      assertThat(stored()).containsExactly("orc ivf");
      checkReads(dataset);
    }
    try (ServerProcess server = start("[segment]\nformat = \"parquet\"", Map.of())) {
      Dataset dataset = new Dataset(server, "docs");
      checkReads(dataset);
      addSegment(dataset);
      assertThat(stored()).containsExactly("orc ivf", "parquet ivf");
      patchAndDelete(dataset);
      checkReads(dataset);
      dataset.post("/compact", "");
      assertThat(stored()).containsExactly("parquet ivf");
      checkReads(dataset);
    }
    own.remove("format-orc");
    try (ServerProcess server = start("", Map.of())) {
      checkReads(new Dataset(server, "docs"));
    }
  }

  @Test
  void theWayBackFromATestFormatNeedsItsPluginUntilAllIsRewritten() throws IOException {
    try (ServerProcess server =
        start("", Map.of("ELACSYM_SEGMENT_FORMAT", "rows", "ELACSYM_INDEX_VECTOR", "hnsw"))) {
      Dataset dataset = new Dataset(server, "docs");
      dataset.create();
      addSegment(dataset);
      assertThat(stored()).containsExactly("rows hnsw");
    }
    try (ServerProcess server = start("", Map.of())) {
      Dataset dataset = new Dataset(server, "docs");
      addSegment(dataset);
      assertThat(stored()).containsExactly("rows hnsw", "parquet ivf");
      checkReads(dataset);
      dataset.post("/compact", "");
      assertThat(stored()).containsExactly("parquet ivf");
      checkReads(dataset);
    }
    own.remove("tck-parts");
    own.remove("index-hnsw");
    try (ServerProcess server = start("", Map.of())) {
      checkReads(new Dataset(server, "docs"));
    }
  }

  @Test
  void anotherStorageHasOtherDataAndLeavesTheFirstAlone() throws IOException {
    try (ServerProcess server = start("", Map.of())) {
      Dataset dataset = new Dataset(server, "docs");
      dataset.create();
      addSegment(dataset);
      assertThat(server.stop()).isZero();
    }
    Map<String, Long> before = files();
    try (ServerProcess server = start("[storage]\nbackend = \"memory\"", Map.of())) {
      assertThat(server.get("/health").path("namespaces").asInt()).isZero();
      Dataset dataset = new Dataset(server, "docs");
      dataset.create();
      dataset.upsert(List.copyOf(written.values()));
      dataset.post("/compact", "");
      checkReads(dataset);
      assertThat(server.stop()).isZero();
    }
    assertThat(files()).isEqualTo(before);
    try (ServerProcess server = start("", Map.of("ELACSYM_STORAGE_BACKEND", "local"))) {
      checkReads(new Dataset(server, "docs"));
    }
    own.remove("tck-parts");
    checkNotStarted(
        "",
        Map.of("ELACSYM_STORAGE_BACKEND", "memory"),
        "no storage plugin is called 'memory'",
        "installed are [local, minio, s3]");
  }

  private ServerProcess start(String configuration, Map<String, String> variables)
      throws IOException {
    Path directory = Files.createDirectory(temp.resolve("run-" + starts++));
    return ServerProcess.start(
        own.launcher(), directory, environment(directory, configuration, variables));
  }

  private Map<String, String> environment(
      Path directory, String configuration, Map<String, String> variables) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("elacsym.toml"),
            """
            [server]
            host = "127.0.0.1"
            port = 0
            [write]
            flush_rows = %d
            [compaction]
            enabled = false
            [logging]
            format = "text"
            %s
            """
                .formatted(ROWS, configuration));
    Map<String, String> environment = new TreeMap<>(variables);
    environment.put("ELACSYM_CONFIG", file.toString());
    environment.put("ELACSYM_STORAGE_PATH", data().toString());
    environment.put("ELACSYM_JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    return environment;
  }

  private Path data() {
    return temp.resolve("data");
  }

  private void checkNotStarted(
      String configuration, Map<String, String> variables, String... expected) throws IOException {
    Path directory = Files.createDirectory(temp.resolve("run-" + starts++));
    Installation.Ended ended =
        Installation.run(
            own.launcher(), directory, environment(directory, configuration, variables));
    assertThat(ended.code()).isEqualTo(1);
    assertThat(String.join("\n", ended.err())).contains(expected);
  }

  /** Writes as much as makes a segment, part of it over older documents. */
  private void addSegment(Dataset dataset) {
    int before = dataset.stats().path("segments").asInt();
    int firstId = written.size() / 2;
    List<Doc> documents =
        IntStream.range(firstId, firstId + ROWS)
            .mapToObj(id -> Doc.random(id, id % 4, starts, random))
            .toList();
    dataset.upsert(documents);
    documents.forEach(doc -> written.put(doc.id(), doc));
    dataset.awaitFlush();
    assertThat(dataset.stats().path("segments").asInt()).isEqualTo(before + 1);
  }

  /** Changes attributes of some documents of every segment, and deletes others. */
  private void patchAndDelete(Dataset dataset) {
    List<Doc> changes =
        written.keySet().stream()
            .filter(id -> id % 7 == 0)
            .map(id -> new Doc(id, Optional.empty(), Doc.attributes(id % 4, starts, random)))
            .toList();
    dataset.upsert(changes);
    changes.forEach(change ->
        written.computeIfPresent(change.id(), (id, doc) -> doc.patched(change.attributes())));
    List<Long> deleted = written.keySet().stream().filter(id -> id % 7 == 3).toList();
    dataset.post("/delete", Doc.json(Map.of("ids", deleted)));
    deleted.forEach(written::remove);
  }

  private void checkReads(Dataset dataset) {
    assertThat(dataset.scan()).isEqualTo(written);
    new Oracle(written).check(dataset, random, ORACLE_ROUNDS);
  }

  /** Format and vector index of each segment, as the manifest records them. */
  private List<String> stored() throws IOException {
    JsonNode manifest = JSON.readTree(data().resolve("docs").resolve("manifest.json").toFile());
    List<String> stored = new ArrayList<>();
    for (JsonNode segment : manifest.path("segments")) {
      String format = segment.path("format").path("name").asText();
      for (JsonNode index : segment.path("indexes")) {
        if (index.path("kind").asText().equals("vector")) {
          stored.add(format + " " + index.path("type").path("name").asText());
        }
      }
    }
    return stored;
  }

  private Map<String, Long> files() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sizes.put(data().relativize(file).toString(), Files.size(file));
      }
    }
    return sizes;
  }
}
