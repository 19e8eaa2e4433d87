package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.server.helidon.TestServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies are bounded, whatever they say of themselves. */
class HttpLimitsTest {
  private static final String PATH = "/v1/namespaces/docs/upsert";

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(Map.of("server.max_body_bytes", "64KB"));
    server.put("/v1/namespaces/docs", "{\"attributes\":{\"s\":\"string\"}}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String document(int length) {
    return "{\"documents\":[{\"id\":1,\"attributes\":{\"s\":\"" + "x".repeat(length) + "\"}}]}";
  }

  private static void expectTooLarge(Answer answer) {
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(413);
    assertThat(answer.errorCode()).isEqualTo("too_large");
  }

  @Test
  void aBodyOfJustTheLimitIsTaken() {
    int overhead = document(0).length();
    Answer fits = server.post(PATH, document((64 << 10) - overhead));
    assertThat(fits.status()).describedAs(fits.text()).isEqualTo(200);
    expectTooLarge(server.post(PATH, document((64 << 10) - overhead + 1)));
  }

  @Test
  void aHugeDeclaredBodyIsRefusedBeforeItComes() {
    String answer =
        server.raw(
            "POST "
                + PATH
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100000000000\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"too_large\"");
  }

  @Test
  void aClientThatWaitsForContinueIsToldNotToSend() {
    String answer =
        server.raw(
            "POST "
                + PATH
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: 200000\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"too_large\"");
  }

  @Test
  void aHugeChunkedBodyIsRefusedWhileItComes() {
    byte[] body = document(1 << 20).getBytes(StandardCharsets.UTF_8);
    expectTooLarge(
        server.send(
            "POST",
            PATH,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            "Content-Type",
            "application/json"));
    assertThat(server.post(PATH, document(1)).status()).isEqualTo(200);
  }

  @Test
  void anEndlessChunkedBodyIsCutOff() throws IOException {
    try (Socket socket = server.socket()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + PATH
                  + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk =
          ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      long sent = 0;
      try {
        while (sent < 1L << 30) {
          out.write(chunk);
          sent += 65_536;
        }
      } catch (IOException expected) {
        // The server has closed the connection.
      }
      assertThat(sent).isLessThan(1L << 30);
    }
    assertThat(server.get("/health").status()).isEqualTo(200);
  }

  @Test
  void bodiesInWorkAreBoundedTogether() throws IOException {
    try (TestServer small =
            TestServer.start(
                Map.of("server.max_body_bytes", "64KB", "server.max_bodies_bytes", "64KB"));
        Socket held = small.socket()) {
      small.put("/v1/namespaces/docs", "{\"attributes\":{\"s\":\"string\"}}");
      OutputStream out = held.getOutputStream();
      String body = document(50_000);
      out.write(
          ("POST "
                  + PATH
                  + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body.substring(0, 40_000).getBytes(StandardCharsets.US_ASCII));
      small.awaitMetric("elacsym_http_bodies_bytes 40000.0");
      Answer refused = small.post(PATH, document(50_000));
      assertThat(refused.status()).describedAs(refused.text()).isEqualTo(429);
      assertThat(refused.errorCode()).isEqualTo("overloaded");
      assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
      assertThat(small.post(PATH, document(10)).status()).isEqualTo(200);
      out.write(body.substring(40_000).getBytes(StandardCharsets.US_ASCII));
      small.awaitMetric("elacsym_http_bodies_bytes 0.0");
      assertThat(small.post(PATH, document(50_000)).status()).isEqualTo(200);
    }
  }

  @Test
  void aSmallBodyThatUnpacksToAHugeOneIsRefused() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(document(10 << 20).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(zipped.size()).isLessThan(64 << 10);
    expectTooLarge(
        server.send(
            "POST",
            PATH,
            BodyPublishers.ofByteArray(zipped.toByteArray()),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip"));
  }

  @Test
  void whatIsMadeOfASmallBodyIsBoundedToo() {
    String manyIds = "{\"ids\":[" + "1,".repeat(30_000) + "1]}";
    Answer ids = server.post("/v1/namespaces/docs/delete", manyIds);
    assertThat(ids.status()).describedAs(ids.text()).isIn(200, 413);
    try (TestServer small =
        TestServer.start(
            Map.of("server.max_body_bytes", "64KB", "server.max_bodies_bytes", "64KB"))) {
      small.put("/v1/namespaces/docs", "{\"attributes\":{\"n\":\"array_int\"}}");
      expectTooLarge(small.post("/v1/namespaces/docs/delete", manyIds));
      expectTooLarge(
          small.post(
              PATH,
              "{\"documents\":[{\"id\":1,\"attributes\":{\"n\":["
                  + "1,".repeat(30_000)
                  + "1]}}]}"));
      expectTooLarge(
          small.post(
              "/v1/namespaces/docs/query",
              "{\"filter\":{\"field\":\"id\",\"op\":\"in\",\"value\":["
                  + "1,".repeat(30_000)
                  + "1]}}"));
      small.awaitMetric("elacsym_http_bodies_bytes 0.0");
    }
  }

  @Test
  void routesThatTakeLittleReadLittle() {
    try (TestServer large = TestServer.start()) {
      large.put("/v1/namespaces/docs", "{\"attributes\":{\"s\":\"string\"}}");
      String blanks = " ".repeat(1 << 20);
      for (String path : new String[] {"/restore", "/branch", "/compact", "/warm"}) {
        Answer answer = large.post("/v1/namespaces/docs" + path, blanks + "{}");
        expectTooLarge(answer);
        assertThat(answer.errorMessage()).contains("1048576");
      }
      expectTooLarge(large.put("/v1/namespaces/new", blanks + "{}"));
      expectTooLarge(
          large.send(
              "PATCH",
              "/v1/namespaces/docs/schema",
              BodyPublishers.ofString(blanks + "{}"),
              "Content-Type",
              "application/json"));
      for (String path : new String[] {"/query", "/scan"}) {
        expectTooLarge(large.post("/v1/namespaces/docs" + path, blanks.repeat(16) + "{}"));
      }
    }
  }

  @Test
  void manyEmptyGzipMembersAreAnEmptyBody() throws IOException {
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    new GZIPOutputStream(empty).close();
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      many.writeBytes(empty.toByteArray());
    }
    try (TestServer large = TestServer.start()) {
      large.put("/v1/namespaces/docs", "{\"attributes\":{\"s\":\"string\"}}");
      Answer answer =
          large.send(
              "POST",
              PATH,
              BodyPublishers.ofByteArray(many.toByteArray()),
              "Content-Type",
              "application/json",
              "Content-Encoding",
              "gzip");
      assertThat(answer.status()).describedAs(answer.text()).isEqualTo(400);
      assertThat(answer.errorCode()).isEqualTo("invalid_request");
    }
  }

  @Test
  void packedBytesAreBoundedAlsoWhereNothingIsInThem() throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    new GZIPOutputStream(member).close();
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    for (int i = 0; i < 5_000; i++) {
      empty.writeBytes(member.toByteArray());
    }
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    byte[] head = Arrays.copyOf(member.toByteArray(), 10);
    head[3] = 8;
    named.writeBytes(head);
    named.writeBytes("n".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
    for (ByteArrayOutputStream body : List.of(empty, named)) {
      expectTooLarge(
          server.send(
              "POST",
              PATH,
              BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.toByteArray())),
              "Content-Type",
              "application/json",
              "Content-Encoding",
              "gzip"));
    }
  }

  @Test
  void aBodyOfJustTheLimitMayComePackedThoughThatMakesItLonger() throws IOException {
    int overhead = document(0).length();
    String body = document((64 << 10) - overhead);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out =
        new GZIPOutputStream(zipped) {
          {
            def.setLevel(Deflater.NO_COMPRESSION);
          }
        }) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(zipped.size()).isGreaterThan(64 << 10);
    Answer answer =
        server.send(
            "POST",
            PATH,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(zipped.toByteArray())),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip");
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsAnnouncedAndNotSentHoldsNothing() throws IOException {
    try (TestServer small =
        TestServer.start(
            Map.of("server.max_body_bytes", "64KB", "server.max_bodies_bytes", "64KB"))) {
      small.put("/v1/namespaces/docs", "{\"attributes\":{\"s\":\"string\"}}");
      List<Socket> silent = new ArrayList<>();
      try {
        for (int i = 0; i < 10; i++) {
          Socket socket = small.socket();
          silent.add(socket);
          socket
              .getOutputStream()
              .write(
                  ("POST "
                          + PATH
                          + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                          + "Content-Length: 60000\r\n\r\n")
                      .getBytes(StandardCharsets.US_ASCII));
        }
        small.awaitMetric("elacsym_http_requests_in_flight 11.0");
        small.awaitMetric("elacsym_http_bodies_bytes 0.0");
        assertThat(small.post(PATH, document(50_000)).status()).isEqualTo(200);
      } finally {
        for (Socket socket : silent) {
          socket.close();
        }
      }
    }
  }

  @Test
  void aBodyOfJustTheLimitOfItsRouteIsTakenAndOneByteMoreIsNot() {
    try (TestServer usual = TestServer.start()) {
      new Requests(usual.routes()).prepare(usual);
      long most = ServerSettings.of(Map.of()).maxBodyBytes();
      for (Route route : usual.routes()) {
        if (route.body() != Route.Body.NONE && route.body() != Route.Body.DOCUMENTS) {
          int limit = (int) Math.min(most, route.body().maxBytes());
          assertThat(padded(usual, route, limit).status())
              .describedAs("%s", route)
              .isNotEqualTo(413);
          expectTooLarge(padded(usual, route, limit + 1));
        }
      }
    }
  }

  /** A right request with so many bytes, most of them spaces. */
  private static Answer padded(TestServer server, Route route, int bytes) {
    byte[] body = new byte[bytes];
    Arrays.fill(body, (byte) ' ');
    byte[] json = Requests.body(route).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(json, 0, body, 0, json.length);
    return server.send(
        route.method(),
        route.path().replace("{ns}", "docs"),
        BodyPublishers.ofByteArray(body),
        "Content-Type",
        "application/json");
  }
}
