package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.cli.Cli;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.Installation.Ended;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.tck.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do, with the commands of docs/operations.md, on local storage. */
class OperationsIT {
  private static final int BATCH = 50;
  private static final int ROUNDS = 2;

  @TempDir Path temp;

  private final Random random = new Random(Seed.current());
  private final NavigableMap<Long, Doc> first = new TreeMap<>();
  private final NavigableMap<Long, Doc> both = new TreeMap<>();
  private int runs;

  private Path data() {
    return temp.resolve("data");
  }

  private Map<String, String> environment(Path data) {
    return Map.of(
        "ELACSYM_STORAGE_PATH",
        data.toString(),
        "ELACSYM_PORT",
        "0",
        "ELACSYM_JAVA_OPTS",
        "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
  }

  private ServerProcess serve(Path data) throws IOException {
    return ServerProcess.start(newDirectory(), environment(data));
  }

  private Path newDirectory() throws IOException {
    return Files.createDirectory(temp.resolve("run-" + runs++));
  }

  /** Two flushed batches: {@link #first}, and then {@link #both}. */
  private void fill(Dataset docs) {
    docs.create();
    write(docs, 0);
    first.putAll(both);
    docs.post("/compact", "");
    write(docs, BATCH);
    docs.post("/compact", "");
  }

  private void write(Dataset docs, int from) {
    List<Doc> batch =
        IntStream.range(from, from + BATCH)
            .mapToObj(id -> Doc.random(id, 0, from, random))
            .toList();
    docs.upsert(batch);
    batch.forEach(doc -> both.put(doc.id(), doc));
  }

  private void fillAndStop() throws IOException {
    try (ServerProcess server = serve(data())) {
      fill(new Dataset(server, "docs"));
      assertThat(server.stop()).isZero();
    }
  }

  private void expect(Path data, String namespace, NavigableMap<Long, Doc> documents)
      throws IOException {
    try (ServerProcess server = serve(data)) {
      assertThat(new Dataset(server, namespace).scan()).isEqualTo(documents);
      assertThat(server.stop()).isZero();
    }
  }

  /** Runs a command of the built distribution. */
  private Ended launch(String... arguments) throws IOException {
    return Installation.run(newDirectory(), environment(data()), arguments);
  }

  /** The same in this process, which is faster. */
  private Ended run(String... arguments) {
    return run(false, "", arguments);
  }

  private Ended run(boolean terminal, String typed, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen screen =
        new Screen(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out),
            new PrintStream(err),
            terminal,
            100);
    Map<String, String> variables = new HashMap<>(environment(data()));
    variables.put("ELACSYM_PLUGINS", Installation.HOME.resolve("plugins").toString());
    int code = new Cli(screen, variables).run(arguments);
    return new Ended(code, lines(out), lines(err));
  }

  private static List<String> lines(ByteArrayOutputStream text) {
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private List<String> succeed(String... arguments) {
    return output(run(arguments));
  }

  private static List<String> output(Ended ended) {
    assertThat(ended.code()).as("%s", ended).isZero();
    return ended.out();
  }

  /** The newest version whose row in the history has so many documents. */
  private String versionWith(int documents) {
    return versionWith(documents, succeed("history", "-n", "docs"));
  }

  private static String versionWith(int documents, List<String> history) {
    Pattern row = Pattern.compile(" *(\\d+)  \\S+Z +\\d+ +" + documents + "( .*)?");
    return history.reversed().stream()
        .map(row::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aVersionIsFoundAndBroughtBackAndTheRestoreUndone() throws IOException {
    try (ServerProcess server = serve(data())) {
      fill(new Dataset(server, "docs"));
      Ended refused = launch("history", "-n", "docs");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err())
          .anyMatch(line -> line.contains("in use") && line.contains("pid " + server.pid()))
          .anyMatch(line -> line.endsWith("/v1/namespaces/docs/history"));
      JsonNode versions = server.get("/v1/namespaces/docs/history").path("versions");
      assertThat(versions.size()).isGreaterThanOrEqualTo(3);
      assertThat(server.stop()).isZero();
    }
    String then = versionWith(BATCH, output(launch("history", "-n", "docs")));
    Ended asked = run("restore", "-n", "docs", "--to", then);
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.out()).anyMatch(line -> line.startsWith("Gone:  what was written in "));
    assertThat(asked.err()).anyMatch(line -> line.contains("Add --yes"));
    expect(data(), "docs", both);

    List<String> restored = output(launch("restore", "-n", "docs", "--to", then, "--yes"));
    assertThat(restored.getLast()).startsWith("Undo: elacsym restore -n docs --to ");
    expect(data(), "docs", first);
    assertThat(succeed("history", "-n", "docs"))
        .anyMatch(line -> line.endsWith("as version " + then + " was"));

    String now = restored.getLast().substring(restored.getLast().lastIndexOf(' ') + 1);
    succeed("restore", "-n", "docs", "--to", now, "--yes");
    expect(data(), "docs", both);
    assertThat(succeed("verify")).last().isEqualTo("Nothing is damaged.");
  }

  @Test
  void aBranchIsANamespaceOfItsOwn() throws IOException {
    fillAndStop();
    assertThat(output(launch("branch", "docs", "trial")))
        .containsExactly("Namespace 'trial' begins as namespace 'docs' is.");
    String then = versionWith(BATCH);
    assertThat(succeed("branch", "docs", "before", "--at", then))
        .containsExactly(
            "Namespace 'before' begins as version " + then + " of namespace 'docs' was.");
    Ended again = run("branch", "docs", "trial");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).last().asString().contains("'trial' exists already");
    try (ServerProcess server = serve(data())) {
      Dataset trial = new Dataset(server, "trial");
      assertThat(trial.scan()).isEqualTo(both);
      assertThat(new Dataset(server, "before").scan()).isEqualTo(first);
      trial.post("/delete", "{\"ids\":[0]}");
      assertThat(new Dataset(server, "docs").scan()).isEqualTo(both);
      assertThat(server.stop()).isZero();
    }
    assertThat(succeed("verify")).last().isEqualTo("Nothing is damaged.");
  }

  @Test
  void aBackupIsServedFromItsFolderAndTheNextOneCopiesWhatIsNew() throws IOException {
    try (ServerProcess server = serve(data())) {
      Dataset docs = new Dataset(server, "docs");
      fill(docs);
      // In the WAL only.
      write(docs, 2 * BATCH);
      new Dataset(server, "other").create();
      assertThat(server.stop()).isZero();
    }
    Path copy = temp.resolve("copy");
    String to = "storage.local.root_path=" + copy;
    List<String> table = output(launch("backup", "--to", to));
    assertThat(table).anyMatch(line -> line.matches("docs +docs +\\d+ +(\\d+) +\\1 +.*B"));
    assertThat(table).anyMatch(line -> line.startsWith("other"));
    expect(copy, "docs", both);
    Path file =
        Files.writeString(
            temp.resolve("backup.toml"),
            "[storage]\nbackend = \"local\"\n[storage.local]\nroot_path = \"%s\"\n"
                .formatted(copy));
    assertThat(succeed("backup", "-n", "docs", "--to-config", file.toString()))
        .last()
        .asString()
        .matches("docs +docs +\\d+ +\\d+ +0 +0 B");
    succeed("backup", "-n", "docs", "--as", "docs-2");
    expect(data(), "docs-2", both);

    try (ServerProcess server = serve(copy)) {
      new Dataset(server, "docs").post("/delete", "{\"ids\":[0]}");
      assertThat(server.stop()).isZero();
    }
    Ended refused = run("backup", "--to", to);
    assertThat(refused.code()).as("a copy that was written to is not overwritten").isEqualTo(1);
    assertThat(refused.err())
        .anyMatch(line -> line.startsWith("error: docs: ") && line.contains("no untouched backup"));
    assertThat(refused.out()).anyMatch(line -> line.startsWith("other"));
  }

  @Test
  void aSpoiltNamespaceComesBackFromABackupUnderItsOldName() throws IOException {
    fillAndStop();
    Path copy = temp.resolve("copy");
    succeed("backup", "--to", "storage.local.root_path=" + copy);
    try (ServerProcess server = serve(data())) {
      new Dataset(server, "docs").post("/delete", "{\"ids\":[0,1,2]}");
      assertThat(server.stop()).isZero();
    }
    Ended back =
        Installation.run(
            newDirectory(),
            environment(copy),
            "backup",
            "-n",
            "docs",
            "--to",
            "storage.local.root_path=" + data(),
            "--as",
            "docs-restored");
    assertThat(back.code()).as("%s", back).isZero();
    try (ServerProcess server = serve(data())) {
      assertThat(server.call("DELETE", "/v1/namespaces/docs", "").path("deleted").asBoolean())
          .isTrue();
      JsonNode branch =
          server.call("POST", "/v1/namespaces/docs-restored/branch", "{\"name\":\"docs\"}");
      assertThat(branch.path("created").asBoolean()).as("%s", branch).isTrue();
      assertThat(new Dataset(server, "docs").scan()).isEqualTo(both);
      assertThat(server.stop()).isZero();
    }
    assertThat(succeed("verify")).last().isEqualTo("Nothing is damaged.");
  }

  @Test
  void aCorruptedManifestIsRepairedWithoutLoss() throws IOException {
    try (ServerProcess server = serve(data())) {
      Dataset docs = new Dataset(server, "docs");
      fill(docs);
      write(docs, 2 * BATCH);
      assertThat(server.stop()).isZero();
    }
    Path manifest = data().resolve("docs/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).substring(100));
    Ended verified = run("verify");
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out()).last().asString().startsWith("1 damage found; ");
    try (ServerProcess server = serve(data())) {
      ServerProcess.Answer answer = server.send("POST", "/v1/namespaces/docs/scan", "");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("\"corrupt\"", "elacsym repair");
      assertThat(server.stop()).isZero();
    }
    assertThat(output(launch("repair", "-n", "docs")))
        .singleElement()
        .asString()
        .startsWith("The manifest was damaged or gone. The copy of version ");
    expect(data(), "docs", both);
    assertThat(succeed("repair", "-n", "docs"))
        .containsExactly("The manifest is whole; nothing was changed.");
    assertThat(succeed("verify")).last().isEqualTo("Nothing is damaged.");
  }

  @Test
  void aLostSegmentIsGivenUpOnlyOnDemand() throws IOException {
    fillAndStop();
    try (Stream<Path> segments = Files.list(data().resolve("docs/segments"))) {
      // The oldest one is not used any more.
      Path newest =
          segments.filter(path -> path.toString().endsWith(".parquet")).sorted().toList().getLast();
      Files.delete(newest);
    }
    assertThat(run("verify").code()).isEqualTo(1);
    Ended asked = run("repair", "-n", "docs", "--forget-lost");
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.out())
        .startsWith("The manifest is whole.")
        .anyMatch(line -> line.startsWith("docs/segments/"))
        .noneMatch(line -> line.contains("nothing was changed"));
    assertThat(asked.err()).anyMatch(line -> line.contains("Add --yes"));
    // What a version still has is better than nothing.
    succeed("restore", "-n", "docs", "--to", versionWith(BATCH), "--yes");
    expect(data(), "docs", first);
    try (Stream<Path> segments = Files.list(data().resolve("docs/segments"))) {
      for (Path path : segments.toList()) {
        Files.delete(path);
      }
    }
    List<String> given = succeed("repair", "-n", "docs", "--forget-lost", "--yes");
    assertThat(given).noneMatch(line -> line.contains("nothing was changed"));
    assertThat(given).last().isEqualTo(BATCH + " documents lost; everything else is served again.");
    expect(data(), "docs", new TreeMap<>());
  }

  @Test
  void manyNoticesOfAKindAreOneRowAndTheVerdictComesLast() throws IOException {
    fillAndStop();
    for (int i = 0; i < 300; i++) {
      Files.writeString(data().resolve("docs/segments/leftover-" + (1000 + i) + ".parquet"), "x");
    }
    List<String> verified = succeed("verify");
    assertThat(verified).last().isEqualTo("Nothing is damaged.");
    assertThat(verified)
        .filteredOn(line -> line.startsWith("notice"))
        .singleElement()
        .asString()
        .contains("docs/segments/leftover-1000.parquet and 299 more");
  }

  @Test
  void aProbeTellsThatLocalStorageIsGoodEnoughAndLeavesNothing() throws IOException {
    fillAndStop();
    List<String> probed = output(launch("storage", "probe", "--rounds", "" + ROUNDS));
    assertThat(probed).last().asString().matches("All \\d+ promises hold: .* good enough\\.");
    assertThat(probed).anyMatch(line -> line.matches("of many concurrent ifAbsent .* ok .*s"));
    try (Stream<Path> left = Files.list(data())) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("elacsym-probe"));
    }
    expect(data(), "docs", both);
  }

  @Test
  void onATerminalAPersonIsAskedAndNoMeansNo() throws IOException {
    fillAndStop();
    String then = versionWith(BATCH);
    Ended refused = run(true, "n\n", "restore", "-n", "docs", "--to", then);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).last().asString().endsWith("[y/N] Nothing was changed.");
    expect(data(), "docs", both);
    output(run(true, "y\n", "restore", "-n", "docs", "--to", then));
    expect(data(), "docs", first);
  }
}
