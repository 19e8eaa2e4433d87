package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.server.helidon.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers are bounded: each one, and all that clients have not read yet. */
class AnswerLimitsTest {
  private static final String NAMESPACE = "/v1/namespaces/docs";
  private static final int DOCUMENTS = 40;
  private static final int LENGTH = 500_000;

  private static TestServer start(String perAnswer, String allAnswers) {
    TestServer server =
        TestServer.start(
            Map.of("server.max_answer_bytes", perAnswer, "server.max_answers_bytes", allAnswers));
    server.put(NAMESPACE, "{\"attributes\":{\"title\":\"string\",\"body\":\"string\"}}");
    String body = "x".repeat(LENGTH);
    for (int id = 0; id < DOCUMENTS; id++) {
      Answer stored =
          server.post(
              NAMESPACE + "/upsert",
              "{\"documents\":[{\"id\":"
                  + id
                  + ",\"attributes\":{\"title\":\"t\",\"body\":\""
                  + body
                  + "\"}}]}");
      assertThat(stored.status()).describedAs(stored.text()).isEqualTo(200);
    }
    return server;
  }

  private static void expectAll(TestServer server) {
    List<Integer> ids = new ArrayList<>();
    Optional<JsonNode> after = Optional.empty();
    do {
      Answer page =
          server.post(NAMESPACE + "/scan", after.map(id -> "{\"after\":" + id + "}").orElse("{}"));
      assertThat(page.status()).isEqualTo(200);
      page.json().get("documents").forEach(document -> ids.add(document.get("id").asInt()));
      after = Optional.of(page.json().get("next")).filter(next -> !next.isNull());
    } while (after.isPresent());
    assertThat(ids).hasSize(DOCUMENTS).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aScanThatTakesMuchMemoryEndsItsPagesEarly() {
    try (TestServer server = start("3MB", "64MB")) {
      Answer page = server.post(NAMESPACE + "/scan", "{}");
      assertThat(page.json().get("documents")).hasSizeBetween(2, 6);
      assertThat(page.json().get("next").asInt())
          .isEqualTo(page.json().get("documents").size() - 1);
      expectAll(server);
      assertThat(server.post(NAMESPACE + "/compact", "").status()).isEqualTo(200);
      expectAll(server);
      server.awaitMetric("elacsym_http_answers_bytes 0.0");
    }
  }

  @Test
  void aQueryThatTakesTooMuchMemoryIsToldWhatToAskFor() {
    String query = "{\"filter\":{\"field\":\"title\",\"op\":\"eq\",\"value\":\"t\"},\"top_k\":100";
    try (TestServer server = start("3MB", "64MB")) {
      Answer refused = server.post(NAMESPACE + "/query", query + "}");
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.errorCode()).isEqualTo("too_large");
      assertThat(refused.errorMessage()).contains("top_k", "include_attributes", "include_vector");
      Answer less =
          server.post(NAMESPACE + "/query", query + ",\"include_attributes\":[\"title\"]}");
      assertThat(less.json().get("results")).hasSize(DOCUMENTS);
      server.awaitMetric("elacsym_http_answers_bytes 0.0");
    }
  }

  @Test
  void answersThatNobodyReadsAreBoundedAndSmallOnesStillCome() throws IOException {
    try (TestServer server = start("16MB", "24MB")) {
      List<Socket> stalled = new ArrayList<>();
      try {
        boolean refused = false;
        for (int i = 0; i < 8 && !refused; i++) {
          Socket socket = server.socket();
          stalled.add(socket);
          OutputStream out = socket.getOutputStream();
          out.write(
              ("POST " + NAMESPACE + "/scan HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
          byte[] status = new byte[12];
          InputStream in = socket.getInputStream();
          assertThat(in.readNBytes(status, 0, status.length)).isEqualTo(status.length);
          refused = new String(status, StandardCharsets.US_ASCII).endsWith("429");
        }
        assertThat(refused).describedAs("a client was told to come back").isTrue();
        Answer later = server.post(NAMESPACE + "/scan", "{}");
        assertThat(later.status()).isEqualTo(429);
        assertThat(later.errorCode()).isEqualTo("overloaded");
        assertThat(later.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(server.get(NAMESPACE + "/documents/1").status()).isEqualTo(200);
      } finally {
        for (Socket socket : stalled) {
          socket.close();
        }
      }
      server.awaitMetric("elacsym_http_answers_bytes 0.0");
      expectAll(server);
    }
  }

  @Test
  void aLongAnswerComesInChunksAndWithItsLengthWhenItIsTheLast() {
    try (TestServer server = start("16MB", "64MB")) {
      assertThat(
              server
                  .post(NAMESPACE + "/scan", "{\"limit\":2}")
                  .response()
                  .headers()
                  .firstValue("Transfer-Encoding"))
          .hasValue("chunked");
      for (String version : new String[] {"1.0", "1.1"}) {
        String answer =
            server.raw(
                "POST "
                    + NAMESPACE
                    + "/scan HTTP/"
                    + version
                    + "\r\nHost: x\r\nConnection: close\r\nContent-Length: 11\r\n\r\n{\"limit\":2}");
        int body = answer.indexOf("\r\n\r\n") + 4;
        assertThat(answer.substring(0, body))
            .contains("Content-Length: " + (answer.length() - body))
            .doesNotContain("chunked");
      }
    }
  }

  /** A client that asks many times and reads nothing. */
  private static Socket stalled(TestServer server, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server.port()));
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.getOutputStream().write(request.repeat(100).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void answersPutTogetherInMemoryAreBoundedWhenNobodyReadsThem() throws IOException {
    try (TestServer server =
        TestServer.start(
            Map.of("server.max_answer_bytes", "1MB", "server.max_answers_bytes", "2MB"))) {
      StringBuilder attributes = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        String name = "a%04d".formatted(i) + "x".repeat(100);
        attributes
            .append(i == 0 ? "" : ",")
            .append("\"" + name + "\":{\"type\":\"string\",\"full_text\":true}");
      }
      String schema = "{\"attributes\":{" + attributes + "}}";
      assertThat(server.put(NAMESPACE, schema).status()).isEqualTo(200);
      int bytes = server.get(NAMESPACE).text().length();
      assertThat(bytes).isGreaterThan(100_000);
      List<Socket> stalled = new ArrayList<>();
      try {
        for (int i = 0; i < 12; i++) {
          stalled.add(stalled(server, NAMESPACE));
        }
        Answer refused = server.get(NAMESPACE);
        while (refused.status() == 200) {
          refused = server.get(NAMESPACE);
        }
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.errorCode()).isEqualTo("overloaded");
        assertThat(server.get("/health").status()).isEqualTo(200);
        // What is done is done, and its answer finds its way without room of its own.
        Answer patched =
            server.send(
                "PATCH",
                NAMESPACE + "/schema",
                BodyPublishers.ofString("{\"attributes\":{\"more\":\"int\"}}"),
                "Content-Type",
                "application/json");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().at("/schema/attributes/more/type").asText()).isEqualTo("int");
      } finally {
        for (Socket socket : stalled) {
          socket.close();
        }
      }
      server.awaitMetric("elacsym_http_answers_bytes 0.0");
      assertThat(server.get(NAMESPACE).status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsPutTogetherInMemoryTakesTwiceItsBytesAndWhatIsSmallNone() {
    AnswerLimits limits = new AnswerLimits(1_000, 8 << 20);
    try (AnswerLimits.Share share = limits.begin()) {
      share.charged(new Reply(200, Reply.JSON, new byte[100_000], Map.of()));
      assertThat(limits.inWork()).isEqualTo(200_000);
      share.charged(new Reply(200, Reply.JSON, new byte[500], Map.of()));
      share.charged(new Reply(504, Reply.JSON, new byte[5_000], Map.of()));
      assertThat(limits.inWork()).isEqualTo(200_000);
    }
    assertThat(limits.inWork()).isZero();
  }

  @Test
  void sharesAreCountedAndGivenBack() {
    AnswerLimits limits = new AnswerLimits(1_000, 8 << 20);
    try (AnswerLimits.Share one = limits.begin();
        AnswerLimits.Share two = limits.begin()) {
      one.take(6 << 20);
      assertThatThrownBy(() -> two.take(3 << 20)).isInstanceOf(ElacsymException.class);
      assertThat(limits.inWork()).isEqualTo(6 << 20);
      two.take(1 << 20);
      two.giveBack(1 << 19);
      assertThat(limits.inWork()).isEqualTo((6 << 20) + (1 << 19));
    }
    assertThat(limits.inWork()).isZero();
    try (AnswerLimits.Share alone = limits.begin()) {
      alone.take(20 << 20);
      assertThat(alone.left()).isNegative();
    }
  }
}
