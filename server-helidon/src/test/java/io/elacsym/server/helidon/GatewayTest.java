package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.index.Metric;
import io.elacsym.server.helidon.wire.Faults;
import io.elacsym.server.helidon.wire.HelidonSide;
import io.elacsym.server.helidon.wire.Listener;
import io.elacsym.server.helidon.wire.Patience;
import io.helidon.webserver.http.DirectHandlers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Something with a bug in it. */
  private static final class Broken extends AbstractList<String> {
    @Override
    public String get(int index) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public int size() {
      throw new IllegalStateException("a bug");
    }
  }

  @Test
  void aBugOutsideOfEveryEndpointHasItsNumberAndIsCountedToo() throws IOException {
    ServerSettings settings = ServerSettings.of(Map.of());
    InFlight inFlight = new InFlight();
    BodyLimits bodies = new BodyLimits(settings);
    AnswerLimits answers = new AnswerLimits(settings);
    Faults faults = new Faults();
    try (TestServer server = TestServer.start()) {
      ServerMetrics metrics =
          new ServerMetrics(server.engine, inFlight, bodies, answers, faults, "test");
      Gateway gateway =
          new Gateway(
              Routes.of(server.engine, metrics, Metric.COSINE, Optional.empty()),
              metrics,
              new Intake(bodies),
              new Works(10, deadline -> Optional.empty()),
              answers,
              inFlight,
              new Visitors(List.of(), new Broken()),
              new RequestTime(LONG, LONG),
              Optional.empty());
      Listener listener =
          Listener.start(
              new ServerSocket(),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              10,
              new Patience(LONG, LONG, LONG, LONG, LONG, LONG),
              new HelidonSide(gateway, DirectHandlers.create()),
              ErrorAnswer::body,
              faults);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
        socket
            .getOutputStream()
            .write(
                "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 500 ");
        JsonNode error = TestServer.JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(error.at("/error/code").asText()).isEqualTo("internal");
        assertThat(error.at("/error/message").asText())
            .matches("internal error \\(error [0-9a-f]{8}; the server's log has the details\\)");
      }
      assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
          .contains("status=\"500\"} 1.0");
      listener.stop(LONG);
    }
  }
}
