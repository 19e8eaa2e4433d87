package io.elacsym.server.helidon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.DirectHandlers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ListenerTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private static Listener start() throws IOException {
    return Listener.start(
        new ServerSocket(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        10,
        new Patience(LONG, LONG, LONG, LONG, LONG, LONG),
        new HelidonSide((request, response) -> response.send("done"), DirectHandlers.create()),
        (code, text) -> new byte[0],
        new Faults());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A connection that was not accepted yet would be reset by a stop, so it has to have an answer.
   */
  private static void askOnce(Socket socket) throws IOException {
    send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("done")) {
      int next = socket.getInputStream().read();
      assertThat(next).as("after %s", answer).isNotNegative();
      answer.append((char) next);
    }
  }

  @Test
  void aStopWaitsForWhoStillSendsBehindItsAnswer() throws Exception {
    Listener listener = start();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
    try (Socket leaving = new Socket(address.getAddress(), address.getPort());
        Socket waiting = new Socket(address.getAddress(), address.getPort())) {
      askOnce(waiting);
      send(leaving, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
      assertThat(leaving.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      Thread stop = Thread.ofVirtual().start(() -> listener.stop(LONG));
      // Whoever waits is ended by the stop, which then waits for the other one.
      assertThat(waiting.getInputStream().read()).isNegative();
      send(leaving, "67890GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(leaving.getInputStream().readAllBytes()).asString().contains("HTTP/1.1 200");
      leaving.close();
      stop.join();
    }
  }
}
