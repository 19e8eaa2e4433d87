package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.tck.memory.MemoryStorageProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nobody is waited for without end, and nobody's waiting keeps others out. */
class PatienceTest {
  private static final String UPSERT =
      "POST /v1/namespaces/docs/upsert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  private static final String GET = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";

  private static TestServer start(String... settings) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put("server." + settings[i], settings[i + 1]);
    }
    TestServer server = TestServer.start(all);
    server.put("/v1/namespaces/docs", "{\"attributes\":{\"s\":\"string\"}}");
    return server;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String fault(String name) {
    return "elacsym_http_connection_faults_total{fault=\"" + name + "\"} ";
  }

  @Test
  void aSilentConnectionIsClosedWithoutAWord() throws IOException {
    try (TestServer server = start("head_timeout", "100ms");
        Socket socket = server.socket()) {
      assertThat(all(socket)).isEmpty();
      assertThat(server.get("/metrics").text()).contains(fault("slow_head") + "0.0");
    }
  }

  @Test
  void aHeadThatDripsIsCutOff() throws IOException {
    try (TestServer server = start("head_timeout", "300ms");
        Socket socket = server.socket()) {
      send(socket, "GET /health HTTP/1.1\r\n");
      String answer = dripUntilAnswered(socket, "A: b\r\n");
      assertThat(answer).startsWith("HTTP/1.1 408").contains("\"code\":\"timeout\"");
      server.awaitMetric(fault("slow_head") + "1.0");
    }
  }

  @Test
  void aHeadAloneThatDripsIsCutOffWithoutABody() throws IOException {
    try (TestServer server = start("head_timeout", "300ms");
        Socket socket = server.socket()) {
      send(socket, "HEAD /hea");
      assertThat(dripUntilAnswered(socket, "l")).startsWith("HTTP/1.1 408").endsWith("\r\n\r\n");
    }
  }

  /** Sends bit by bit, for as long as it takes until there is something to read. */
  private static String dripUntilAnswered(Socket socket, String drop) throws IOException {
    while (socket.getInputStream().available() == 0) {
      try {
        send(socket, drop);
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return all(socket);
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    try (TestServer server = start("idle_timeout", "100ms");
        Socket socket = server.socket()) {
      send(socket, GET);
      assertThat(all(socket)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aBodyThatStandsStillGivesBackItsShare() throws IOException {
    try (TestServer server = start("body_idle_timeout", "300ms");
        Socket socket = server.socket()) {
      send(socket, UPSERT + "Content-Length: 1000\r\n\r\n{\"documents\":[");
      server.awaitMetric("elacsym_http_bodies_bytes 14.0");
      assertThat(all(socket)).startsWith("HTTP/1.1 408").contains("\"code\":\"timeout\"");
      server.awaitMetric("elacsym_http_bodies_bytes 0.0");
    }
  }

  @Test
  void aBodyThatDripsIsCutOff() throws IOException {
    try (TestServer server = start("body_timeout", "300ms");
        Socket socket = server.socket()) {
      send(socket, UPSERT + "Transfer-Encoding: chunked\r\n\r\n");
      assertThat(dripUntilAnswered(socket, "1\r\n \r\n"))
          .startsWith("HTTP/1.1 408")
          .containsIgnoringCase("connection: close");
    }
  }

  @Test
  void whoDoesNotTakeItsAnswersIsCutOff() throws IOException {
    try (TestServer server = start("answer_idle_timeout", "300ms");
        Socket socket = server.socket()) {
      socket.setReceiveBufferSize(4 << 10);
      String document = "{\"id\":1,\"attributes\":{\"s\":\"" + "x".repeat(2 << 20) + "\"}}";
      server.post("/v1/namespaces/docs/upsert", "{\"documents\":[" + document + "]}");
      send(socket, "GET /v1/namespaces/docs/documents/1 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20));
      server.awaitMetric(fault("slow_reader") + "1.0");
      server.awaitMetric("elacsym_http_requests_in_flight 1.0");
    }
  }

  @Test
  void whoTakesItsAnswerDropByDropIsCutOffWhenItsTimeIsOver() throws Exception {
    try (TestServer server = start("answer_timeout", "1s", "answer_idle_timeout", "1h");
        Socket socket = server.socket()) {
      socket.setReceiveBufferSize(4 << 10);
      String document = "{\"id\":1,\"attributes\":{\"s\":\"" + "x".repeat(2 << 20) + "\"}}";
      server.post("/v1/namespaces/docs/upsert", "{\"documents\":[" + document + "]}");
      // More than the system's buffers take: some answer is under way when they are full.
      send(socket, "GET /v1/namespaces/docs/documents/1 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20));
      long bytes = drip(socket);
      assertThat(bytes).isLessThan(20L * (2 << 20));
      server.awaitMetric(fault("slow_reader") + "1.0");
      server.awaitMetric("elacsym_http_requests_in_flight 1.0");
      server.awaitMetric("elacsym_http_answers_bytes 0.0");
    }
  }

  /** Reads a little again and again until the other side has had enough; tells how much. */
  private static long drip(Socket socket) throws InterruptedException {
    byte[] drop = new byte[4 << 10];
    long bytes = 0;
    try {
      int count = 0;
      while (count >= 0) {
        bytes += count;
        Thread.sleep(10);
        count = socket.getInputStream().read(drop);
      }
    } catch (IOException reset) {
      // The end that is expected.
    }
    return bytes;
  }

  @Test
  void beyondTheBoundTheLongestWaitingConnectionMakesRoom() throws IOException {
    try (TestServer server = start("max_connections", "4")) {
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Socket socket = server.socket();
        silent.add(socket);
        send(socket, "GET /hea");
      }
      try (Socket healthy = server.socket()) {
        send(healthy, GET);
        assertThat(healthy.getInputStream().readNBytes(15)).asString().startsWith("HTTP/1.1 200");
      }
      assertThat(server.get("/metrics").text())
          .containsPattern("elacsym_http_connections [1-4]\\.0\n");
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void whenAllConnectionsWorkAnotherOneIsRefusedInTheErrorForm() throws IOException {
    try (TestServer server = start("max_connections", "4")) {
      List<Socket> busy = busy(server, 4);
      try (Socket next = server.socket()) {
        assertThat(all(next))
            .startsWith("HTTP/1.1 503")
            .contains("\"code\":\"unavailable\"")
            .contains("Retry-After: 1");
      }
      for (Socket socket : busy) {
        socket.close();
      }
      server.awaitMetric("elacsym_http_requests_in_flight 1.0");
    }
  }

  /** Connections at work until they are closed: whoever is told to go on is so for certain. */
  private static List<Socket> busy(TestServer server, int count) throws IOException {
    List<Socket> busy = new ArrayList<>();
    while (busy.size() < count) {
      Socket socket = server.socket();
      send(socket, UPSERT + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
      if (new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
          .equals("HTTP/1.1 100")) {
        busy.add(socket);
      } else {
        // Who was answered last has not quite ended, and keeps its place for another moment.
        socket.close();
      }
    }
    return busy;
  }

  @Test
  void whoseBodyIsDroppedBehindItsAnswerIsNotTheOneToMakeRoom() throws IOException {
    try (TestServer server = start("max_connections", "4");
        Socket leaving = server.socket()) {
      String refused = "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n";
      send(leaving, refused + "x".repeat(500));
      assertThat(leaving.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 404");
      // This one waits for its next request, and not for as long.
      assertThat(server.get("/health").status()).isEqualTo(200);
      List<Socket> busy = busy(server, 2);
      try (Socket next = server.socket()) {
        send(next, GET);
        assertThat(next.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      }
      send(leaving, "x".repeat(500) + GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(all(leaving)).contains("HTTP/1.1 200");
      for (Socket socket : busy) {
        socket.close();
      }
    }
  }

  @Test
  void whoIsRefusedByAFullServerMayReadWhyWhileItSends() throws IOException {
    try (TestServer server = start("max_connections", "4")) {
      List<Socket> busy = busy(server, 4);
      try (Socket next = server.socket()) {
        send(next, UPSERT + "Content-Length: 1000\r\n\r\n");
        assertThat(next.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 503");
        for (int i = 0; i < 20; i++) {
          send(next, "x".repeat(50));
        }
        assertThat(all(next)).contains("\"code\":\"unavailable\"");
      }
      for (Socket socket : busy) {
        socket.close();
      }
    }
  }

  /** A connection that nothing can be written to. */
  private static final class Mute extends Socket {
    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          throw new SocketException("Broken pipe");
        }
      };
    }
  }

  /** A listener's socket whose connections are mute, for as long as they should be. */
  private static final class MuteListener extends ServerSocket {
    private final AtomicBoolean mute;

    MuteListener(AtomicBoolean mute) throws IOException {
      this.mute = mute;
    }

    @Override
    public Socket accept() throws IOException {
      if (!mute.get()) {
        return super.accept();
      }
      Mute socket = new Mute();
      implAccept(socket);
      return socket;
    }
  }

  @Test
  void whoLeavesBeforeItIsRefusedIsNoFailureToAccept() throws IOException {
    AtomicBoolean mute = new AtomicBoolean();
    ServerSocket listener = new MuteListener(mute);
    try (TestServer server =
        TestServer.start(
            Map.of("server.max_connections", "4"), new MemoryStorageProvider(), () -> listener)) {
      server.put("/v1/namespaces/docs", "{\"attributes\":{\"s\":\"string\"}}");
      List<Socket> busy = busy(server, 4);
      mute.set(true);
      try (Socket told = server.socket()) {
        // The accept that has begun gives one that can be told.
        all(told);
      }
      for (int i = 0; i < 3; i++) {
        try (Socket next = server.socket()) {
          assertThat(all(next)).isEmpty();
        }
      }
      mute.set(false);
      for (Socket socket : busy) {
        socket.close();
      }
      server.awaitMetric(fault("accept") + "0.0");
      assertThat(server.get("/metrics").text())
          .containsPattern(Pattern.quote(fault("full")) + "(?:[4-9]|\\d\\d+)\\.0");
    }
  }

  /** A listener's socket to which the system gives no connection, a few times. */
  private static final class Starved extends ServerSocket {
    private final AtomicInteger failures;

    Starved(AtomicInteger failures) throws IOException {
      this.failures = failures;
    }

    @Override
    public Socket accept() throws IOException {
      if (failures.getAndDecrement() > 0) {
        throw new SocketException("Too many open files");
      }
      return super.accept();
    }
  }

  private static ServerSocket starved(AtomicInteger failures) {
    try {
      return new Starved(failures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSystemThatIsOutOfHandlesIsWaitedFor() {
    AtomicInteger failures = new AtomicInteger(3);
    try (TestServer server =
        TestServer.start(Map.of(), new MemoryStorageProvider(), () -> starved(failures))) {
      assertThat(server.get("/health").status()).isEqualTo(200);
      assertThat(server.get("/metrics").text()).contains(fault("accept") + "3.0");
      assertThat(server.server.died().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void aListenerThatIsDeadSaysSo() throws IOException {
    ServerSocket socket = new ServerSocket();
    try (TestServer server =
        TestServer.start(Map.of(), new MemoryStorageProvider(), () -> socket)) {
      socket.close();
      assertThat(server.server.died().toCompletableFuture().join())
          .contains("connections cannot be accepted any more");
    }
  }

  @Test
  void anOrderlyStopIsNoDeath() {
    TestServer server = start();
    server.close();
    assertThat(server.server.died().toCompletableFuture()).isNotDone();
  }

  @Test
  void aHalfClosedConnectionStillGetsAQuickAnswer() throws IOException {
    try (TestServer server = start();
        Socket socket = server.socket()) {
      OutputStream out = socket.getOutputStream();
      out.write(GET.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(all(socket)).startsWith("HTTP/1.1 200");
    }
  }
}
