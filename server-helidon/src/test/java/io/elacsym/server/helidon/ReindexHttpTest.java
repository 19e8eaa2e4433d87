package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import io.elacsym.tck.Seed;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other indexes for data that exists, over a socket. */
@Timeout(120)
class ReindexHttpTest {
  private static final String PATH = "/v1/namespaces/docs/reindex";
  private static final String RABITQ = "ivf v1 bits=5 list_rows=256 quantizer=rabitq";
  private static final String PQ = "ivf v1 bits=5 list_rows=256 quantizer=pq";
  private static final String SQ8 = "ivf v1 bits=5 list_rows=256 quantizer=sq8";
  private static final String HNSW = "hnsw v1 ef_construction=100 m=16";
  private static final int SEGMENT = 60;

  private final MemoryStorage bucket = new MemoryStorage();
  private TestServer server;

  private void startWith(Map<String, String> settings) {
    server =
        TestServer.startEngineWith(settings, new GivenStorageProvider("given", bucket::attach));
  }

  @BeforeEach
  void start() {
    startWith(Map.of("compaction.enabled", "false"));
    server.put(
        "/v1/namespaces/docs",
        """
        {"vector_dim":2,"vector_metric":"l2","attributes":{
          "title":{"type":"string","full_text":true},"year":{"type":"int","indexed":true}}}
        """);
    for (int segment = 0; segment < 3; segment++) {
      int first = segment * SEGMENT;
      upsert(
          IntStream.range(first, first + SEGMENT)
              .mapToObj(id -> document(id, id))
              .collect(Collectors.joining(",")));
      server.engine.namespace("docs").flush();
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String document(int id, int y) {
    return "{\"id\":%d,\"vector\":[1,%d],\"attributes\":{\"title\":\"word%d\",\"year\":%d}}"
        .formatted(id, y, id, id % 7);
  }

  private void upsert(String documents) {
    Answer answer =
        server.post("/v1/namespaces/docs/upsert", "{\"documents\":[" + documents + "]}");
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
  }

  private JsonNode ok(Answer answer) {
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("namespace").asText()).isEqualTo("docs");
    return answer.json();
  }

  private JsonNode reindex(String body) {
    return ok(server.post(PATH, body));
  }

  /** How many vector indexes have a recipe. */
  private Map<String, Integer> recipes() {
    Map<String, Integer> recipes = new TreeMap<>();
    for (JsonNode count : server.get("/v1/namespaces/docs").json().path("stats").path("indexes")) {
      if (count.path("kind").asText().equals("vector")) {
        recipes.put(count.path("recipe").asText(), count.path("indexes").asInt());
      }
    }
    return recipes;
  }

  private List<Integer> found(String query) {
    List<Integer> ids = new ArrayList<>();
    answered(server.post("/v1/namespaces/docs/query", query))
        .path("results")
        .forEach(hit -> ids.add(hit.path("id").asInt()));
    return ids;
  }

  private static JsonNode answered(Answer answer) {
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private void everythingIsFound() {
    for (int id : List.of(0, 59, 60, 137, 179)) {
      assertThat(found("{\"vector\":[1,%d],\"top_k\":1,\"recall_target\":1}".formatted(id)))
          .containsExactly(id);
      assertThat(found("{\"full_text\":{\"field\":\"title\",\"query\":\"word%d\"}}".formatted(id)))
          .containsExactly(id);
    }
  }

  @Test
  void statsTellHowIndexesWereBuiltAndHowManyThereAre() {
    JsonNode indexes = server.get("/v1/namespaces/docs").json().path("stats").path("indexes");
    assertThat(indexes).hasSize(3);
    assertThat(indexes)
        .map(count -> count.path("kind").asText())
        .containsExactly("vector", "text", "attribute");
    JsonNode vectors = indexes.get(0);
    assertThat(vectors.path("encoding").asText()).startsWith("ivf v1");
    assertThat(vectors.path("recipe").asText()).isEqualTo(RABITQ);
    assertThat(vectors.path("configured").asBoolean()).isTrue();
    assertThat(vectors.path("indexes").asInt()).isEqualTo(3);
    assertThat(vectors.path("rows").asInt()).isEqualTo(3 * SEGMENT);
    assertThat(vectors.path("bytes").asLong()).isPositive();
    assertThat(indexes.get(2).has("recipe")).isFalse();
  }

  @Test
  void oneLineOfConfigurationAndAReindexExchangeTheIndexUnderQueriesAndWrites()
      throws InterruptedException {
    exchanged(Map.of("index.vector", "hnsw"), Map.of(RABITQ, 3), HNSW);
    exchanged(Map.of("index.ivf.quantizer", "pq"), Map.of(HNSW, 3), PQ);
    exchanged(Map.of("index.ivf.quantizer", "sq8"), Map.of(PQ, 3), SQ8);
    exchanged(Map.of(), Map.of(SQ8, 3), RABITQ);
  }

  /** Starts with other settings and reindexes, while clients do as they always do. */
  private void exchanged(Map<String, String> settings, Map<String, Integer> before, String after)
      throws InterruptedException {
    server.close();
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("compaction.enabled", "false");
    startWith(all);
    assertThat(recipes()).isEqualTo(before);
    everythingIsFound();
    AtomicBoolean over = new AtomicBoolean();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    long seed = Seed.current();
    List<Thread> clients = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      Random random = new Random(seed + number);
      int mine = 1_000 * (number + 1);
      clients.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (!over.get()) {
                    int id = mine + random.nextInt(20);
                    upsert(document(id, id));
                    assertThat(found("{\"vector\":[1,%d],\"top_k\":1}".formatted(id)))
                        .containsExactly(id);
                    everythingIsFound();
                  }
                } catch (Throwable e) {
                  failures.add(new AssertionError("seed " + seed, e));
                }
              }));
    }
    JsonNode status = reindex("{\"wait\":true}");
    over.set(true);
    for (Thread client : clients) {
      client.join();
    }
    assertThat(failures).isEmpty();
    assertThat(status.path("state").asText()).isEqualTo("done");
    assertThat(status.path("recipes").get(0).asText()).isEqualTo(after);
    assertThat(status.path("segments_done").asInt()).isEqualTo(3);
    assertThat(status.path("segments").asInt()).isEqualTo(3);
    assertThat(status.path("rows_done").asInt()).isEqualTo(3 * SEGMENT);
    assertThat(recipes()).isEqualTo(Map.of(after, 3));
    everythingIsFound();
  }

  @Test
  void itIsAnsweredAtOnceAndGoesOnBehindTheAnswer() {
    assertThat(ok(server.get(PATH)).toString())
        .isEqualTo("{\"namespace\":\"docs\",\"state\":\"none\"}");
    Answer begun = server.post(PATH, "{\"index\":\"hnsw\"}");
    assertThat(begun.status()).describedAs(begun.text()).isIn(200, 202);
    assertThat(begun.json().path("state").asText())
        .isEqualTo(begun.status() == 202 ? "running" : "done");
    assertThat(begun.json().path("recipes")).hasSize(1);
    JsonNode status = ok(server.get(PATH));
    while (status.path("state").asText().equals("running")) {
      status = ok(server.get(PATH));
    }
    assertThat(status.path("state").asText()).isEqualTo("done");
    assertThat(status.path("ended_at").asText()).isNotEmpty();
    assertThat(status.has("last_error")).isFalse();
    assertThat(recipes()).isEqualTo(Map.of(HNSW, 3));
    assertThat(server.get("/metrics").text()).contains("elacsym_index_rebuilds_total 3.0\n");
    everythingIsFound();
    // The other way, and then there is nothing left to do.
    assertThat(reindex("{\"wait\":true,\"kind\":\"vector\"}").path("segments").asInt())
        .isEqualTo(3);
    assertThat(reindex("{\"wait\":true}").path("segments").asInt()).isZero();
    assertThat(reindex("").path("state").asText()).isEqualTo("done");
    assertThat(reindex("{\"force\":true,\"wait\":true}").path("segments").asInt()).isEqualTo(3);
    assertThat(recipes()).isEqualTo(Map.of(RABITQ, 3));
  }

  @Test
  void cancellingEndsItAndTwiceIsNoError() {
    server.post(PATH, "{\"index\":\"hnsw\"}");
    Answer cancelled = server.send("DELETE", PATH, BodyPublishers.noBody());
    assertThat(cancelled.status()).describedAs(cancelled.text()).isIn(200, 202);
    JsonNode status = ok(server.get(PATH));
    while (!status.has("ended_at")) {
      status = ok(server.get(PATH));
    }
    String state = status.path("state").asText();
    assertThat(state).isIn("cancelled", "done");
    JsonNode again = ok(server.send("DELETE", PATH, BodyPublishers.noBody()));
    assertThat(again.path("state").asText()).isEqualTo(state);
    assertThat(reindex("{\"index\":\"hnsw\",\"wait\":true}").path("state").asText())
        .isEqualTo("done");
    assertThat(recipes()).isEqualTo(Map.of(HNSW, 3));
    everythingIsFound();
  }

  private void refused(String body, int status, String code, String... parts) {
    Answer answer = server.post(PATH, body);
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.errorMessage()).contains(parts);
  }

  @Test
  void wrongWishesAreNamedAndChangeNothing() {
    refused(
        "{\"index\":\"hsnw\"}",
        400,
        "invalid_request",
        "index is \"hsnw\"",
        "hnsw, ivf (vector), bm25 (text)");
    refused("{\"kind\":\"text\",\"index\":\"hnsw\"}", 400, "invalid_request", "bm25 (text)");
    refused(
        "{\"kind\":\"attribute\"}",
        400,
        "invalid_request",
        "kind is \"attribute\", expected one of vector, text");
    refused("{\"kind\":1}", 400, "invalid_request", "kind is 1");
    refused("{\"index\":7}", 400, "invalid_request", "index is 7, expected a string");
    refused("{\"force\":\"yes\"}", 400, "invalid_request", "force is \"yes\"");
    refused("{\"wiat\":true}", 400, "invalid_request", "unknown key 'wiat'", "'wait'");
    refused("[]", 400, "invalid_request", "expected an object");
    assertThat(ok(server.get(PATH)).path("state").asText()).isEqualTo("none");
    assertThat(recipes()).isEqualTo(Map.of(RABITQ, 3));
  }

  @Test
  void aNamespaceThatDoesNotExistIsNotFound() {
    String none = "/v1/namespaces/none/reindex";
    for (Answer answer :
        List.of(
            server.post(none, "{}"),
            server.get(none),
            server.send("DELETE", none, BodyPublishers.noBody()))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.errorCode()).isEqualTo("not_found");
    }
    Answer wrong = server.put(PATH, "{}");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.errorMessage()).contains("DELETE", "GET", "POST");
  }

  @Test
  void aNamespaceWithoutAnythingToIndexIsDone() {
    server.put("/v1/namespaces/bare", "{}");
    Answer answer = server.post("/v1/namespaces/bare/reindex", "{\"kind\":\"vector\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("state").asText()).isEqualTo("done");
    assertThat(answer.json().path("segments").asInt()).isZero();
  }
}
