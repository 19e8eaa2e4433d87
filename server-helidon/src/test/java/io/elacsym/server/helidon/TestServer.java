package io.elacsym.server.helidon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.index.Metric;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.Seams;
import io.elacsym.format.parquet.ParquetFormatProvider;
import io.elacsym.index.bm25.Bm25IndexProvider;
import io.elacsym.index.hnsw.HnswProvider;
import io.elacsym.index.ivf.IvfIndexProvider;
import io.elacsym.server.helidon.wire.Faults;
import io.elacsym.tck.memory.MemoryStorageProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A server on a free port, over a real engine in memory, and a client for it. */
final class TestServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** A guard against hanging: what is waited for takes a few seconds at most. */
  private static final Duration HANGS = Duration.ofMinutes(1);

  final Engine engine;
  final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Every route that there is, for tests of what holds for all of them. */
  List<Route> routes() {
    ServerMetrics metrics =
        new ServerMetrics(
            engine,
            new InFlight(),
            new BodyLimits(ServerSettings.of(Map.of())),
            new AnswerLimits(ServerSettings.of(Map.of())),
            new Faults(),
            "test");
    return Routes.of(engine, metrics, Metric.COSINE, Optional.empty()).all();
  }

  private TestServer(Engine engine, HttpServer server) {
    this.engine = engine;
    this.server = server;
  }

  static TestServer start() {
    return start(Map.of());
  }

  /** Starts with some of the server's settings, by full key. */
  static TestServer start(Map<String, String> settings) {
    return start(settings, new MemoryStorageProvider());
  }

  static TestServer start(Map<String, String> settings, StorageProvider storage) {
    return start(settings, storage, TestServer::serverSocket);
  }

  private static ServerSocket serverSocket() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts over an engine that sees another world. */
  static TestServer start(Seams seams) {
    return start(Map.of(), Map.of(), new MemoryStorageProvider(), TestServer::serverSocket, seams);
  }

  /** Starts with some of the engine's settings, by full key. */
  static TestServer startEngineWith(Map<String, String> engine, StorageProvider storage) {
    return start(engine, Map.of(), storage, TestServer::serverSocket, Seams.real());
  }

  static TestServer start(
      Map<String, String> settings, StorageProvider storage, Supplier<ServerSocket> sockets) {
    return start(Map.of(), settings, storage, sockets, Seams.real());
  }

  private static TestServer start(
      Map<String, String> engineSettings,
      Map<String, String> settings,
      StorageProvider storage,
      Supplier<ServerSocket> sockets,
      Seams seams) {
    Map<String, String> values = new HashMap<>(engineSettings);
    values.put("storage.backend", storage.name());
    values.put("cache.memory_size", "32MB");
    values.put("cache.disk_size", "0");
    Engine engine =
        Engine.open(
            EngineSettings.of(values),
            new Providers(
                List.of(storage),
                List.of(new ParquetFormatProvider()),
                List.of(new IvfIndexProvider(), new HnswProvider()),
                List.of(new Bm25IndexProvider())),
            seams);
    // It counts once when it starts: what a test does to the storage must not meet that.
    engine.count();
    Map<String, String> all = new HashMap<>(settings);
    all.put("server.host", "127.0.0.1");
    all.put("server.port", "0");
    return new TestServer(
        engine, HttpServer.start(engine, ServerSettings.of(all), Metric.COSINE, sockets));
  }

  /** An answer; its body is JSON unless the content type says otherwise. */
  record Answer(int status, String contentType, String text, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException("no JSON: " + text, e);
      }
    }

    String errorCode() {
      return json().at("/error/code").asText();
    }

    String errorMessage() {
      return json().at("/error/message").asText();
    }
  }

  Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  Answer put(String path, String body) {
    return send("PUT", path, BodyPublishers.ofString(body), "Content-Type", "application/json");
  }

  Answer post(String path, String body) {
    return send("POST", path, BodyPublishers.ofString(body), "Content-Type", "application/json");
  }

  Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body(),
          response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends bytes as they are and reads until the server closes the connection. */
  String raw(String bytes) {
    byte[] answer = rawLatin(bytes).getBytes(StandardCharsets.ISO_8859_1);
    return new String(answer, StandardCharsets.UTF_8);
  }

  /** The same, where each character of the answer is a byte. */
  String rawLatin(String bytes) {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket socket() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** Waits until {@code /metrics} has a line. */
  void awaitMetric(String line) {
    long start = System.nanoTime();
    String metrics = get("/metrics").text();
    while (!metrics.contains(line + "\n")) {
      if (System.nanoTime() - start > HANGS.toNanos()) {
        throw new AssertionError(line + " does not come; there is " + metrics);
      }
      Thread.onSpinWait();
      metrics = get("/metrics").text();
    }
  }

  @Override
  public void close() {
    client.close();
    server.stop();
    engine.close();
  }
}
