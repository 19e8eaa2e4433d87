package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.server.helidon.TestServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Many clients of all bad kinds beside one good one, which is served all the time. How many: {@code
 * -Delacsym.hostile.clients=2000}.
 */
class HostileClientsTest {
  private static final int CLIENTS = Integer.getInteger("elacsym.hostile.clients", 60);

  /** A guard against hanging: a good client has its answer in less than a second. */
  private static final Duration DEAD = Duration.ofSeconds(60);

  private static final Pattern BYTES =
      Pattern.compile("(?m)^elacsym_http_(bodies|answers)_bytes ([0-9.E]+)$");

  private static final String SMUGGLED = "DELETE /v1/namespaces/docs HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String UPSERT =
      "POST /v1/namespaces/docs/upsert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  /** What a bad client does with its connection. */
  enum Kind {
    IDLE(""),
    HALF_HEAD("GET /health HTTP/1.1\r\nHos"),
    GARBAGE("\0\1\2\3 \r\n\r\n"),
    HALF_BODY(UPSERT + "Content-Length: 500\r\n\r\n{\"documents\":["),
    HALF_CHUNK(UPSERT + "Transfer-Encoding: chunked\r\n\r\nfffff\r\n{\"docu"),
    WAITS_FOR_CONTINUE(UPSERT + "Expect: 100-continue\r\nContent-Length: 500\r\n\r\n"),
    READS_NOTHING("GET /v1/namespaces/docs/documents/1 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40)),
    SMUGGLES(
        "GET /nothing HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n"
            + SMUGGLED),
    BOMB(
        UPSERT
            + "Content-Encoding: gzip\r\nContent-Length: "
            + bomb().length()
            + "\r\n\r\n"
            + bomb()),
    LEAVES("POST /v1/namespaces/docs/query HTTP/1.1\r\nHost: x\r\nContent-Le");

    private final String bytes;

    Kind(String bytes) {
      this.bytes = bytes;
    }
  }

  private static String bomb() {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      byte[] spaces = new byte[64 << 10];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 512; i++) {
        out.write(spaces);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aGoodClientIsServedBesideManyBadOnes() throws Exception {
    try (TestServer server =
            TestServer.start(
                Map.of(
                    "server.max_connections",
                    Integer.toString(Math.max(40, CLIENTS / 4)),
                    "server.max_body_bytes",
                    "1MB",
                    "server.head_timeout",
                    "1s",
                    "server.idle_timeout",
                    "3s",
                    "server.body_idle_timeout",
                    "1s",
                    "server.answer_idle_timeout",
                    "1s"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.put("/v1/namespaces/docs", "{\"attributes\":{\"s\":\"string\"}}");
      String large = "x".repeat(200_000);
      String document = "{\"documents\":[{\"id\":1,\"attributes\":{\"s\":\"" + large + "\"}}]}";
      assertThat(server.post("/v1/namespaces/docs/upsert", document).status()).isEqualTo(200);
      List<Future<?>> bad = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Kind kind = Kind.values()[i % Kind.values().length];
        bad.add(threads.submit(() -> behave(server, kind)));
      }
      List<Long> micros = new ArrayList<>();
      while (!bad.stream().allMatch(Future::isDone) || micros.size() < 50) {
        micros.add(ask(server));
        if (micros.size() % 10 == 0) {
          expectBounded(server);
        }
      }
      micros.sort(null);
      System.getLogger("io.elacsym.test")
          .log(
              CLIENTS > 100 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
              CLIENTS
                  + " bad clients; good requests: "
                  + micros.size()
                  + ", p50 "
                  + micros.get(micros.size() / 2)
                  + " us, p99 "
                  + micros.get(micros.size() * 99 / 100)
                  + " us");
      server.awaitMetric("elacsym_http_bodies_bytes 0.0");
      server.awaitMetric("elacsym_http_answers_bytes 0.0");
      server.awaitMetric("elacsym_http_requests_abandoned 0.0");
      server.awaitMetric("elacsym_http_requests_in_flight 1.0");
      assertThat(server.get("/v1/namespaces/docs").status()).isEqualTo(200);
    }
  }

  /** What requests and answers hold stays below its bounds all the time, however many there are. */
  private static void expectBounded(TestServer server) {
    String metrics;
    try {
      metrics = server.get("/metrics").text();
    } catch (UncheckedIOException e) {
      return; // its place was needed
    }
    ServerSettings settings = ServerSettings.of(Map.of());
    long most = Math.max(settings.maxBodiesBytes(), settings.maxAnswersBytes());
    Matcher bytes = BYTES.matcher(metrics);
    while (bytes.find()) {
      assertThat(Double.parseDouble(bytes.group(2))).as(bytes.group(1)).isLessThan((double) most);
    }
  }

  private static long ask(TestServer server) {
    long start = System.nanoTime();
    int status = 503;
    while (status == 503) {
      assertThat(System.nanoTime() - start)
          .as("nanoseconds without an answer: the server is dead")
          .isLessThan(DEAD.toNanos());
      try {
        Answer answer = server.post("/v1/namespaces/docs/scan", "{\"include_attributes\":false}");
        status = answer.status();
      } catch (UncheckedIOException e) {
        // Its place was needed between two requests: a good client connects again.
      }
    }
    assertThat(status).isEqualTo(200);
    return (System.nanoTime() - start) / 1_000;
  }

  /** Does what its kind does until the server ends it; what it gets is in the error form. */
  private static void behave(TestServer server, Kind kind) {
    try (Socket socket = server.socket()) {
      socket.setSoTimeout((int) DEAD.toMillis());
      if (kind == Kind.READS_NOTHING) {
        socket.setReceiveBufferSize(4 << 10);
        socket.setSendBufferSize(4 << 10);
      }
      socket.getOutputStream().write(kind.bytes.getBytes(StandardCharsets.ISO_8859_1));
      if (kind == Kind.LEAVES) {
        return;
      }
      while (kind == Kind.READS_NOTHING) {
        // Nobody takes it until it is cut off, which writing meets.
        socket.getOutputStream().write(kind.bytes.getBytes(StandardCharsets.ISO_8859_1));
      }
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // Reset: it was cut off, as it should be.
    }
  }
}
