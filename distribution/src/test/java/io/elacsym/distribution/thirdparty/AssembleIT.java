package io.elacsym.distribution.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.thirdparty.Installed.Ended;
import io.elacsym.distribution.thirdparty.RunningElacsym.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `elacsym assemble` makes is started from another place, and answers a query. */
class AssembleIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Installed BUILT = new Installed(Installation.HOME);

  @TempDir private Path temp;

  private Installed assembled(String... more) throws Exception {
    Path out = temp.resolve("assembled");
    List<String> arguments = new ArrayList<>(List.of("assemble", "--out", out.toString()));
    arguments.addAll(List.of(more));
    Ended ended = BUILT.run(arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.output()).isZero();
    // Packed and unpacked elsewhere, as it is downloaded: nothing may depend on where it was made.
    Path archive = temp.resolve("elacsym.tar.gz");
    Path home = Files.createDirectory(temp.resolve("unpacked"));
    tar("-czf", archive.toString(), "-C", out.toString(), ".");
    tar("-xzf", archive.toString(), "-C", home.toString());
    return new Installed(home);
  }

  private static void tar(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void expectAnswer(RunningElacsym server) throws Exception {
    ObjectNode schema = JSON.createObjectNode();
    schema.putObject("schema").put("vector_dim", 2);
    expectOk(server.call("PUT", "/v1/namespaces/docs", schema));
    ObjectNode request = JSON.createObjectNode();
    for (int id = 0; id < 20; id++) {
      ObjectNode document = request.withArray("documents").addObject().put("id", id);
      document.putArray("vector").add(id).add(1);
    }
    expectOk(server.call("POST", "/v1/namespaces/docs/upsert", request));
    expectOk(server.call("POST", "/v1/namespaces/docs/compact", JSON.createObjectNode()));
    ObjectNode query = JSON.createObjectNode().put("top_k", 1);
    query.putArray("vector").add(0).add(1);
    Answer answer = server.call("POST", "/v1/namespaces/docs/query", query);
    expectOk(answer);
    assertThat(answer.body().path("results").path(0).path("id").asInt()).isZero();
  }

  private static void expectOk(Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 299);
  }

  private Path config(String more) throws IOException {
    return Files.writeString(
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
        %s
        """
            .formatted(temp.resolve("data"), temp.resolve("cache"), more));
  }

  @Test
  void aWholeOneHasEverythingAndTheDemo() throws Exception {
    Installed whole = assembled("--demo", "--image");
    assertThat(names(whole.home().resolve("plugins")))
        .isEqualTo(names(Installation.HOME.resolve("plugins")));
    assertThat(whole.home().resolve("demo")).isDirectory();
    assertThat(whole.home().resolve("Dockerfile")).content().contains("FROM eclipse-temurin");
    try (RunningElacsym server = RunningElacsym.start(whole, config(""))) {
      expectAnswer(server);
    }
  }

  @Test
  void aSlimOneHasTheChosenPluginsOnly() throws Exception {
    Installed slim =
        assembled("--plugins", "storage-local,format-orc,index-hnsw,index-bm25", "--image");
    assertThat(names(slim.home().resolve("plugins")))
        .containsExactly("format-orc", "index-bm25", "index-hnsw", "storage-local");
    assertThat(slim.home().resolve("demo")).doesNotExist();
    Path config = config("[segment]\nformat = \"orc\"\n[index]\nvector = \"hnsw\"");
    try (RunningElacsym server = RunningElacsym.start(slim, config)) {
      expectAnswer(server);
    }
  }

  @Test
  void oneWithARuntimeUsesThatAndNoOther() throws Exception {
    Installed own =
        assembled(
            "--plugins",
            "storage-local,format-parquet,index-ivf,index-bm25",
            "--runtime",
            "--image");
    assertThat(own.home().resolve("Dockerfile")).content().contains("FROM debian");
    Path config = config("");
    try (RunningElacsym server = RunningElacsym.startWithoutJava(own, config)) {
      assertThat(server.command())
          .isEqualTo(own.home().resolve("runtime/bin/java").toRealPath().toString());
      expectAnswer(server);
    }
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAnythingIsWritten() throws Exception {
    Path out = temp.resolve("never");
    Ended unknown = BUILT.run("assemble", "--plugins", "storage-s4", "--out", out.toString());
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.output()).contains("'storage-s4'", "storage-s3");
    Ended useless = BUILT.run("assemble", "--plugins", "storage-local", "--out", out.toString());
    assertThat(useless.code()).isEqualTo(1);
    assertThat(useless.output()).contains("no segment format plugin is chosen");
    assertThat(out).doesNotExist();
    Ended full = BUILT.run("assemble", "--out", Installation.HOME.toString());
    assertThat(full.output()).contains("is not empty");
  }

  @Test
  void aDefaultThatIsNotThereIsToldToBeConfigured() throws Exception {
    Ended ended =
        BUILT.run(
            "assemble",
            "--plugins",
            "storage-s3,format-parquet,index-ivf,index-bm25",
            "--out",
            temp.resolve("s3").toString());
    assertThat(ended.code()).isZero();
    assertThat(ended.output())
        .contains("Its configuration has to say storage.backend: there is [s3] and no local.");
  }
}
