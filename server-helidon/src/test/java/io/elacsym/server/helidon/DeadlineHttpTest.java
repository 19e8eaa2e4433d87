package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import io.elacsym.server.helidon.TestServer.Answer;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request works no longer than it may, and no longer than somebody waits for it. */
class DeadlineHttpTest {
  private static final String QUERY = "{\"vector\":[1,0],\"top_k\":1}";

  private final CompletableFuture<String> asked = new CompletableFuture<>();
  private final CompletableFuture<String> givenUp = new CompletableFuture<>();
  private FaultyStorage storage;
  private TestServer server;

  @BeforeEach
  void start() {
    storage = new FaultyStorage(new MemoryStorage(), FaultPlan.none());
    server = TestServer.start(Map.of(), new GivenStorageProvider("slow", () -> storage));
    server.put("/v1/namespaces/docs", "{\"vector_dim\":2}");
  }

  @AfterEach
  void stop() {
    storage.follow(FaultPlan.none());
    server.close();
  }

  /** Lets every request to the storage work until its deadline is over. */
  private void hang() {
    storage.follow(request -> {
      if (Deadline.current().isEndless()) {
        return Fault.none(); // a task in the background, which nobody gives up
      }
      try {
        asked.complete("asked");
        while (true) {
          Deadline.check();
          Thread.sleep(5);
        }
      } catch (ElacsymException e) {
        givenUp.complete(e.getMessage());
        throw e;
      } catch (InterruptedException e) {
        throw new ElacsymException(ErrorKind.UNAVAILABLE, "interrupted", e);
      }
    });
  }

  @Test
  void aRequestThatTakesTooLongIsToldSo() {
    hang();
    Answer answer = server.post("/v1/namespaces/docs/query?timeout=50ms", QUERY);
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(504);
    assertThat(answer.errorCode()).isEqualTo("timeout");
    assertThat(answer.errorMessage()).contains("50 ms");
  }

  @Test
  void aQueryWhoseClientLeavesIsGivenUp() throws IOException {
    hang();
    try (Socket socket = server.socket()) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/namespaces/docs/query HTTP/1.1\r\nHost: x\r\n"
                      + "Content-Type: application/json\r\nContent-Length: "
                      + QUERY.length()
                      + "\r\n\r\n"
                      + QUERY)
                  .getBytes(StandardCharsets.US_ASCII));
      asked.join();
      assertThat(givenUp).isNotDone();
    }
    assertThat(givenUp.join()).contains("the client has left");
  }

  @Test
  void whoClosesRightBehindItsAnswerHasNotLeftBeforeIt() throws IOException {
    storage.follow(request -> {
      // Long enough for somebody to ask whether the client is still there.
      pause(500);
      return Fault.none();
    });
    for (int i = 0; i < 5; i++) {
      try (Socket socket = server.socket()) {
        OutputStream out = socket.getOutputStream();
        out.write(
            "GET /v1/namespaces/none HTTP/1.1\r\nHost: x\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
    }
    storage.follow(FaultPlan.none());
    server.awaitMetric("elacsym_http_connections 1.0");
    assertThat(server.get("/metrics").text())
        .contains("elacsym_http_connection_faults_total{fault=\"left\"} 0.0");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "interrupted", e);
    }
  }

  @Test
  void whatAClientSendsWhileItWaitsIsKeptForLater() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    storage.follow(request -> {
      asked.complete("asked");
      await(release);
      return Fault.none();
    });
    try (Socket socket = server.socket()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/namespaces/docs/query HTTP/1.1\r\nHost: x\r\n"
                  + "Content-Type: application/json\r\nContent-Length: "
                  + QUERY.length()
                  + "\r\n\r\n"
                  + QUERY)
              .getBytes(StandardCharsets.US_ASCII));
      asked.join();
      String next = "GET /v1/namespaces/none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      for (int i = 0; i < 50; i++) {
        out.write(next.charAt(i));
        Thread.sleep(10);
      }
      release.countDown();
      out.write(next.substring(50).getBytes(StandardCharsets.US_ASCII));
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers).startsWith("HTTP/1.1 200").contains("HTTP/1.1 404");
    }
  }

  private static void await(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "interrupted", e);
    }
  }
}
