package io.elacsym.distribution.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.cli.Cli;
import io.elacsym.distribution.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferIT {
  @TempDir static Path home;
  private static Map<String, String> environment = Map.of();

  @SuppressWarnings("NullAway.Init") // set before every test
  private static ServerProcess server;

  @TempDir Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void startServer() {
    environment =
        Map.of("ELACSYM_STORAGE_PATH", home.resolve("data").toString(), "ELACSYM_PORT", "0");
    server = ServerProcess.start(home, environment);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    Screen screen =
        new Screen(
            InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err), false, 100);
    Map<String, String> variables =
        Map.of(
            "ELACSYM_SERVER",
            server.url().toString(),
            "ELACSYM_PLUGINS",
            Installation.HOME.resolve("plugins").toString());
    return new Cli(screen, variables).run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(temp.resolve(name), content);
  }

  private static long documents(String namespace) {
    JsonNode stats = server.get("/v1/namespaces/" + namespace).path("stats");
    return stats.path("documents").asLong();
  }

  @Test
  void whatIsExportedIsWhatWasImported() throws IOException {
    String lines =
        IntStream.range(0, 2_500)
            .mapToObj(i ->
                "{\"id\":"
                    + i
                    + ",\"attributes\":{\"title\":\"one of several titles, number "
                    + i
                    + "\",\"n\":"
                    + i
                    + "},\"vector\":["
                    + i
                    + ".5,-1.0]}\n")
            .collect(Collectors.joining());
    Path file = file("a.jsonl", lines);
    int code = run("import", file.toString(), "-n", "round", "--create", "--batch", "300");
    assertThat(code).as(err()).isZero();
    assertThat(out()).contains("Imported 2,500 documents into round", "0 refused");
    assertThat(err()).contains("Created namespace round", "\"vector_dim\":2");
    assertThat(temp.resolve("a.jsonl.elacsym-import")).doesNotExist();
    Path back = temp.resolve("back.jsonl");
    assertThat(run("export", "-n", "round", "--out", back.toString())).as(err()).isZero();
    assertThat(err()).contains("Exported 2,500 documents");
    assertThat(Files.readString(back)).isEqualTo(lines);

    Path csv = temp.resolve("back.csv");
    assertThat(run("export", "-n", "round", "--out", csv.toString())).as(err()).isZero();
    code = run("import", csv.toString(), "-n", "from-csv", "--create");
    assertThat(code).as(err()).isZero();
    assertThat(run("export", "-n", "from-csv")).as(err()).isZero();
    assertThat(out()).isEqualTo(lines);

    assertThat(run("query", "-n", "round", "--text", "number 77", "-k", "1")).as(err()).isZero();
    assertThat(out()).contains("id", "score", "one of several titles, number 77");
    assertThat(run("query", "-n", "round", "--vector", "[9.5,-1]", "--explain")).as(err()).isZero();
    assertThat(out()).contains("plan", "nearest: the 10 nearest by vector", "waves");
    assertThat(out()).contains("why", "└─ vector is near by");
    String request =
        "{\"cursor\":\"\",\"aggregates\":{\"all\":{\"count\":true}},"
            + "\"filter\":{\"field\":\"id\",\"op\":\"gte\",\"value\":2000}}";
    assertThat(run("query", "-n", "round", "--request", request, "-k", "3")).as(err()).isZero();
    assertThat(out())
        .containsPattern("all +50[01]")
        .contains("2000", "2002")
        .doesNotContain("2003");
    assertThat(err()).contains("There may be more, with \"cursor\": \"");
    assertThat(run("query", "-n", "round", "--request", "[]")).isEqualTo(1);
    assertThat(err()).contains("--request is an array, expected an object");
    assertThat(run("stats")).as(err()).isZero();
    assertThat(out()).containsPattern("round +2,500");
    assertThat(run("stats", "-n", "round")).as(err()).isZero();
    assertThat(out()).containsPattern("title +string");
  }

  @Test
  void refusedRowsAreNamedAndTheOthersStored() throws IOException {
    String lines =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i ->
                i % 40 == 0
                    ? "{\"id\":" + i + ",\"vector\":[1]}"
                    : i == 7 ? "{\"id\":" : "{\"id\":" + i + ",\"vector\":[1,2]}")
            .collect(Collectors.joining("\n"));
    Path file = file("bad.jsonl", lines);
    assertThat(run("import", file.toString(), "-n", "bad", "--create")).isEqualTo(1);
    assertThat(out()).contains("Imported 97 documents", "3 refused");
    assertThat(err()).contains("line 7: ", "line 40: vector has 1", "line 80: vector has 1");
    assertThat(documents("bad")).isEqualTo(97);
  }

  @Test
  void anImportThatGaveUpGoesOnWhereItWas() throws IOException {
    List<String> lines =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj(i -> i <= 500 ? "{\"id\":" + i + "}" : "{\"id\":[" + i + "]}")
            .toList();
    Path file = file("half.jsonl", String.join("\n", lines));
    String[] command = {
      "import",
      file.toString(),
      "-n",
      "half",
      "--create",
      "--batch",
      "100",
      "--concurrency",
      "1",
      "--max-errors",
      "0"
    };
    assertThat(run(command)).isEqualTo(1);
    assertThat(err()).contains("gave up");
    assertThat(documents("half")).isEqualTo(500);
    assertThat(temp.resolve("half.jsonl.elacsym-import")).exists();
    command[command.length - 1] = "1000";
    assertThat(run(command)).isEqualTo(1);
    assertThat(err()).contains("Going on after line 500");
    assertThat(temp.resolve("half.jsonl.elacsym-import")).doesNotExist();
  }

  @Test
  void vectorsOfFvecsComeBackBitForBit() throws IOException {
    Path file = temp.resolve("v.fvecs");
    ByteBuffer bytes = ByteBuffer.allocate(300 * 20).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 300; i++) {
      bytes.putInt(4).putFloat(i).putFloat(1f / (i + 1)).putFloat(-i).putFloat(1e-20f);
    }
    Files.write(file, bytes.array());
    assertThat(run("import", file.toString(), "-n", "fvecs", "--create")).as(err()).isZero();
    Path back = temp.resolve("back.fvecs");
    assertThat(run("export", "-n", "fvecs", "-o", back.toString())).as(err()).isZero();
    assertThat(Files.readAllBytes(back)).isEqualTo(bytes.array());
  }

  /**
   * The file was written by PyArrow 26 with its defaults: snappy, dictionaries, a fixed-size list.
   */
  @Test
  void parquetOfOtherWritersIsImported() throws IOException {
    Path file = temp.resolve("pyarrow.parquet");
    try (InputStream resource = TransferIT.class.getResourceAsStream("pyarrow.parquet")) {
      Files.copy(Objects.requireNonNull(resource), file);
    }
    int code =
        run(
            "import",
            file.toString(),
            "-n",
            "pyarrow",
            "--create",
            "--id-column",
            "key",
            "--vector-column",
            "embedding");
    assertThat(code).as(err()).isZero();
    assertThat(out()).contains("Imported 50 documents");
    assertThat(server.get("/v1/namespaces/pyarrow/documents/8").toString())
        .isEqualTo(
            "{\"id\":8,\"attributes\":{\"title\":\"document number 8 of fifty\",\"year\":2008,"
                + "\"score\":2.0,\"good\":true,\"big\":18446744073709551607,"
                + "\"at\":\"2026-01-01T00:00:08Z\",\"day\":\"2026-01-09T00:00:00Z\","
                + "\"tags\":[\"a\",\"t8\"]},\"vector\":[8.0,0.5,-1.25]}");
  }

  @Test
  void aSegmentThatElacsymWroteIsImported() throws IOException {
    Path lines =
        file("a.jsonl", "{\"id\":1,\"vector\":[1,2],\"t\":\"x\"}\n{\"id\":2,\"vector\":[3,4]}\n");
    assertThat(run("import", lines.toString(), "-n", "segment", "--create")).as(err()).isZero();
    server.call("POST", "/v1/namespaces/segment/compact", "");
    Path segment;
    try (Stream<Path> files = Files.list(home.resolve("data/segment/segments"))) {
      segment =
          files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    assertThat(run("import", segment.toString(), "-n", "again", "--create")).as(err()).isZero();
    assertThat(run("export", "-n", "again")).as(err()).isZero();
    assertThat(out())
        .isEqualTo(
            """
            {"id":1,"attributes":{"t":"x"},"vector":[1.0,2.0]}
            {"id":2,"attributes":{},"vector":[3.0,4.0]}
            """);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private Path resource(String name) throws IOException {
    try (InputStream resource = TransferIT.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(resource), temp.resolve(name));
    }
    return temp.resolve(name);
  }

  @Test
  void anExportThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    Path old = file("old.jsonl", "precious");
    assertThat(run("export", "-n", "nowhere", "-o", old.toString())).isEqualTo(1);
    assertThat(run("export", "-n", "nowhere", "-o", temp.resolve("new").toString() + ".csv"))
        .isEqualTo(1);
    assertThat(run("export", "-n", "x", "-s", "http://127.0.0.1:1", "-o", temp + "/no/where.jsonl"))
        .isEqualTo(1);
    assertThat(err()).contains("there is no such directory");
    // To where it could be written, from a server that is down.
    assertThat(run("export", "-n", "x", "-s", "http://127.0.0.1:1", "-o", old.toString()))
        .isEqualTo(1);
    assertThat(err()).contains("no answer from http://127.0.0.1:1");
    assertThat(old).hasContent("precious");
    assertThat(names()).containsExactly("old.jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void aNegativeIdIsRefusedInTheSameWordsByEveryFormat(String format) throws IOException {
    Path file =
        format.equals("csv")
            ? file("negative.csv", "id\n-5\n1\n")
            : file("negative.jsonl", "{\"id\":-5}\n{\"id\":1}\n");
    assertThat(run("import", file.toString(), "-n", "negative-" + format, "--create")).isEqualTo(1);
    assertThat(out()).contains("Imported 1 documents", "1 refused");
    assertThat(err()).contains("id is -5, expected");
    assertThat(run("export", "-n", "negative-" + format)).isZero();
    assertThat(out()).isEqualTo("{\"id\":1,\"attributes\":{}}\n");
  }

  /** Written by PyArrow 26: signed ids, one of them negative, and a text that is not UTF-8. */
  @Test
  void parquetKeepsSignsAndRefusesWhatIsNoText() throws IOException {
    Path file = resource("odd.parquet");
    assertThat(run("import", file.toString(), "-n", "odd", "--create")).isEqualTo(1);
    assertThat(err()).contains("row 1: id is -5, expected");
    assertThat(err()).contains("row 2: title has bytes that are not UTF-8");
    assertThat(documents("odd")).isEqualTo(2);
    Path unsigned = resource("unsigned.parquet");
    assertThat(run("import", unsigned.toString(), "-n", "unsigned", "--create")).isZero();
    assertThat(run("export", "-n", "unsigned")).isZero();
    assertThat(out()).contains("{\"id\":18446744073709551611,");
  }

  @Test
  void whatPandasWritesByDefaultIsExplainedAndThenImported() throws IOException {
    Path file = file("pandas.csv", "\uFEFF,title,year\n0,a,1\n1,b,2\n");
    assertThat(run("import", file.toString(), "-n", "pandas", "--create")).isEqualTo(1);
    assertThat(err()).contains("column 1 has no name", "--unnamed-column id").doesNotContain("bug");
    assertThat(server.get("/v1/namespaces/pandas").has("error")).isTrue();
    assertThat(run("import", file.toString(), "-n", "pandas", "--create", "--unnamed-column", "id"))
        .as(err())
        .isZero();
    assertThat(documents("pandas")).isEqualTo(2);
  }

  @Test
  void aFileOfWhichNothingIsTakenLeavesNoNamespace() throws IOException {
    Path here = file("here.jsonl", "{\"id\":-1}\n{\"id\":[2]}\n");
    assertThat(run("import", here.toString(), "-n", "none", "--create")).isEqualTo(1);
    assertThat(err()).contains("Deleted namespace none again");
    assertThat(server.get("/v1/namespaces/none").has("error")).isTrue();
    Path local = file("local.jsonl", "no json\n");
    assertThat(run("import", local.toString(), "-n", "none", "--create")).isEqualTo(1);
    assertThat(err()).doesNotContain("Created namespace");
    assertThat(server.get("/v1/namespaces/none").has("error")).isTrue();
    assertThat(names()).containsExactly("here.jsonl", "local.jsonl");

    Path good = file("good.jsonl", "{\"id\":\"text\",\"n\":1}\n");
    assertThat(run("import", good.toString(), "-n", "none", "--create")).as(err()).isZero();
    assertThat(run("import", here.toString(), "-n", "none", "--create")).isEqualTo(1);
    assertThat(documents("none")).as("it was not made by that import").isEqualTo(1);
    server.call("PUT", "/v1/namespaces/empty", "{\"vector_dim\":1}");
    assertThat(run("import", here.toString(), "-n", "empty", "--create")).isEqualTo(1);
    assertThat(server.get("/v1/namespaces/empty").has("error")).isFalse();
  }

  @Test
  void aMissingNamespaceIsExplained() throws IOException {
    Path file = file("a.jsonl", "{\"id\":1}\n");
    assertThat(run("import", file.toString(), "-n", "nowhere")).isEqualTo(1);
    assertThat(err()).contains("'nowhere'", "--create");
    assertThat(run("query", "-n", "nowhere", "--vector", "[1]")).isEqualTo(1);
    assertThat(err()).contains("nowhere");
  }

  @Test
  void verifyReadsEverythingOnceTheServerIsStopped() throws IOException {
    Path other = Files.createDirectories(temp.resolve("verify"));
    Map<String, String> own =
        Map.of("ELACSYM_STORAGE_PATH", other.resolve("data").toString(), "ELACSYM_PORT", "0");
    try (ServerProcess stopped = ServerProcess.start(other, own)) {
      stopped.call("PUT", "/v1/namespaces/one", "{\"vector_dim\":1}");
      stopped.call(
          "POST", "/v1/namespaces/one/upsert", "{\"documents\":[{\"id\":1,\"vector\":[1]}]}");
      Installation.Ended locked = Installation.run(temp, own, "verify");
      assertThat(locked.code()).isEqualTo(1);
      assertThat(String.join("\n", locked.err())).contains(Long.toString(stopped.pid()));
      stopped.call("POST", "/v1/namespaces/one/compact", "");
      assertThat(stopped.stop()).isZero();
    }
    Installation.Ended verified = Installation.run(temp, own, "verify");
    assertThat(verified.err()).isEmpty();
    assertThat(verified.code()).isZero();
    assertThat(verified.out()).last().isEqualTo("Nothing is damaged.");
    deleteFiles(other.resolve("data/one/wal"));
    Installation.Ended harmless = Installation.run(temp, own, "verify");
    assertThat(harmless.code()).isZero();
    assertThat(String.join("\n", harmless.out())).contains("nothing is lost");
    assertThat(harmless.out()).last().isEqualTo("Nothing is damaged.");
    try (ServerProcess killed = ServerProcess.start(other, own)) {
      killed.call(
          "POST", "/v1/namespaces/one/upsert", "{\"documents\":[{\"id\":2,\"vector\":[1]}]}");
      killed.call("POST", "/v1/namespaces/one/compact", "");
      killed.kill();
    }
    deleteFiles(other.resolve("data/one/wal"));
    Installation.Ended cut = Installation.run(temp, own, "verify");
    assertThat(cut.code()).isEqualTo(1);
    assertThat(cut.out()).last().asString().startsWith("1 damage found");
    assertThat(String.join("\n", cut.out())).contains("the last entry that was flushed is missing");
  }

  @Test
  void verifyDoesNotSayThatAllIsWellWhereNobodyCanSay() throws IOException {
    Path other = Files.createDirectories(temp.resolve("doubt"));
    Map<String, String> own =
        Map.of("ELACSYM_STORAGE_PATH", other.resolve("data").toString(), "ELACSYM_PORT", "0");
    try (ServerProcess killed = ServerProcess.start(other, own)) {
      killed.call("PUT", "/v1/namespaces/one", "{\"vector_dim\":1}");
      killed.call(
          "POST", "/v1/namespaces/one/upsert", "{\"documents\":[{\"id\":1,\"vector\":[1]}]}");
      killed.kill();
    }
    deleteFiles(other.resolve("data/one/wal"));
    Installation.Ended verified = Installation.run(temp, own, "verify");
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out())
        .last()
        .isEqualTo("No damage is proven, but writes may be lost: 1 doubt.");
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
