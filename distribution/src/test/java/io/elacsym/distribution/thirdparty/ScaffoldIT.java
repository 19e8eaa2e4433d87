package io.elacsym.distribution.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.distribution.scaffold.ScaffoldKind;
import io.elacsym.distribution.thirdparty.Installed.Ended;
import io.elacsym.distribution.thirdparty.RunningElacsym.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a stranger does, from published artifacts only: makes a project, builds it with its
 * contract, installs it, uses it, replaces it and removes it.
 */
class ScaffoldIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared;
  private static PublishedArtifacts published;
  private static Installed elacsym;

  @TempDir private Path temp;

  @BeforeAll
  static void publish() throws Exception {
    published = PublishedArtifacts.staged();
    elacsym = Installed.copyTo(shared.resolve("elacsym"));
  }

  private Path project(String kind, String name) throws Exception {
    Path project = temp.resolve(name);
    ok(elacsym.run("plugins", "new", kind, "--name", name, "--out", project.toString()));
    assertThat(project).isDirectoryContaining("glob:**/build.gradle.kts");
    return project;
  }

  private static String ok(Ended ended) {
    assertThat(ended.code()).as(ended.output()).isZero();
    return ended.output();
  }

  @ParameterizedTest
  @EnumSource(ScaffoldKind.class)
  void aNewProjectKeepsItsContractAndCanBeInstalled(ScaffoldKind kind) throws Exception {
    String name = "my-" + kind;
    Path built = PluginBuild.verified(project(kind.toString(), name), published);
    Path zip = PluginBuild.only(built, "-plugin.zip");
    try {
      assertThat(ok(elacsym.run("plugins", "install", zip.toString())))
          .contains("Installed", name + " 1.0.0");
      assertThat(ok(elacsym.run("plugins"))).containsPattern(name + " +1\\.0\\.0 ");
      Path library = PluginBuild.only(elacsym.home().resolve("plugins").resolve(name), "28.jar");
      assertThat(library.getFileName().toString()).startsWith("zstd-jni-");
    } finally {
      elacsym.run("plugins", "remove", name, "--yes");
    }
  }

  @Test
  void ourOwnPluginsArePublishedAsStrangersAre() throws Exception {
    Path zip =
        published
            .directory()
            .resolve("io/elacsym/elacsym-format-orc")
            .resolve(published.version())
            .resolve("elacsym-format-orc-" + published.version() + "-plugin.zip");
    ok(elacsym.run("plugins", "remove", "format-orc", "--yes"));
    assertThat(ok(elacsym.run("plugins"))).doesNotContain(" orc ");
    assertThat(ok(elacsym.run("plugins", "install", zip.toString())))
        .contains("Installed segment format orc " + published.version());
    assertThat(ok(elacsym.run("plugins"))).contains(" orc ");
  }

  @Test
  void aPluginIsUsedReplacedAndRemoved() throws Exception {
    Path project = project("vector-index", "nearest");
    Path first = PluginBuild.only(PluginBuild.verified(project, published), "-plugin.zip");
    ok(elacsym.run("plugins", "install", first.toString()));
    Path config = config();
    try (RunningElacsym server = RunningElacsym.start(elacsym, config)) {
      fill(server);
      expectAnswer(server);
    }

    Path pom = project.resolve("pom.xml");
    Files.writeString(
        pom, Files.readString(pom).replaceFirst("<version>1.0.0<", "<version>1.0.1<"));
    Path second =
        PluginBuild.verified(project, published, "-DskipTests")
            .resolve("elacsym-vector-index-nearest-1.0.1-plugin.zip");
    assertThat(ok(elacsym.run("plugins", "install", second.toString())))
        .contains("Replaced vector index nearest 1.0.1");
    try (RunningElacsym server = RunningElacsym.start(elacsym, config)) {
      expectAnswer(server);
    }

    ok(elacsym.run("plugins", "remove", "nearest", "--yes"));
    Ended refused = elacsym.run("server", "--config", config.toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output()).contains("no vector index plugin is called 'nearest'");
  }

  private Path config() throws Exception {
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
        [index]
        vector = "nearest"
        """
            .formatted(temp.resolve("data"), temp.resolve("cache")));
  }

  private static void fill(RunningElacsym server) throws Exception {
    ObjectNode schema = JSON.createObjectNode();
    schema.putObject("schema").put("vector_dim", 2).put("vector_metric", "l2");
    expectOk(server.call("PUT", "/v1/namespaces/docs", schema));
    ObjectNode request = JSON.createObjectNode();
    for (int id = 0; id < 20; id++) {
      ObjectNode document = request.withArray("documents").addObject().put("id", id);
      document.putArray("vector").add(id).add(1);
    }
    expectOk(server.call("POST", "/v1/namespaces/docs/upsert", request));
    expectOk(server.call("POST", "/v1/namespaces/docs/compact", JSON.createObjectNode()));
  }

  private static void expectAnswer(RunningElacsym server) throws Exception {
    ObjectNode request = JSON.createObjectNode().put("top_k", 1).put("explain", true);
    request.putArray("vector").add(7).add(1);
    Answer answer = server.call("POST", "/v1/namespaces/docs/query", request);
    expectOk(answer);
    assertThat(answer.body().path("results").path(0).path("id").asInt()).isEqualTo(7);
    assertThat(answer.body().path("explain").toString()).contains("nearest index on vector");
  }

  private static void expectOk(Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 299);
  }
}
