package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.server.helidon.TestServer.Answer;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On a storage that does not answer, and that knows nothing of deadlines, no route keeps anybody
 * longer than the time it was given, or works on for a client that has left. A route is tested by
 * being one.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RouteDeadlinesTest {
  /** What is answered without a look at the storage. */
  private static final List<String> STATUS =
      List.of("/health", "/health/ready", "/metrics", "/v1/cluster");

  /** A guard against hanging: each answer is there in less than a second. */
  private static final Duration HANGS = Duration.ofSeconds(30);

  private final MemoryStorage bucket = new MemoryStorage();
  private StuckStorage stuck;
  private TestServer server;

  @BeforeEach
  void start() {
    stuck = new StuckStorage(bucket.attach());
    server = TestServer.start(Map.of(), new GivenStorageProvider("stuck", stuck::storage));
  }

  @AfterEach
  void stop() {
    stuck.release();
    server.close();
  }

  /** What the server knows of a namespace when it is called. */
  enum Known {
    /** Nothing: it has to be opened. */
    NOTHING,
    /** It is open. */
    OPEN
  }

  /**
   * A right request for a route, about a namespace of its own.
   *
   * @param target path and query, without a timeout
   */
  private record Request(Route route, String target, String body) {
    @Override
    public String toString() {
      return route.method() + " " + route.path();
    }
  }

  private List<Request> requests(Known known) {
    List<Request> requests = new ArrayList<>();
    try (TestServer other =
        TestServer.start(Map.of(), new GivenStorageProvider("whole", bucket::attach))) {
      for (Route route : server.routes()) {
        String namespace = "ns" + requests.size();
        if (!route.method().equals("PUT")) {
          Requests.prepare(other, namespace);
          other.engine.namespace(namespace).flush();
        }
        requests.add(
            new Request(
                route,
                route.path().replace("{ns}", namespace).replace("{id}", "1"),
                Requests.body(route).replace("trial", "branch" + requests.size())));
      }
    }
    if (known == Known.OPEN) {
      for (int i = 0; i < requests.size(); i++) {
        server.get("/v1/namespaces/ns" + i);
      }
    }
    return requests;
  }

  /** Whether the answer needs the storage: an open namespace knows how it analyses texts. */
  private static boolean waits(Request request, Known known) {
    String path = request.route().path();
    return !STATUS.contains(path) && !(known == Known.OPEN && path.endsWith("/analyze"));
  }

  private Answer send(Request request, String query) {
    return server.send(
        request.route().method(),
        request.target() + query,
        BodyPublishers.ofString(request.body()),
        "Content-Type",
        "application/json");
  }

  @ParameterizedTest
  @EnumSource
  void noRouteTakesLongerThanItsTimeout(Known known) throws Exception {
    List<Request> requests = requests(known);
    stuck.hang();
    Map<Request, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
    for (Request request : requests) {
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      answers.put(request, answer);
      Thread.ofVirtual().start(() -> answer.complete(send(request, "?timeout=100ms")));
    }
    for (Map.Entry<Request, CompletableFuture<Answer>> entry : answers.entrySet()) {
      Answer answer = entry.getValue().get(HANGS.toSeconds(), TimeUnit.SECONDS);
      if (!waits(entry.getKey(), known)) {
        assertThat(answer.status()).describedAs("%s", entry.getKey()).isEqualTo(200);
      } else {
        assertThat(answer.status())
            .describedAs("%s: %s", entry.getKey(), answer.text())
            .isEqualTo(504);
        assertThat(answer.errorCode()).isEqualTo("timeout");
        assertThat(answer.errorMessage()).contains("not done within 100 ms");
      }
    }
    stuck.release();
    everythingIsGivenBack();
  }

  @ParameterizedTest
  @EnumSource
  void noRouteKeepsItsClientThatHasLeft(Known known) throws IOException {
    List<Request> requests = requests(known);
    stuck.hang();
    List<Socket> clients = new ArrayList<>();
    for (Request request : requests) {
      if (waits(request, known)) {
        Socket socket = server.socket();
        clients.add(socket);
        socket
            .getOutputStream()
            .write(
                (request.route().method()
                        + " "
                        + request.target()
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: "
                        + request.body().length()
                        + "\r\n\r\n"
                        + request.body())
                    .getBytes(StandardCharsets.US_ASCII));
      }
    }
    server.awaitMetric("elacsym_http_requests_in_flight " + (clients.size() + 1) + ".0");
    for (Socket socket : clients) {
      socket.close();
    }
    for (Request request : requests) {
      if (waits(request, known)) {
        server.awaitMetric(
            "elacsym_http_requests_total{method=\"%s\",route=\"%s\",status=\"504\"} 1.0"
                .formatted(request.route().method(), request.route().path()));
      }
    }
    server.awaitMetric("elacsym_http_requests_in_flight 1.0");
    stuck.release();
    everythingIsGivenBack();
  }

  /** Of what was left nothing stays behind once the storage answers. */
  private void everythingIsGivenBack() {
    server.awaitMetric("elacsym_http_requests_abandoned 0.0");
    server.awaitMetric("elacsym_http_bodies_bytes 0.0");
    server.awaitMetric("elacsym_http_answers_bytes 0.0");
    Requests.prepare(server, "after");
    assertThat(server.get("/v1/namespaces/after/documents/1").status()).isEqualTo(200);
  }

  @Test
  void aChangeThatIsLeftIsInDoubtAndGoesOnToItsEnd() {
    Requests.prepare(server, "old");
    stuck.hang();
    for (Answer answer :
        List.of(
            server.put("/v1/namespaces/new?timeout=50ms", "{}"),
            server.send("DELETE", "/v1/namespaces/old?timeout=50ms", BodyPublishers.noBody()))) {
      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.errorMessage()).contains("the change may take effect or not");
    }
    assertThat(server.get("/metrics").text()).contains("elacsym_http_requests_abandoned 2.0\n");
    stuck.release();
    server.awaitMetric("elacsym_http_requests_abandoned 0.0");
    assertThat(server.get("/v1/namespaces/new").status()).isEqualTo(200);
    assertThat(server.get("/v1/namespaces/old").status()).isEqualTo(404);
  }

  @Test
  void workThatIsLeftDoesNotPileUpWithoutEnd() {
    try (TestServer small =
        TestServer.start(
            Map.of("server.max_connections", "4"),
            new GivenStorageProvider("stuck", stuck::storage))) {
      stuck.hang();
      for (int i = 0; i < 4; i++) {
        assertThat(small.get("/v1/namespaces?timeout=10ms").status()).isEqualTo(504);
      }
      Answer refused = small.get("/v1/namespaces?timeout=10ms");
      assertThat(refused.status()).describedAs(refused.text()).isEqualTo(429);
      assertThat(refused.errorMessage()).contains("given up");
      assertThat(small.get("/health").status()).isEqualTo(200);
      stuck.release();
      small.awaitMetric("elacsym_http_requests_abandoned 0.0");
      assertThat(small.get("/v1/namespaces").status()).isEqualTo(200);
    }
  }
}
