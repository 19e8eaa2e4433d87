package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP by the letter: what can be read in one way only is served, all else is refused and told. */
class WireTest {
  private static final String GET = "GET /health HTTP/1.1\r\nHost: x\r\n";
  private static final String LAST = "Connection: close\r\n";
  private static final String QUERY =
      "POST /v1/namespaces/docs/query HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + LAST;
  private static final String CHUNKED = QUERY + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String BODY = "{\"filter\":{\"field\":\"n\",\"op\":\"gte\",\"value\":0}}";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(Map.of("server.idle_timeout", "10s", "server.body_idle_timeout", "10s"));
    server.put("/v1/namespaces/docs", "{\"attributes\":{\"n\":\"int\",\"s\":\"string\"}}");
    server.post(
        "/v1/namespaces/docs/upsert",
        "{\"documents\":[{\"id\":1,\"attributes\":{\"n\":1,\"s\":\""
            + "x".repeat(20_000)
            + "\"}}]}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /**
   * What comes, and what is answered.
   *
   * @param part of the message
   */
  record Case(String request, int status, String part) {}

  static Stream<Case> refused() {
    return Stream.of(
        new Case("GET /health HTTP/1.1\r\n\r\n", 400, "0 Host headers, expected 1"),
        new Case(GET + "Host: y\r\n\r\n", 400, "2 Host headers, expected 1"),
        new Case("GET /health HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "the host is 'a b'"),
        new Case("GET /health HTTP/1.1\r\nHost:\r\n\r\n", 400, "the host is ''"),
        new Case("GET /health HTTP/1.0\r\nHost: x\r\nHost: x\r\n\r\n", 400, "2 Host headers"),
        new Case("GET /health HTTP/3.7\r\nHost: x\r\n\r\n", 505, "HTTP/3.7"),
        new Case("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP/2.0"),
        new Case("GET /health http/1.1\r\nHost: x\r\n\r\n", 400, "'http/1.1'"),
        new Case("GET  /health HTTP/1.1\r\nHost: x\r\n\r\n", 400, "one space"),
        new Case("GET /health\r\n\r\n", 400, "the request line is 'GET /health'"),
        new Case("GET /he alth HTTP/1.1\r\nHost: x\r\n\r\n", 400, "the request line"),
        new Case("G\0T /health HTTP/1.1\r\nHost: x\r\n\r\n", 400, "the method is 'G?T'"),
        new Case("G(T /health HTTP/1.1\r\nHost: x\r\n\r\n", 400, "the method is 'G(T'"),
        new Case("get /health HTTP/1.1\r\nHost: x\r\n\r\n", 405, "method get is not allowed"),
        new Case("GET health HTTP/1.1\r\nHost: x\r\n\r\n", 400, "begins with a slash"),
        new Case("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400, "the path is '*'"),
        new Case("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "the path is 'x:1'"),
        new Case("GET /health?a=%2 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "'%2'"),
        new Case("GET /health?%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400, "'%zz'"),
        new Case("GET /v1/namespaces/%ff HTTP/1.1\r\nHost: x\r\n\r\n", 400, "UTF-8"),
        new Case("GET /v1/namespaces?prefix=%c0%af HTTP/1.1\r\nHost: x\r\n\r\n", 400, "UTF-8"),
        new Case("GET /caf\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "0xe9"),
        new Case("GET /health#a HTTP/1.1\r\nHost: x\r\n\r\n", 400, "0x23"),
        new Case("GET /health HTTP/1.1\nHost: x\n\n", 400, "LF alone"),
        new Case("GET /health HTTP/1.1\r\nHost: x\rA: b\r\n\r\n", 400, "CR without LF"),
        new Case(GET + "A : b\r\n\r\n", 400, "a header line is 'A : b'"),
        new Case(GET + " A: b\r\n\r\n", 400, "begins with white space"),
        new Case(GET + "A\r\n\r\n", 400, "a header line is 'A'"),
        new Case(GET + "A: b\0c\r\n\r\n", 400, "header A has the byte 0x0"),
        new Case(GET + "Expect: a miracle\r\n\r\n", 417, "Expect is 'a miracle'"),
        new Case(GET + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n{", 400, "2 Content-Length"),
        new Case(GET + "Content-Length: 1, 1\r\n\r\n{", 400, "Content-Length is '1, 1'"),
        new Case(GET + "Content-Length: +1\r\n\r\n{", 400, "Content-Length is '+1'"),
        new Case(GET + "Content-Length: -5\r\n\r\n", 400, "Content-Length is '-5'"),
        new Case(GET + "Content-Length: 0x1\r\n\r\n", 400, "Content-Length is '0x1'"),
        new Case(GET + "Content-Length: \r\n\r\n", 400, "Content-Length is ''"),
        new Case(GET + "Content-Length: \u0661\r\n\r\n", 400, "Content-Length is '?'"),
        new Case(GET + "Content-Length: 99999999999999999999\r\n\r\n", 400, "Content-Length is"),
        new Case(
            GET + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "Transfer-Encoding and Content-Length"),
        new Case(GET + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400, "'gzip, chunked'"),
        new Case(GET + "Transfer-Encoding: identity\r\n\r\n", 400, "'identity'"),
        new Case(
            GET + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
            "'chunked, chunked'"),
        new Case(
            "GET /health HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "HTTP/1.0 does not"),
        new Case("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "8192 bytes"),
        new Case("x".repeat(9_000), 414, "8192 bytes"),
        new Case(GET + "A: " + "b".repeat(17_000) + "\r\n\r\n", 431, "16384 bytes"),
        new Case(GET + ("A: " + "b".repeat(1_000) + "\r\n").repeat(17) + "\r\n", 431, "16384"),
        new Case(GET + "A:b\r\n".repeat(201) + "\r\n", 431, "200 lines"),
        new Case("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", 400, "this is TLS"),
        new Case(QUERY + "Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", 415, "is 'br'"),
        new Case(
            QUERY + "Content-Encoding: gzip, gzip\r\nContent-Length: 2\r\n\r\n{}",
            415,
            "is 'gzip, gzip'"),
        new Case(CHUNKED + "zz\r\n", 400, "a chunk begins with 'zz'"),
        new Case(CHUNKED + "\r\n", 400, "a chunk begins with ''"),
        new Case(CHUNKED + "-1\r\n", 400, "a chunk begins with '-1'"),
        new Case(CHUNKED + "0x2\r\n{}", 400, "a chunk begins with '0x2'"),
        new Case(CHUNKED + "2 \r\n{}\r\n0\r\n\r\n", 400, "a chunk begins with '2 '"),
        new Case(CHUNKED + "1234567890123456\r\n", 400, "a chunk begins with"),
        new Case(CHUNKED + "2\u000b;x\r\n{}\r\n0\r\n\r\n", 400, "a chunk begins with '2?;x'"),
        new Case(CHUNKED + "2\u001c;x\r\n{}\r\n0\r\n\r\n", 400, "a chunk begins with '2?;x'"),
        new Case(CHUNKED + "2\r\n{}0\r\n\r\n", 400, "longer than its size says"),
        new Case(CHUNKED + "2\n{}\r\n0\r\n\r\n", 400, "LF alone"),
        new Case(CHUNKED + "2\r\n{}\n0\r\n\r\n", 400, "LF alone"),
        new Case(CHUNKED + "2;" + "a".repeat(300) + "\r\n{}\r\n0\r\n\r\n", 400, "too long"),
        new Case(CHUNKED + "2\r\n{}\r\n0\r\nA b\r\n\r\n", 400, "a header line is 'A b'"),
        new Case(CHUNKED + "2\r\n{}\r\n0\r\n" + "A: b\r\n".repeat(3_000), 400, "trailers"),
        new Case("GET /health/ HTTP/1.1\r\nHost: x\r\n\r\n", 404, "leave out the slash"),
        new Case("GET /nothing/ HTTP/1.1\r\nHost: x\r\n\r\n", 404, "there is nothing"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNoProperHttpIsToldWhy(Case given) throws IOException {
    String closing = given.request();
    if (!closing.contains(LAST)) {
      // What is proper HTTP, and wrong, does not end a connection by itself.
      closing = closing.replace("Host: x\r\n", "Host: x\r\n" + LAST);
    }
    String answer = server.raw(closing);
    assertThat(answer).startsWith("HTTP/1.1 " + given.status() + " ");
    assertThat(answer).containsIgnoringCase("\r\nConnection: close\r\n");
    JsonNode body =
        TestServer.JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4)).path("error");
    assertThat(body.path("code").asText()).isNotEmpty();
    assertThat(body.path("message").asText()).contains(given.part()).isNotEqualTo("null");
  }

  static Stream<String> served() {
    return Stream.of(
        "GET /health HTTP/1.0\r\n\r\n",
        "GET /health HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
        "\r\nGET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET http://x/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET HTTP://y:3000/health?a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /health?x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /health?x&=&&y=1 HTTP/1.1\r\nHost: [::1]:80\r\nConnection: x, Close\r\n\r\n",
        "GET /health HTTP/1.1\r\nhOST:x:1\r\nA:\t b \t\r\nConnection: close\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, close\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("served")
  void whatIsProperHttpIsServed(String request) {
    assertThat(server.raw(request)).startsWith("HTTP/1.1 200 ").contains("\"healthy\"");
  }

  @Test
  void everyRouteTakesAParameterWithoutAValue() {
    for (Route route : server.routes()) {
      if (route.method().equals("GET")) {
        String path = route.path().replace("{ns}", "docs").replace("{id}", "1");
        assertThat(server.get(path + "?x").status())
            .describedAs(path)
            .isEqualTo(List.of("/v1/namespaces", "/v1/cluster").contains(path) ? 400 : 200);
      }
    }
  }

  @Test
  void everyRouteTakesATimeoutAndRefusesAWrongOne() {
    for (Route route : server.routes()) {
      for (String wrong : List.of("soon", "0", "16m", "")) {
        String path = route.path().replace("{ns}", "none").replace("{id}", "1");
        Answer answer =
            server.send(route.method(), path + "?timeout=" + wrong, BodyPublishers.noBody());
        assertThat(answer.status()).describedAs(path).isEqualTo(400);
        assertThat(answer.errorMessage())
            .startsWith("query parameter timeout is '" + wrong + "', expected");
      }
    }
    assertThat(server.get("/v1/namespaces?timeout=5s").status()).isEqualTo(200);
    Answer longWish = server.get("/v1/namespaces?timeout=" + "x".repeat(1_000));
    assertThat(longWish.errorMessage())
        .contains("'" + "x".repeat(200) + "...'")
        .hasSizeLessThan(400);
  }

  @Test
  void headAnswersHaveNoBodyAndTheNextAnswerIsFound() throws IOException {
    for (Route route : server.routes()) {
      if (!route.method().equals("GET")) {
        continue;
      }
      String path = route.path().replace("{ns}", "docs").replace("{id}", "1");
      String head = "HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
      String answers = server.raw(head + head + GET + "Connection: close\r\n\r\n");
      String[] parts = answers.split("(?=HTTP/1\\.1 )");
      assertThat(parts).describedAs(path).hasSize(3);
      assertThat(parts[0]).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
      assertThat(parts[0].toLowerCase(Locale.ROOT)).containsPattern("content-length: [1-9]");
      assertThat(parts[1]).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
      assertThat(parts[2]).contains("\"healthy\"");
    }
    assertThat(server.raw("HEAD /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404")
        .endsWith("\r\n\r\n");
  }

  @Test
  void chunksMayHaveExtensionsAndTrailers() {
    String answer =
        server.raw(
            CHUNKED
                + "1;a=b\r\n"
                + BODY.charAt(0)
                + "\r\n"
                + Integer.toHexString(BODY.length() - 1).toUpperCase(Locale.ROOT)
                + " ; c=\"d\"\r\n"
                + BODY.substring(1)
                + "\r\n000\r\nChecksum: 1\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @Test
  void aClientThatWaitsIsToldToGoOnOnceItsBodyIsWanted() throws IOException {
    try (Socket socket = server.socket()) {
      String head = QUERY + "Expect: 100-Continue\r\nContent-Length: " + BODY.length() + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(25))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .startsWith("HTTP/1.1 200");
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return zipped.toByteArray();
  }

  private static Answer query(byte[] body, String coding) {
    return server.send(
        "POST",
        "/v1/namespaces/docs/query",
        BodyPublishers.ofByteArray(body),
        "Content-Type",
        "application/json",
        "Content-Encoding",
        coding);
  }

  @Test
  void namesOfCodingsHaveNoCase() throws IOException {
    for (String coding : List.of("gzip", "GZIP", "x-gzip", "Gzip")) {
      assertThat(query(gzip(BODY), coding).status()).describedAs(coding).isEqualTo(200);
    }
    assertThat(query(BODY.getBytes(StandardCharsets.UTF_8), "Identity").status()).isEqualTo(200);
  }

  @Test
  void manyEmptyGzipMembersAreRefusedWithoutHarm() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      members.write(gzip(""));
    }
    Answer answer = query(members.toByteArray(), "gzip");
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("invalid_request");
  }

  @Test
  void largeAnswersAreCompressedForThoseWhoAskForIt() throws IOException {
    String path = "/v1/namespaces/docs/documents/1";
    String plain = server.get(path).text();
    for (String accepted : List.of("gzip", "GZIP;q=0.5, br", "br, *;q=1")) {
      String answer =
          server.rawLatin(
              "GET "
                  + path
                  + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: "
                  + accepted
                  + "\r\n\r\n");
      int end = answer.indexOf("\r\n\r\n") + 4;
      assertThat(answer.substring(0, end))
          .contains("Content-Encoding: gzip")
          .contains("Vary: Accept-Encoding");
      byte[] body = answer.substring(end).getBytes(StandardCharsets.ISO_8859_1);
      assertThat(body.length).isLessThan(plain.length() / 10);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(plain);
    }
    for (String refused : List.of("br", "gzip;q=0", "gzip; q=0.000, *", "identity")) {
      assertThat(
              server.raw(
                  "GET "
                      + path
                      + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: "
                      + refused
                      + "\r\n\r\n"))
          .doesNotContain("Content-Encoding")
          .endsWith(plain);
    }
  }

  @Test
  void clientsOfHttp10GetTheLengthOfWhatIsSentCompressedOrNot() throws IOException {
    server.post(
        "/v1/namespaces/docs/upsert",
        "{\"documents\":[{\"id\":2,\"attributes\":{\"s\":\"" + "y".repeat(200_000) + "\"}}]}");
    for (String path : List.of("documents/1", "documents/2")) {
      for (String accepted : List.of("", "Accept-Encoding: gzip\r\n")) {
        expectWhole("/v1/namespaces/docs/" + path, accepted);
      }
    }
  }

  private static void expectWhole(String path, String accepted) throws IOException {
    String answer = server.rawLatin("GET " + path + " HTTP/1.0\r\n" + accepted + "\r\n");
    int end = answer.indexOf("\r\n\r\n") + 4;
    assertThat(answer.substring(0, end))
        .contains("Content-Length: " + (answer.length() - end) + "\r\n");
    byte[] body = answer.substring(end).getBytes(StandardCharsets.ISO_8859_1);
    boolean packed = answer.substring(0, end).contains("Content-Encoding: gzip\r\n");
    byte[] unpacked =
        packed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    assertThat(unpacked).asString(StandardCharsets.UTF_8).isEqualTo(server.get(path).text());
  }

  @Test
  void whatIsRefusedOrDroppedIsCountedAndMakesNoError() throws IOException {
    try (TestServer other = TestServer.start(Map.of())) {
      other.raw("nonsense\r\n\r\n");
      try (Socket socket = other.socket()) {
        socket.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
      }
      other.awaitMetric("elacsym_http_connection_faults_total{fault=\"malformed\"} 1.0");
      other.awaitMetric("elacsym_http_connection_faults_total{fault=\"left\"} 1.0");
      assertThat(other.get("/metrics").text()).doesNotContain("status=\"500\"");
    }
  }

  /** Whoever asks for a head alone would take a body for the answer to its next request. */
  @Test
  void aRefusalOfHeadHasNoBody() {
    for (String refused :
        List.of(
            "HEAD /health HTTP/1.1\r\n\r\n",
            "\r\nHEAD /health HTTP/1.1\r\nHost: a b\r\n\r\n",
            "HEAD /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "HEAD /health HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(20_000) + "\r\n\r\n",
            "HEAD /health HTTP/3.7\r\nHost: x\r\n\r\n")) {
      assertThat(server.raw(refused))
          .startsWith("HTTP/1.1 ")
          .contains("Content-Length: ")
          .contains("Connection: close")
          .endsWith("\r\n\r\n");
    }
    // The request before it is no reason: what is refused here is a GET.
    assertThat(server.raw("HEAD /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\n\r\n"))
        .endsWith("}}");
  }
}
