package io.elacsym.testing.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyProxyTest {
  private static final String HELLO = "hello, whoever you are";

  private final AtomicInteger served = new AtomicInteger();
  private HttpServer server;
  private FaultyProxy proxy;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
    proxy = FaultyProxy.before(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    proxy.close();
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    served.incrementAndGet();
    byte[] answer = (HELLO + sent.length).getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void requestsOnOneConnectionAreToldApartAndRemembered() throws Exception {
    assertThat(get("/a").body()).isEqualTo(HELLO + "0");
    assertThat(put("/b", 300_000).body()).isEqualTo(HELLO + "300000");
    assertThat(get("/c?d=e").body()).isEqualTo(HELLO + "0");
    assertThat(proxy.requestCount()).isEqualTo(3);
    assertThat(proxy.requests())
        .extracting(request -> request.method() + " " + request.target())
        .containsExactly("GET /a", "PUT /b", "GET /c?d=e");
    assertThat(proxy.requests().get(1).header("Content-Length")).contains("300000");
    proxy.forget();
    assertThat(proxy.requestCount()).isZero();
  }

  @Test
  void anAnswer100ContinueIsNoAnswer() throws Exception {
    HttpRequest request =
        request("/big")
            .expectContinue(true)
            .PUT(HttpRequest.BodyPublishers.ofString("GET / ".repeat(50_000)))
            .build();
    assertThat(send(request).body()).isEqualTo(HELLO + "300000");
    assertThat(proxy.requestCount()).isEqualTo(1);
  }

  @Test
  void eachRequestIsHeldBackAlsoOnAConnectionThatIsUsedAgain() throws Exception {
    Duration delay = Duration.ofMillis(30);
    proxy.delay(delay);
    long before = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      get("/");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(delay.multipliedBy(4));
  }

  @Test
  void manyConnectionsWorkAtOnce() {
    proxy.delay(Duration.ofMillis(5));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(
          client.sendAsync(request("/" + i).GET().build(), HttpResponse.BodyHandlers.ofString()));
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer.get().statusCode()).isEqualTo(200));
    assertThat(proxy.requestCount()).isEqualTo(60);
  }

  @Test
  void aConnectionCutBeforeReachesNoServer() throws Exception {
    proxy.next(Fault.CUT_BEFORE);
    assertThatThrownBy(() -> put("/", 10)).isInstanceOf(IOException.class);
    assertThat(served).hasValue(0);
    assertThat(put("/", 10).statusCode()).isEqualTo(200);
    assertThat(proxy.outstanding()).isZero();
  }

  @Test
  void anAnswerCutOffWasGivenByTheServer() throws Exception {
    proxy.next(Fault.CUT_ANSWER);
    assertThatThrownBy(() -> put("/", 10)).isInstanceOf(IOException.class);
    assertThat(served).hasValue(1);
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyCutInTheMiddleIsShorterThanItsLength() throws Exception {
    proxy.next(Fault.CUT_BODY);
    assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    assertThat(served).hasValue(1);
    proxy.next(1, request -> true, Fault.CUT_BODY);
    List<Integer> statuses = new ArrayList<>();
    client
        .sendAsync(
            request("/").GET().build(),
            head -> {
              statuses.add(head.statusCode());
              return HttpResponse.BodySubscribers.discarding();
            })
        .exceptionally(e -> null)
        .get();
    assertThat(statuses).containsExactly(200);
  }

  @Test
  void aStalledRequestIsServedAndNeverAnswered() throws Exception {
    proxy.next(Fault.STALL);
    HttpRequest impatient = request("/").timeout(Duration.ofMillis(300)).GET().build();
    assertThatThrownBy(() -> send(impatient)).isInstanceOf(HttpTimeoutException.class);
    assertThat(get("/").statusCode()).isEqualTo(200);
    assertThat(served).hasValue(2);
  }

  @Test
  void anAnswerOfOursHidesTheServer() throws Exception {
    proxy.next(2, request -> request.method().equals("PUT"), Fault.answer(503, "SlowDown"));
    assertThat(get("/").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = put("/", 100_000);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("<Code>SlowDown</Code>");
    assertThat(put("/", 5).statusCode()).isEqualTo(503);
    assertThat(served).hasValue(1);
    assertThat(put("/", 5).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private HttpResponse<String> put(String path, int bytes)
      throws IOException, InterruptedException {
    return send(request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes])).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(proxy.endpoint().resolve(path));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
