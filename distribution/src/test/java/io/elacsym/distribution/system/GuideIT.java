package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.distribution.it.Installation;
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
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the deployment guide says of a single node on local storage, command by command. */
class GuideIT {
  /** {@code ./elacsym} of the checkout, which need not build what is just being tested. */
  private static final List<String> LAUNCHER =
      List.of(Path.of("..", "elacsym").toAbsolutePath().normalize().toString());

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DOCUMENTS = 200;
  private static final int ORACLE_ROUNDS = 3;

  @TempDir Path temp;

  private final Random random = new Random(Seed.current());

  @Test
  void theQuickStartRunsWithTheCommandAndWithoutIt() throws IOException {
    Path data = Files.createDirectories(temp.resolve("var/lib/elacsym"));
    Path cache = Files.createDirectories(temp.resolve("var/cache/elacsym"));
    Map<String, String> environment =
        environment(
            Map.of(
                "ELACSYM_STORAGE_PATH", data.toString(),
                "ELACSYM_CACHE_DISK_PATH", cache.toString(),
                "RUST_LOG", "info"));
    Path first = Files.createDirectory(temp.resolve("first"));
    try (ServerProcess server = ServerProcess.start(LAUNCHER, first, environment, "server")) {
      assertThat(health(server)).isEqualTo(healthy(0));
      for (int i = 1; i <= 5; i++) {
        new Dataset(server, "docs-" + i).create();
      }
      assertThat(health(server)).isEqualTo(healthy(5));
      new Dataset(server, "docs-1").upsert(List.of(Doc.random(1, 0, 1, random)));

      Path second = Files.createDirectory(temp.resolve("second"));
      Installation.Ended refused = Installation.run(LAUNCHER, second, environment, "server");
      assertThat(refused.code()).isEqualTo(1);
      checkJsonLines(refused.out(), refused.err());
      assertThat(refused.err().getLast())
          .contains("not started", data.toString(), "in use", "pid " + server.pid());

      assertThat(server.stop()).isZero();
      checkJsonLines(Installation.lines(first.resolve("out")), server.log());
      assertThat(server.log().getLast()).contains("\"stopped\"");
    }
    Path third = Files.createDirectory(temp.resolve("third"));
    Map<String, String> debug = new TreeMap<>(environment);
    debug.put("RUST_LOG", "debug");
    try (ServerProcess server = ServerProcess.start(LAUNCHER, third, debug)) {
      assertThat(health(server)).isEqualTo(healthy(5));
      assertThat(new Dataset(server, "docs-1").scan()).hasSize(1);
      assertThat(server.stop()).isZero();
      checkJsonLines(Installation.lines(third.resolve("out")), server.log());
      assertThat(server.log()).anySatisfy(line -> assertThat(line).contains("DEBUG"));
    }
  }

  @Test
  void aTarOfTheDataIsABackup() throws IOException, InterruptedException {
    Path parent = temp.resolve("var/lib");
    Path data = parent.resolve("elacsym");
    NavigableMap<Long, Doc> documents = new TreeMap<>();
    Map<String, String> environment = environment(Map.of("ELACSYM_STORAGE_PATH", data.toString()));
    Path first = Files.createDirectory(temp.resolve("first"));
    Path restored = Files.createDirectory(temp.resolve("restored"));
    try (ServerProcess server = ServerProcess.start(LAUNCHER, first, environment, "server")) {
      Dataset dataset = new Dataset(server, "docs");
      dataset.create();
      write(dataset, documents, 0);
      dataset.post("/compact", "");
      // The second half is in the WAL only.
      write(dataset, documents, DOCUMENTS / 2);
      String backup = temp.resolve("elacsym-backup.tar.gz").toString();
      run("tar", "czf", backup, "-C", parent.toString(), "elacsym");
      run("tar", "xzf", backup, "-C", restored.toString());
    }
    Map<String, String> elsewhere =
        environment(Map.of("ELACSYM_STORAGE_PATH", restored.resolve("elacsym").toString()));
    Path second = Files.createDirectory(temp.resolve("second"));
    try (ServerProcess server = ServerProcess.start(LAUNCHER, second, elsewhere, "server")) {
      Dataset dataset = new Dataset(server, "docs");
      checkReads(dataset, documents);
      write(dataset, documents, DOCUMENTS);
      dataset.post("/compact", "");
      assertThat(server.stop()).isZero();
    }
    // Scenarios 1 and 2 of the guide: the WAL is temporary, indexes are derived.
    deleteAll(restored.resolve("elacsym/docs/wal"));
    deleteAll(restored.resolve("elacsym/docs/indexes"));
    Path third = Files.createDirectory(temp.resolve("third"));
    try (ServerProcess server = ServerProcess.start(LAUNCHER, third, elsewhere, "server")) {
      Dataset dataset = new Dataset(server, "docs");
      checkReads(dataset, documents);
      write(dataset, documents, DOCUMENTS / 2);
      checkReads(dataset, documents);
    }
  }

  /** The guide's ConfigMap as it stands, out of the manifest that comes with Elacsym. */
  @Test
  void theConfigMapOfTheGuideIsValid() throws IOException {
    String manifest = Files.readString(Path.of("../examples/kubernetes/elacsym.yaml"));
    int begin = manifest.indexOf("config.toml: |\n") + "config.toml: |\n".length();
    Path file =
        Files.writeString(
            temp.resolve("config.toml"),
            manifest.substring(begin, manifest.indexOf("\n---", begin)).stripIndent());
    for (Map<String, String> named :
        List.of(Map.<String, String>of(), Map.of("ELACSYM_CONFIG", file.toString()))) {
      // Without a name the file is found where the command runs.
      Path directory = named.isEmpty() ? temp : Files.createDirectory(temp.resolve("elsewhere"));
      Installation.Ended checked = Installation.run(directory, named, "server", "--check-config");
      assertThat(checked.err()).isEmpty();
      assertThat(checked.code()).isZero();
      assertThat(checked.out()).last().isEqualTo("The configuration is valid.");
      assertThat(String.join("\n", checked.out()))
          .containsPattern("server\\.port +3000 +\\S*config.toml")
          .containsPattern("storage\\.s3\\.bucket +elacsym-production +\\S*config.toml")
          .containsPattern("cache\\.disk_path +/cache +\\S*config.toml");
    }
  }

  /** The environments of the compose files that come with Elacsym, as far as they are for it. */
  @Test
  void theComposeFilesSetWhatThereIs() throws IOException {
    Pattern variable = Pattern.compile("(?m)^ +- ((?:ELACSYM|AWS|RUST)_\\w+)=(.*)$");
    for (String name : List.of("local.yaml", "minio.yaml")) {
      Map<String, String> set = new TreeMap<>();
      variable
          .matcher(Files.readString(Path.of("../examples/docker-compose", name)))
          .results()
          .forEach(match -> set.put(match.group(1), match.group(2)));
      assertThat(set).hasSizeGreaterThan(5);
      Path directory = Files.createDirectory(temp.resolve(name));
      Installation.Ended checked = Installation.run(directory, set, "server", "--check-config");
      assertThat(checked.err()).isEmpty();
      assertThat(checked.code()).isZero();
      assertThat(String.join("\n", checked.out()))
          .containsPattern("cache\\.disk_path +/cache +environment ELACSYM_CACHE_DISK_PATH");
    }
  }

  /** The environment of the guide's Docker Compose file, over a file that says otherwise. */
  @Test
  void theVariablesOfTheComposeFileWinOverTheConfigurationFile() throws IOException {
    Path data = temp.resolve("data");
    Path file =
        Files.writeString(
            temp.resolve("elacsym.toml"),
            """
            [server]
            host = "127.0.0.1"
            [storage]
            backend = "none"
            [cache]
            memory_size = "1GB"
            [logging]
            level = "error"
            """);
    Map<String, String> environment =
        environment(
            Map.of(
                "ELACSYM_CONFIG", file.toString(),
                "ELACSYM_STORAGE_BACKEND", "local",
                "ELACSYM_STORAGE_PATH", data.toString(),
                "ELACSYM_CACHE_MEMORY_SIZE", "4294967296",
                "ELACSYM_CACHE_DISK_SIZE", "107374182400",
                "RUST_LOG", "info"));
    try (ServerProcess server = ServerProcess.start(LAUNCHER, temp, environment)) {
      assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
      new Dataset(server, "docs").create();
      assertThat(data.resolve("docs/manifest.json")).exists();
      assertThat(server.stop()).isZero();
      checkJsonLines(Installation.lines(temp.resolve("out")), server.log());
    }
  }

  private static Map<String, String> environment(Map<String, String> ofTheGuide) {
    Map<String, String> environment = new TreeMap<>(ofTheGuide);
    environment.put("ELACSYM_LAUNCHER_BUILD", "never");
    // Port 3000 may be taken where this runs.
    environment.put("ELACSYM_PORT", "0");
    return environment;
  }

  private static String health(ServerProcess server) throws IOException {
    return server.send("GET", "/health", "").body();
  }

  private static String healthy(int namespaces) {
    return "{\"status\":\"healthy\",\"version\":\"0.1.0\",\"namespaces\":" + namespaces + "}";
  }

  /** As {@code ./elacsym 2>&1 | jq} wants them. */
  private static void checkJsonLines(List<String> out, List<String> err) {
    assertThat(err).isNotEmpty();
    Stream.concat(out.stream(), err.stream())
        .forEach(line -> {
          JsonNode json = parsed(line);
          assertThat(json.isObject()).as(line).isTrue();
          assertThat(json.has("level") && json.has("message")).as(line).isTrue();
        });
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }

  private void write(Dataset dataset, NavigableMap<Long, Doc> documents, int firstId) {
    List<Doc> batch =
        IntStream.range(firstId, firstId + DOCUMENTS)
            .mapToObj(id -> Doc.random(id, id % 4, firstId, random))
            .toList();
    dataset.upsert(batch);
    batch.forEach(doc -> documents.put(doc.id(), doc));
  }

  private void checkReads(Dataset dataset, NavigableMap<Long, Doc> documents) {
    assertThat(dataset.scan()).isEqualTo(documents);
    new Oracle(documents).check(dataset, random, ORACLE_ROUNDS);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
