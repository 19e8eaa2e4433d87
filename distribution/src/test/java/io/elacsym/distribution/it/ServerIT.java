package io.elacsym.distribution.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIT {
  private static final String SCHEMA =
      """
      {"schema":{"vector_dim":2,"vector_metric":"l2",
       "attributes":{"title":{"type":"string","full_text":true}}}}
      """;
  private static final String DOCUMENTS =
      """
      {"documents":[{"id":1,"vector":[0,1],"attributes":{"title":"object storage"}},
                    {"id":2,"vector":[5,5],"attributes":{"title":"vector search"}}]}
      """;

  @TempDir Path temp;

  @Test
  void theGuidesVariablesRunAServerWhoseDataSurvivesItsEnd() throws IOException {
    Path data = temp.resolve("lib");
    Map<String, String> environment =
        Map.of(
            "ELACSYM_STORAGE_PATH",
            data.toString(),
            "ELACSYM_CACHE_DISK_PATH",
            temp.resolve("cache").toString(),
            "ELACSYM_PORT",
            "0",
            "RUST_LOG",
            "info");
    try (ServerProcess server = ServerProcess.start(temp, environment)) {
      JsonNode health = server.get("/health");
      assertThat(health.path("status").asText()).isEqualTo("healthy");
      assertThat(health.path("namespaces").asInt()).isZero();
      assertThat(health.path("version").asText()).isEqualTo("0.1.0");
      assertThat(server.call("PUT", "/v1/namespaces/docs", SCHEMA).path("created").asBoolean())
          .isTrue();
      assertThat(
              server.call("POST", "/v1/namespaces/docs/upsert", DOCUMENTS).path("upserted").asInt())
          .isEqualTo(2);
      assertThat(nearest(server)).isEqualTo(2);
      assertThat(server.stop()).isZero();
      assertThat(server.log()).last().asString().contains("\"stopped\"");
      ObjectMapper json = new ObjectMapper();
      for (String line : server.log()) {
        assertThat(json.readTree(line).isObject()).as(line).isTrue();
      }
      assertThat(Installation.lines(temp.resolve("out"))).isEmpty();
    }
    assertThat(data.resolve("docs").resolve("manifest.json")).exists();
    try (ServerProcess server = ServerProcess.start(temp, environment, "server")) {
      assertThat(nearest(server)).isEqualTo(2);
      JsonNode found =
          server.call(
              "POST",
              "/v1/namespaces/docs/query",
              "{\"full_text\":{\"field\":\"title\",\"query\":\"storage\"}}");
      assertThat(found.path("results").path(0).path("id").asInt()).isEqualTo(1);
      assertThat(server.stop()).isZero();
    }
  }

  private static int nearest(ServerProcess server) {
    return server
        .call("POST", "/v1/namespaces/docs/query", "{\"vector\":[4,4],\"top_k\":1}")
        .path("results")
        .path(0)
        .path("id")
        .asInt();
  }

  @Test
  void aFileNamedInTheEnvironmentConfiguresIt() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("elacsym.toml"),
            """
            [server]
            host = "127.0.0.1"
            port = 0
            [storage.local]
            root_path = "%s"
            [cache]
            disk_path = "%s"
            [logging]
            format = "text"
            """
                .formatted(temp.resolve("data"), temp.resolve("cache")));
    try (ServerProcess server =
        ServerProcess.start(temp, Map.of("ELACSYM_CONFIG", file.toString()))) {
      assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
      assertThat(server.get("/health").path("status").asText()).isEqualTo("healthy");
      assertThat(server.log()).first().asString().startsWith("20").contains("INFO");
    }
  }

  @Test
  void theAccessLogIsAsTheGuideShowsIt() throws IOException {
    ObjectMapper json = new ObjectMapper();
    String target = "io.elacsym.server.access";
    JsonNode shown =
        json.readTree(
            Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
                .filter(line -> line.startsWith("{\"timestamp\"") && line.contains(target))
                .findFirst()
                .orElseThrow());
    Map<String, String> environment =
        Map.of(
            "ELACSYM_STORAGE_PATH",
            temp.resolve("data").toString(),
            "ELACSYM_PORT",
            "0",
            "ELACSYM_LOG",
            "info,elacsym.server.access=debug");
    try (ServerProcess server = ServerProcess.start(temp, environment)) {
      server.call("PUT", "/v1/namespaces/docs", SCHEMA);
      server.call("POST", "/v1/namespaces/docs/upsert", DOCUMENTS);
      assertThat(nearest(server)).isEqualTo(2);
      assertThat(server.stop()).isZero();
      List<JsonNode> lines = new ArrayList<>();
      for (String line : server.log()) {
        lines.add(json.readTree(line));
      }
      assertThat(lines).filteredOn(line -> line.path("level").asText().equals("DEBUG")).hasSize(3);
      JsonNode last =
          lines.stream()
              .filter(line -> line.path("target").asText().equals(target))
              .reduce((earlier, later) -> later)
              .orElseThrow();
      assertThat(List.copyOf(last.properties()).stream().map(Map.Entry::getKey))
          .containsExactlyElementsOf(
              List.copyOf(shown.properties()).stream().map(Map.Entry::getKey).toList());
      assertThat(last.path("level")).isEqualTo(shown.path("level"));
      assertThat(withoutNumbers(last)).isEqualTo(withoutNumbers(shown));
    }
  }

  private static String withoutNumbers(JsonNode line) {
    return line.path("message").asText().replaceAll(" \\d+", " N");
  }

  @Test
  void aBoundThatTheHeapCutsDownIsSaidOnceAtTheStartAndByTheCheck() {
    Map<String, String> small =
        Map.of(
            "ELACSYM_STORAGE_PATH",
            temp.resolve("data").toString(),
            "ELACSYM_PORT",
            "0",
            "ELACSYM_JAVA_OPTS",
            "-Xmx512m -XX:+UseSerialGC");
    try (ServerProcess server = ServerProcess.start(temp, small)) {
      assertThat(server.log())
          .filteredOn(line -> line.contains("cache.memory_size"))
          .singleElement()
          .asString()
          .contains("\"level\":\"INFO\"", "server.max_body_bytes", "segment.parquet.row_group");
    }
    Map<String, String> asked = new HashMap<>(small);
    asked.put("ELACSYM_CACHE_MEMORY_SIZE", "7GB");
    try (ServerProcess server = ServerProcess.start(temp, asked)) {
      assertThat(server.log())
          .filteredOn(line -> line.contains("cache.memory_size"))
          .singleElement()
          .asString()
          .contains("\"level\":\"WARN", "is 7GB (environment ELACSYM_CACHE_MEMORY_SIZE), but only");
      assertThat(server.log())
          .filteredOn(line -> line.contains("server.max_body_bytes"))
          .hasSize(1);
    }
    Installation.Ended check = Installation.run(temp, asked, "--check-config");
    assertThat(check.code()).isZero();
    assertThat(check.out())
        .filteredOn(line -> line.startsWith("note: "))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("note: cache.memory_size is 7GB"));
  }

  @Test
  void oneErrorIsOneError() throws IOException {
    Path file = Files.writeString(temp.resolve("c.toml"), "[server]\nport = 99999\n");
    Installation.Ended check =
        Installation.run(temp, Map.of(), "--check-config", "--config", file.toString());
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.err()).filteredOn(line -> line.startsWith("error: ")).hasSize(1);
    assertThat(check.err()).last().isEqualTo("The configuration is not valid: 1 error.");
  }

  @Test
  void aSecondServerOnTheSameDataIsTold() {
    Map<String, String> environment =
        Map.of("ELACSYM_STORAGE_PATH", temp.resolve("data").toString(), "ELACSYM_PORT", "0");
    try (ServerProcess server = ServerProcess.start(temp, environment)) {
      Path other = temp.resolve("other");
      assertThat(other.toFile().mkdir()).isTrue();
      Installation.Ended second = Installation.run(other, environment);
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err())
          .last()
          .asString()
          .contains("not started", Long.toString(server.pid()));
    }
  }

  @Test
  void aTakenPortIsTold() {
    try (ServerProcess server =
        ServerProcess.start(
            temp,
            Map.of("ELACSYM_STORAGE_PATH", temp.resolve("data").toString(), "ELACSYM_PORT", "0"))) {
      Path other = temp.resolve("other");
      assertThat(other.toFile().mkdir()).isTrue();
      String port = Integer.toString(server.url().getPort());
      Installation.Ended second = Installation.run(other, Map.of("ELACSYM_PORT", port));
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err()).last().asString().contains("not started", port);
    }
  }

  @Test
  void aCheckShowsEverythingThatIsWrongOfEveryPlugin() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("wrong.toml"),
            """
            [server]
            port = 99999
            [storage]
            backend = "s3"
            [storage.s3]
            bucket = "B"
            max_connections = "many"
            sse = "rot13"
            endpoint = "http://user:sekrit@not a host"
            [segment.parquet]
            compression = "zip"
            [index]
            vector = "hnsw"
            [index.hnsw]
            m = 100000
            ef_construction = 0
            """);
    Installation.Ended check =
        Installation.run(
            temp,
            Map.of("ELACSYM_CACHE_DISK_SIZE", "much"),
            "--check-config",
            "-c",
            file.toString());
    assertThat(check.code()).isEqualTo(1);
    String wrong = String.join("\n", check.err());
    assertThat(wrong)
        .contains(
            file + ":2: server.port is 99999, expected a whole number from 0 to 65535",
            file + ":6: storage.s3.bucket is 'B', expected",
            "storage.s3.region is missing",
            file + ":7: storage.s3.max_connections is 'many', expected a whole number",
            file + ":8: storage.s3.sse is 'rot13', expected",
            file + ":9: storage.s3.endpoint is 'http://(hidden)@not a host', expected",
            file + ":11: segment.parquet.compression is 'zip', expected",
            file + ":15: index.hnsw.m is 100000, expected",
            file + ":16: index.hnsw.ef_construction is 0, expected",
            "environment ELACSYM_CACHE_DISK_SIZE: cache.disk_size is 'much', expected",
            "not valid: 10 errors.")
        .doesNotContain("sekrit");
    assertThat(String.join("\n", check.out())).doesNotContain("sekrit");
    Installation.Ended start = Installation.run(temp, Map.of(), "-c", file.toString());
    assertThat(start.code()).isEqualTo(1);
    assertThat(String.join("\n", start.err())).contains("index.hnsw.m is 100000");
  }

  @Test
  void theTemplateAndTheInstalledPluginsAreValid() {
    Installation.Ended check =
        Installation.run(
            temp,
            Map.of(),
            "server",
            "--check-config",
            "--config",
            Installation.HOME.resolve("conf").resolve("config.toml").toString());
    assertThat(check.err()).isEmpty();
    assertThat(check.code()).isZero();
    assertThat(check.out()).last().isEqualTo("The configuration is valid.");
    Installation.Ended plugins = Installation.run(temp, Map.of(), "plugins");
    assertThat(plugins.code()).isZero();
    assertThat(String.join("\n", plugins.out()))
        .contains("local", "s3", "minio", "parquet", "orc", "ivf", "hnsw", "bm25");
  }
}
