package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.index.Metric;
import io.elacsym.cluster.ClusterNode;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import io.elacsym.format.parquet.ParquetFormatProvider;
import io.elacsym.index.bm25.Bm25IndexProvider;
import io.elacsym.index.ivf.IvfIndexProvider;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An indexer and a query node over one storage, in this process, over HTTP. */
class ForwardingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      "{\"vector_dim\":2,\"attributes\":{\"title\":{\"type\":\"string\"}}}";

  private final MemoryStorage storage = new MemoryStorage();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Node> nodes = new ArrayList<>();
  private int[] ports = {};

  private record Node(Engine engine, HttpServer server, FaultyStorage bucket) {
    void close() {
      server.close();
      engine.close();
    }
  }

  @BeforeEach
  void findPorts() throws IOException {
    try (ServerSocket first = new ServerSocket(0);
        ServerSocket second = new ServerSocket(0)) {
      ports = new int[] {first.getLocalPort(), second.getLocalPort()};
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(Node::close);
    client.close();
  }

  private Node start(int number, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("enabled", "true");
    values.put("node_id", number == 0 ? "i" : "q");
    values.put("role", number == 0 ? "indexer" : "query");
    values.put("indexer_cluster.nodes", "i=http://127.0.0.1:" + ports[0]);
    values.put("query_cluster.nodes", "q=http://127.0.0.1:" + ports[1]);
    ClusterNode cluster = new ClusterNode(ClusterSettings.of(values).orElseThrow(), Seams.real());
    FaultyStorage bucket = new FaultyStorage(storage.attach(), FaultPlan.none());
    Engine engine =
        Engine.open(
            EngineSettings.of(
                Map.of(
                    "storage.backend", "given",
                    "cache.memory_size", "16MB",
                    "cache.disk_size", "0")),
            new Providers(
                List.of(new GivenStorageProvider("given", () -> bucket)),
                List.of(new ParquetFormatProvider()),
                List.of(new IvfIndexProvider()),
                List.of(new Bm25IndexProvider())),
            cluster.seams());
    ServerSettings settings =
        ServerSettings.of(
            Map.of("server.host", "127.0.0.1", "server.port", Integer.toString(ports[number])));
    Node node =
        new Node(
            engine,
            HttpServer.start(engine, settings, Metric.COSINE, Optional.of(cluster)),
            bucket);
    nodes.add(node);
    return node;
  }

  private HttpResponse<String> send(int node, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports[node] + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String documents(int count, String title) {
    StringBuilder body = new StringBuilder("{\"documents\":[");
    for (int id = 0; id < count; id++) {
      body.append(id == 0 ? "" : ",")
          .append("{\"id\":" + id + ",\"vector\":[1," + id + "],\"attributes\":{\"title\":\"")
          .append(title)
          .append("\"}}");
    }
    return body.append("]}").toString();
  }

  @Test
  void eachNodeTakesEachRequest() throws Exception {
    start(0, Map.of());
    start(1, Map.of());
    assertThat(send(1, "PUT", "/v1/namespaces/docs", SCHEMA).statusCode()).isEqualTo(200);
    assertThat(send(1, "POST", "/v1/namespaces/docs/upsert", documents(3, "a")).body())
        .isEqualTo("{\"upserted\":3}");
    for (int node = 0; node < 2; node++) {
      HttpResponse<String> found =
          send(node, "POST", "/v1/namespaces/docs/query", "{\"vector\":[1,0],\"top_k\":5}");
      assertThat(JSON.readTree(found.body()).path("results")).as(found.body()).hasSize(3);
    }
    JsonNode cluster = JSON.readTree(send(1, "GET", "/v1/cluster", "").body());
    JsonNode docs = cluster.path("namespaces").path(0);
    assertThat(docs.path("writer").asText()).isEqualTo("i");
    assertThat(docs.path("open_on")).as("the query was sent to the query node").hasSize(2);
    assertThat(send(1, "GET", "/metrics", "").body())
        .contains("elacsym_forwarded_requests_total{outcome=\"answered\"} 2.0")
        .contains("elacsym_cluster_members{state=\"live\"} 1.0");
    assertThat(send(0, "GET", "/metrics", "").body()).contains("elacsym_takeovers_total 1.0");
    assertThat(send(0, "GET", "/health", "").body())
        .contains("\"node_id\":\"i\"", "\"role\":\"indexer\"");
  }

  @Test
  void longBodiesAndLongAnswersStreamThrough() throws Exception {
    start(0, Map.of());
    start(1, Map.of());
    send(1, "PUT", "/v1/namespaces/docs", SCHEMA);
    // Longer than what a node keeps of a body, and than what it sends in one piece.
    String body = documents(2_000, "x".repeat(400));
    assertThat(body.length()).isGreaterThan(800_000);
    assertThat(send(1, "POST", "/v1/namespaces/docs/upsert", body).body())
        .isEqualTo("{\"upserted\":2000}");
    HttpResponse<String> scan = send(0, "POST", "/v1/namespaces/docs/scan", "{\"limit\":1000}");
    assertThat(scan.body().getBytes(StandardCharsets.UTF_8).length).isGreaterThan(400_000);
    assertThat(JSON.readTree(scan.body()).path("documents")).hasSize(1000);
  }

  @Test
  void errorsComeBackAsTheyAre() throws Exception {
    start(0, Map.of());
    start(1, Map.of());
    send(1, "PUT", "/v1/namespaces/docs", SCHEMA);
    HttpResponse<String> again = send(1, "PUT", "/v1/namespaces/docs", SCHEMA);
    assertThat(again.statusCode()).isEqualTo(409);
    HttpResponse<String> wrong =
        send(
            1, "POST", "/v1/namespaces/docs/upsert", "{\"documents\":[{\"id\":1,\"vector\":[1]}]}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("documents[0].vector has 1 components, expected 2");
    HttpResponse<String> none = send(0, "POST", "/v1/namespaces/none/query", "{\"vector\":[1,2]}");
    assertThat(none.statusCode()).isEqualTo(404);
    HttpResponse<String> late =
        send(1, "POST", "/v1/namespaces/docs/upsert?timeout=nonsense", documents(1, "a"));
    assertThat(late.statusCode()).isEqualTo(400);
  }

  @Test
  void whereNobodyWritesTheClientIsToldToTryAgain() throws Exception {
    start(1, Map.of());
    HttpResponse<String> refused = send(1, "PUT", "/v1/namespaces/docs", SCHEMA);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.body()).contains("no node could take this", "nothing was done");
  }

  @Test
  void aNodeMayTellTheAddressInstead() throws Exception {
    start(0, Map.of("routing", "redirect"));
    start(1, Map.of("routing", "redirect"));
    HttpResponse<String> elsewhere = send(1, "PUT", "/v1/namespaces/docs?timeout=5s", SCHEMA);
    assertThat(elsewhere.statusCode()).isEqualTo(307);
    assertThat(elsewhere.headers().firstValue("Location"))
        .contains("http://127.0.0.1:" + ports[0] + "/v1/namespaces/docs?timeout=5s");
    assertThat(elsewhere.headers().firstValue("X-Elacsym-Owner")).contains("i");
    assertThat(send(0, "PUT", "/v1/namespaces/docs", SCHEMA).statusCode()).isEqualTo(200);
    assertThat(send(0, "POST", "/v1/namespaces/docs/query", "{\"vector\":[1,0]}").statusCode())
        .isEqualTo(307);
  }

  @Test
  void aNodeThatStopsSaysSoAndNothingIsLost() throws Exception {
    Node indexer = start(0, Map.of());
    start(1, Map.of());
    send(1, "PUT", "/v1/namespaces/docs", SCHEMA);
    AtomicInteger acknowledged = new AtomicInteger();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (send(1, "POST", "/v1/namespaces/docs/upsert", documents(1, "a")).statusCode()
                    == 200) {
                  acknowledged.incrementAndGet();
                }
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    while (acknowledged.get() < 5) {
      Thread.onSpinWait();
    }
    indexer.server().stop();
    writer.join();
    assertThat(
            JSON.readTree(send(1, "GET", "/v1/namespaces/docs", "").body())
                .at("/stats/documents")
                .asInt())
        .isEqualTo(1);
    assertThat(send(1, "POST", "/v1/namespaces/docs/upsert", documents(1, "a")).statusCode())
        .isEqualTo(503);
  }

  private long requests(Node node, int repeats, String path, String body) throws Exception {
    long before = node.bucket().requests();
    for (int i = 0; i < repeats; i++) {
      HttpResponse<String> answer = send(1, "POST", "/v1/namespaces/docs" + path, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    return node.bucket().requests() - before;
  }

  /** What docs/cluster.md says of costs. */
  @Test
  void eachRequestCostsTheBucketWhatIsPromised() throws Exception {
    Node indexer = start(0, Map.of());
    Node query = start(1, Map.of());
    send(1, "PUT", "/v1/namespaces/docs", SCHEMA);
    String nearest = "{\"vector\":[1,0]}";
    requests(indexer, 1, "/upsert", documents(3, "a"));
    requests(query, 1, "/query", nearest);
    assertThat(requests(indexer, 5, "/upsert", documents(1, "b"))).as("a put each").isEqualTo(5);
    assertThat(requests(query, 1, "/query", nearest)).as("what was written since").isPositive();
    assertThat(requests(query, 5, "/query", nearest))
        .as("the manifest, then the next entry of the WAL")
        .isEqualTo(10);
    long before = indexer.bucket().requests();
    assertThat(requests(query, 20, "/query", "{\"vector\":[1,0],\"consistency\":\"eventual\"}"))
        .as("none, but for a look a second")
        .isLessThan(20);
    assertThat(indexer.bucket().requests())
        .as("the writer has no part in queries")
        .isEqualTo(before);
  }

  @Test
  void whatIsKeptOfABodyThatGoesOnIsCounted() throws Exception {
    start(0, Map.of());
    start(1, Map.of());
    send(1, "PUT", "/v1/namespaces/docs", SCHEMA);
    String body = documents(1_000, "x".repeat(100));
    assertThat(body.length()).isBetween(100_000, 200_000);
    String head =
        "POST /v1/namespaces/docs/upsert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Connection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports[1])) {
      OutputStream out = socket.getOutputStream();
      out.write((head + body.substring(0, 100_000)).getBytes(StandardCharsets.US_ASCII));
      while (!send(1, "GET", "/metrics", "")
          .body()
          .contains("elacsym_http_bodies_bytes 100000.0")) {
        Thread.onSpinWait();
      }
      out.write(body.substring(100_000).getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .contains("{\"upserted\":1000}");
    }
    assertThat(send(1, "GET", "/metrics", "").body()).contains("elacsym_http_bodies_bytes 0.0");
  }
}
