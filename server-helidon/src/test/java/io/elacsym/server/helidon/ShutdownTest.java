package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Projection;
import io.elacsym.tck.memory.MemoryStorageProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Stopping loses nothing that was under way, and waits for nobody for ever. */
class ShutdownTest {
  private static final String BODY = "{\"documents\":[{\"id\":1,\"attributes\":{\"n\":1}}]}";
  private static final String HEAD =
      "POST /v1/namespaces/docs/upsert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: "
          + BODY.length()
          + "\r\n\r\n";

  /** One that a test holds up, and the one that asks. */
  private static final String TWO_IN_FLIGHT = "elacsym_http_requests_in_flight 2.0";

  @Test
  void aRequestUnderWayIsFinishedAndItsWriteKeptWhileNewOnesAreRefused() throws Exception {
    try (TestServer server = TestServer.start(Map.of("server.shutdown_grace", "60s"));
        Socket slow = server.socket()) {
      server.put("/v1/namespaces/docs", "{\"attributes\":{\"n\":\"int\"}}");
      OutputStream out = slow.getOutputStream();
      out.write((HEAD + BODY.substring(0, 10)).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      server.awaitMetric(TWO_IN_FLIGHT);
      CountDownLatch stopped = new CountDownLatch(1);
      Thread.ofVirtual()
          .start(() -> {
            server.server.stop();
            stopped.countDown();
          });
      TestServer.Answer refused = server.get("/health");
      while (refused.status() == 200) {
        refused = server.get("/health");
      }
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.errorCode()).isEqualTo("unavailable");
      assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
      assertThat(stopped.getCount()).isEqualTo(1);

      out.write(BODY.substring(10).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{\"upserted\":1}");
      assertThat(answer).containsIgnoringCase("connection: close");
      assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.engine.namespace("docs").get(DocId.of(1), Projection.ALL)).isPresent();
      assertThatThrownBy(server::socket).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRequestThatNeverEndsIsCutOffAfterTheGrace() throws Exception {
    try (TestServer server = TestServer.start(Map.of("server.shutdown_grace", "100ms"));
        Socket stuck = server.socket()) {
      server.put("/v1/namespaces/docs", "{\"attributes\":{\"n\":\"int\"}}");
      stuck
          .getOutputStream()
          .write((HEAD + BODY.substring(0, 10)).getBytes(StandardCharsets.US_ASCII));
      server.awaitMetric(TWO_IN_FLIGHT);
      server.server.stop();
      try {
        assertThat(stuck.getInputStream().readAllBytes()).asString().doesNotContain("200 OK");
      } catch (IOException reset) {
        // As good an end of the connection.
      }
      assertThat(server.engine.namespace("docs").get(DocId.of(1), Projection.ALL)).isEmpty();
    }
  }

  @Test
  void idleConnectionsDoNotDelayAndASecondStopDoesNothing() throws Exception {
    try (TestServer server = TestServer.start(Map.of("server.shutdown_grace", "1h"));
        Socket silent = server.socket();
        Socket served = server.socket()) {
      served
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(served.getInputStream().readNBytes(15)).asString().startsWith("HTTP/1.1 200");
      server.server.stop();
      server.server.stop();
      assertThat(silent.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aPortInUseIsReportedAsSuch() {
    try (TestServer server = TestServer.start()) {
      ServerSettings same =
          ServerSettings.of(
              Map.of(
                  "server.host", "127.0.0.1", "server.port", String.valueOf(server.server.port())));
      assertThatThrownBy(() -> HttpServer.start(server.engine, same, Metric.COSINE))
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                assertThat(e).hasMessageContaining("127.0.0.1:" + server.server.port());
              });
    }
  }

  @Test
  void aSocketThatCannotBeBoundIsClosed() throws IOException {
    ServerSocket socket = new ServerSocket();
    try (TestServer server = TestServer.start()) {
      ServerSettings same =
          ServerSettings.of(
              Map.of(
                  "server.host", "127.0.0.1", "server.port", String.valueOf(server.server.port())));
      assertThatThrownBy(() -> HttpServer.start(server.engine, same, Metric.COSINE, () -> socket))
          .isInstanceOf(ElacsymException.class);
    }
    assertThat(socket.isClosed()).isTrue();
  }

  /** A socket that says it could not be closed. */
  private static final class Stubborn extends ServerSocket {
    Stubborn() throws IOException {}

    @Override
    public void close() throws IOException {
      super.close();
      throw new IOException("not in order");
    }
  }

  @Test
  void aSocketThatCannotBeClosedDoesNotKeepTheRestFromEnding() throws IOException {
    Stubborn socket = new Stubborn();
    try (TestServer server = TestServer.start(Map.of(), new MemoryStorageProvider(), () -> socket);
        Socket idle = server.socket()) {
      idle.getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(idle.getInputStream().readNBytes(15)).asString().startsWith("HTTP/1.1 200");
      server.server.stop();
      idle.getInputStream().readAllBytes();
    }
  }
}
