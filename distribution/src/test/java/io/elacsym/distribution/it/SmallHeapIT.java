package io.elacsym.distribution.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a heap of 256 MB meets requests and answers of more than it has. The launcher lets
 * a process end that has no memory left, so whoever still answers has had enough of it all along.
 */
class SmallHeapIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path temp;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private ServerProcess server;

  @BeforeEach
  void start() {
    server =
        ServerProcess.start(
            temp,
            Map.of(
                "ELACSYM_STORAGE_PATH",
                temp.resolve("lib").toString(),
                "ELACSYM_CACHE_DISK_PATH",
                temp.resolve("cache").toString(),
                "ELACSYM_HOST",
                "127.0.0.1",
                "ELACSYM_PORT",
                "0",
                "ELACSYM_JAVA_OPTS",
                "-Xmx256m -XX:+UseSerialGC"));
    expect(200, send("PUT", "/v1/namespaces/small", text("{\"attributes\":{\"i\":\"int\"}}")));
    expect(200, post("small/upsert", "{\"documents\":[{\"id\":1,\"attributes\":{\"i\":7}}]}"));
  }

  @AfterEach
  void stop() {
    server.close();
    http.shutdownNow();
  }

  private static BodyPublisher text(String body) {
    return BodyPublishers.ofString(body);
  }

  private HttpResponse<byte[]> send(
      String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.url().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer: " + server.log(), e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<byte[]> post(String path, String body) {
    return send("POST", "/v1/namespaces/" + path, text(body));
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(HttpResponse<byte[]> answer) {
    byte[] body = answer.body();
    return new String(body, 0, Math.min(body.length, 500), StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> expect(int status, HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).describedAs(shown(answer)).isEqualTo(status);
    return answer;
  }

  /** A refusal in the one form of errors, with a status that says what to do. */
  private void expectRefused(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).describedAs(shown(answer)).isIn(400, 413, 429);
    JsonNode error = json(answer).path("error");
    assertThat(error.path("code").asText())
        .isEqualTo(
            switch (answer.statusCode()) {
              case 400 -> "invalid_request";
              case 413 -> "too_large";
              default -> "overloaded";
            });
    assertThat(error.path("message").asText()).isNotEmpty();
    assertThat(answer.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(answer.statusCode() == 429);
    expectAlive();
  }

  /** Ordinary requests get ordinary answers. */
  private void expectAlive() {
    expect(200, send("GET", "/health", BodyPublishers.noBody()));
    HttpResponse<byte[]> found =
        untilThereIsRoom(
            () -> post("small/query", "{\"filter\":{\"field\":\"i\",\"op\":\"eq\",\"value\":7}}"));
    assertThat(json(expect(200, found)).path("results")).hasSize(1);
  }

  private interface Request {
    HttpResponse<byte[]> send();
  }

  /** Sends a request again as long as the server asks for it. */
  private static HttpResponse<byte[]> untilThereIsRoom(Request request) {
    HttpResponse<byte[]> answer = request.send();
    for (int i = 0; i < 600 && answer.statusCode() == 429; i++) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      answer = request.send();
    }
    return answer;
  }

  private static BodyPublisher zipped(String head, String part, int times, String tail) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(head.getBytes(StandardCharsets.UTF_8));
      byte[] block = part.repeat(1_000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < times / 1_000; i++) {
        out.write(block);
      }
      out.write(tail.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return BodyPublishers.ofByteArray(bytes.toByteArray());
  }

  @Test
  void requestsOfManySmallPartsAreRefused() {
    int many = 8_000_000;
    for (String path : new String[] {"small/query", "small/scan", "small/delete", "none/query"}) {
      HttpResponse<byte[]> answer =
          send(
              "POST",
              "/v1/namespaces/" + path,
              zipped("{\"filter\":{\"field\":\"i\",\"op\":\"in\",\"value\":[", "1,", many, "1]}}"),
              "Content-Encoding",
              "gzip");
      if (answer.statusCode() == 404) {
        expectAlive();
      } else {
        expectRefused(answer);
      }
    }
    for (String part : new String[] {"1,", "\"a\",", "[],", "{},", "null,"}) {
      for (String head : new String[] {"{\"ids\":[", "{\"filter\":[", "{\"x\":[", "["}) {
        for (String path : new String[] {"delete", "restore", "branch", "upsert", "query"}) {
          expectRefused(
              send(
                  "POST",
                  "/v1/namespaces/small/" + path,
                  zipped(head, part, many, "1]}"),
                  "Content-Encoding",
                  "gzip"));
        }
      }
    }
    for (String name : new String[] {"small", "new"}) {
      expectRefused(
          send(
              "PUT",
              "/v1/namespaces/" + name,
              zipped("{\"attributes\":[", "1,", many, "1]}"),
              "Content-Encoding",
              "gzip"));
    }
    expectRefused(
        send(
            "POST",
            "/v1/namespaces/small/upsert",
            zipped("{\"documents\":[", "{\"id\":1},", 1_600_000, "{\"id\":1}]}"),
            "Content-Encoding",
            "gzip"));
  }

  @Test
  void aBodyOfMoreThanThereIsRoomForIsRefused() {
    byte[] block = "x".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
    List<byte[]> parts = new ArrayList<>();
    parts.add(
        "{\"documents\":[{\"id\":1,\"attributes\":{\"i\":\"".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 200; i++) {
      parts.add(block);
    }
    try {
      expectRefused(
          send("POST", "/v1/namespaces/small/upsert", BodyPublishers.ofByteArrays(parts)));
    } catch (AssertionError e) {
      // A client that is cut off while it sends: what counts is that the server lives.
      assertThat(e).hasMessageContaining("got no answer");
    }
    expectAlive();
  }

  @Test
  void documentsOfMoreThanTheHeapAreWrittenReadFilteredAndExported() {
    int documents = 100;
    expect(
        200,
        send(
            "PUT",
            "/v1/namespaces/large",
            text("{\"vector_dim\":2,\"attributes\":{\"title\":\"string\",\"body\":\"string\"}}")));
    String body = "kelp and otter ".repeat(4 * MEGABYTE / 15);
    for (int id = 0; id < documents; id++) {
      String document =
          "{\"documents\":[{\"id\":"
              + id
              + ",\"vector\":[1,2],\"attributes\":{\"title\":\"t"
              + id
              + "\",\"body\":\""
              + body
              + "\"}}]}";
      expect(200, untilThereIsRoom(() -> post("large/upsert", document)));
    }
    expectAlive();
    expect(200, post("large/compact", ""));
    int found = 0;
    Optional<JsonNode> after = Optional.empty();
    do {
      String from = after.map(id -> "{\"after\":" + id + "}").orElse("{}");
      JsonNode page = json(expect(200, untilThereIsRoom(() -> post("large/scan", from))));
      found += page.path("documents").size();
      after = Optional.of(page.path("next")).filter(next -> !next.isNull());
    } while (after.isPresent());
    assertThat(found).isEqualTo(documents);
    String all =
        "{\"filter\":{\"field\":\"body\",\"op\":\"contains\",\"value\":\"otter\"},\"top_k\":1000";
    HttpResponse<byte[]> refused = post("large/query", all + "}");
    expectRefused(refused);
    assertThat(shown(refused)).contains("include_attributes");
    JsonNode titles =
        json(expect(200, post("large/query", all + ",\"include_attributes\":[\"title\"]}")));
    assertThat(titles.path("results")).hasSize(documents);
    StringBuilder patches = new StringBuilder("{\"documents\":[");
    for (int id = 0; id < documents; id++) {
      patches
          .append(id == 0 ? "" : ",")
          .append("{\"id\":")
          .append(id)
          .append(",\"attributes\":{}}");
    }
    HttpResponse<byte[]> patched = post("large/upsert", patches.append("]}").toString());
    assertThat(patched.statusCode()).describedAs(shown(patched)).isIn(413, 429);
    List<Future<Integer>> clients = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        clients.add(pool.submit(() -> post("large/scan", "{\"limit\":10000}").statusCode()));
      }
    }
    assertThat(clients).allSatisfy(client -> assertThat(client.resultNow()).isIn(200, 429));
    expectAlive();
    Path file = temp.resolve("large.jsonl");
    Installation.Ended export =
        Installation.run(
            temp,
            Map.of(),
            "export",
            "--namespace",
            "large",
            "--server",
            server.url().toString(),
            "--out",
            file.toString());
    assertThat(export.code()).describedAs(export.err().toString()).isZero();
    assertThat(file.toFile().length()).isGreaterThan((long) documents * body.length());
  }

  private static String vectors(int from, int to, int dimension, Random random) {
    StringBuilder body = new StringBuilder("{\"documents\":[");
    ByteBuffer bytes = ByteBuffer.allocate(dimension * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int id = from; id < to; id++) {
      bytes.clear();
      for (int i = 0; i < dimension; i++) {
        bytes.putFloat(random.nextFloat());
      }
      body.append(id == from ? "" : ",")
          .append("{\"id\":")
          .append(id)
          .append(",\"vector\":\"")
          .append(Base64.getEncoder().encodeToString(bytes.array()))
          .append("\"}");
    }
    return body.append("]}").toString();
  }

  private void fillVectors(String namespace, int count, int dimension, int batch) {
    expect(
        200,
        send(
            "PUT",
            "/v1/namespaces/" + namespace,
            text("{\"vector_dim\":" + dimension + ",\"vector_metric\":\"l2\"}")));
    Random random = new Random(3);
    for (int from = 0; from < count; from += batch) {
      String body = vectors(from, Math.min(count, from + batch), dimension, random);
      expect(200, untilThereIsRoom(() -> post(namespace + "/upsert", body)));
    }
    expectAlive();
  }

  @Test
  void vectorsOfMoreThanTheHeapAreAnsweredPageByPage() throws IOException {
    fillVectors("wide", 10_000, 1_536, 500);
    String everything = "{\"limit\":10000,\"include_vector\":true}";
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<byte[]>>> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(pool.submit(() -> post("wide/scan", everything)));
      }
      for (Future<HttpResponse<byte[]>> client : clients) {
        HttpResponse<byte[]> answer = result(client);
        if (answer.statusCode() == 200) {
          assertThat(json(answer).path("documents").size()).isBetween(1, 9_999);
        } else {
          expectRefused(answer);
        }
      }
    }
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        stalled.add(stalled("/v1/namespaces/wide/scan", everything));
      }
      expectAlive();
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
    expectAlive();
  }

  @Test
  void theLongestVectorsAreWrittenFoundAndRead() {
    fillVectors("long", 400, 65_536, 20);
    expect(200, post("long/compact", ""));
    HttpResponse<byte[]> refused =
        post("long/query", queryOf(65_536) + ",\"top_k\":1000,\"include_vector\":true}");
    expectRefused(refused);
    JsonNode found = json(expect(200, post("long/query", queryOf(65_536) + ",\"top_k\":1000}")));
    assertThat(found.path("results")).hasSize(400);
    expect(
        200,
        post(
            "long/query",
            queryOf(65_536) + ",\"top_k\":3,\"include_vector\":true,\"explain\":true}"));
    expect(200, post("long/scan", "{\"limit\":10000,\"include_vector\":true}"));
    expectAlive();
  }

  private static HttpResponse<byte[]> result(Future<HttpResponse<byte[]>> client) {
    try {
      return client.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static String queryOf(int dimension) {
    byte[] bytes = new byte[dimension * 4];
    return "{\"vector\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
  }

  /** A client that asks and does not read. */
  private Socket stalled(String path, String body) throws IOException {
    URI url = server.url();
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket
        .getOutputStream()
        .write(
            ("POST "
                    + path
                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
