package io.elacsym.distribution.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.distribution.thirdparty.RunningElacsym.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin of {@code examples/plugin-index-flat}: built by its own build from published artifacts
 * only, installed by copying its jar, and used.
 */
class ThirdPartyPluginIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 42;
  private static final int DIMENSION = 8;
  private static final int K = 10;
  private static final int QUERIES = 5;

  /** More than fit the plugin's smallest block. */
  private static final int DOCUMENTS = 300;

  @TempDir private static Path shared;
  private static Path jar;
  private static Installed elacsym;

  @TempDir private Path temp;
  private final Random random = new Random(SEED);
  private final List<float[]> vectors =
      IntStream.range(0, DOCUMENTS).mapToObj(id -> vector()).toList();

  @BeforeAll
  static void buildThePlugin() throws Exception {
    jar = PluginBuild.run(shared, PublishedArtifacts.staged());
    elacsym = Installed.copyTo(shared.resolve("elacsym"));
  }

  @BeforeEach
  void installThePlugin() throws Exception {
    if (!Files.exists(elacsym.home().resolve("plugins").resolve("flat"))) {
      elacsym.install("flat", jar);
    }
  }

  @Test
  void anInstalledPluginIsListedConfiguredAndUsed() throws Exception {
    assertThat(elacsym.run("plugins", "--options").output())
        .containsPattern("vector index +flat +1\\.0\\.0 ")
        .contains("[index.flat]", "block_size");
    Path config = config("flat", "[index.flat]\nblock_size = \"4KB\"\n");
    try (RunningElacsym server = RunningElacsym.start(elacsym, config)) {
      fill(server);
      expectExactAnswers(server, vectors, "flat index on vector");
    }
  }

  @Test
  void whatAPluginWroteStaysReadableUntilCompactionGivesItToAnother() throws Exception {
    try (RunningElacsym server = RunningElacsym.start(elacsym, config("flat", ""))) {
      fill(server);
    }
    try (RunningElacsym server = RunningElacsym.start(elacsym, config("hnsw", ""))) {
      expectExactAnswers(server, vectors, "flat index on vector");
      List<float[]> more = new ArrayList<>(vectors);
      more.add(vector());
      upsert(server, more, DOCUMENTS);
      expectExactAnswers(server, more, "hnsw index on vector");
    }
  }

  @Test
  void aPluginThatIsGoneIsNamedWhereItIsChosenAndStrandsNoData() throws Exception {
    Path flat = config("flat", "");
    try (RunningElacsym server = RunningElacsym.start(elacsym, flat)) {
      fill(server);
    }
    elacsym.remove("flat");
    Installed.Ended refused = elacsym.run("server", "--config", flat.toString());
    assertThat(refused.code()).isNotZero();
    assertThat(refused.output())
        .contains(
            "index.vector: no vector index plugin is called 'flat'; installed are [hnsw, ivf]");
    try (RunningElacsym server = RunningElacsym.start(elacsym, config("ivf", ""))) {
      // From the documents, until the index that is configured has been built in the background.
      while (!usedIndexes(query(server, vectors.getFirst())).contains("ivf index on vector")) {
        Thread.sleep(10);
      }
      expectExactAnswers(server, vectors, "ivf index on vector");
    }
    elacsym.install("flat", jar);
    try (RunningElacsym server = RunningElacsym.start(elacsym, flat)) {
      expectExactAnswers(server, vectors, "ivf index on vector");
    }
  }

  private Path config(String vectorIndex, String more) throws Exception {
    return Files.writeString(
        temp.resolve("elacsym-" + vectorIndex + ".toml"),
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
        vector = "%s"
        %s\
        """
            .formatted(temp.resolve("data"), temp.resolve("cache"), vectorIndex, more));
  }

  private void fill(RunningElacsym server) throws Exception {
    ObjectNode schema = JSON.createObjectNode();
    schema.putObject("schema").put("vector_dim", DIMENSION).put("vector_metric", "l2");
    expectOk(server.call("PUT", "/v1/namespaces/docs", schema));
    upsert(server, vectors, 0);
  }

  /** Upserts the vectors from {@code first} on, and makes one segment of all. */
  private static void upsert(RunningElacsym server, List<float[]> all, int first) throws Exception {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode documents = request.putArray("documents");
    for (int id = first; id < all.size(); id++) {
      ObjectNode document = documents.addObject().put("id", id);
      document.set("vector", JSON.valueToTree(all.get(id)));
    }
    expectOk(server.call("POST", "/v1/namespaces/docs/upsert", request));
    expectOk(server.call("POST", "/v1/namespaces/docs/compact", JSON.createObjectNode()));
  }

  private static Answer query(RunningElacsym server, float[] vector) throws Exception {
    ObjectNode request = JSON.createObjectNode().put("top_k", K).put("explain", true);
    request.set("vector", JSON.valueToTree(vector));
    return server.call("POST", "/v1/namespaces/docs/query", request);
  }

  /** Each query finds the true nearest in their order, by these strategies and no other. */
  private void expectExactAnswers(RunningElacsym server, List<float[]> all, String... strategies)
      throws Exception {
    for (int i = 0; i < QUERIES; i++) {
      float[] vector = vector();
      Answer answer = query(server, vector);
      expectOk(answer);
      List<Integer> nearest =
          IntStream.range(0, all.size())
              .boxed()
              .sorted(Comparator.comparingDouble(id -> squaredDistance(vector, all.get(id))))
              .limit(K)
              .toList();
      assertThat(answer.body().path("results"))
          .as("seed %d", SEED)
          .map(hit -> hit.path("id").asInt())
          .isEqualTo(nearest);
      assertThat(usedIndexes(answer)).containsExactlyInAnyOrder(strategies);
    }
  }

  /** How an answer was found, in each segment. */
  private static List<String> usedIndexes(Answer answer) {
    expectOk(answer);
    return answer
        .body()
        .path("explain")
        .path("plan")
        .path("inputs")
        .path(0)
        .path("inputs")
        .valueStream()
        .filter(node -> node.path("operation").asText().equals("part"))
        .map(node -> node.path("what").asText())
        .toList();
  }

  private static void expectOk(Answer answer) {
    JsonNode body = answer.body();
    assertThat(answer.status()).as(body::toString).isBetween(200, 299);
  }

  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextFloat();
    }
    return vector;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return sum;
  }
}
