package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that keeps documents in memory and answers in the words of the HTTP contract. */
final class FakeElacsym implements AutoCloseable {

  private record Namespace(JsonNode schema, Map<Long, JsonNode> documents) {}

  private record Refusal(int status, String retryAfter) {}

  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> queries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger upserts = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeElacsym() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/namespaces/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next upsert that arrives is refused so. */
  void refuseNextUpsert(int status, String retryAfter) {
    refusals.add(new Refusal(status, retryAfter));
  }

  void addNamespace(String name, JsonNode schema) {
    namespaces.put(name, new Namespace(schema, new TreeMap<>()));
  }

  Map<Long, JsonNode> documents(String name) {
    return existing(name).documents();
  }

  /** The document as it arrived. */
  JsonNode document(String name, long id) {
    return Objects.requireNonNull(documents(name).get(id), "no document " + id);
  }

  Queue<JsonNode> queries() {
    return queries;
  }

  int upserts() {
    return upserts.get();
  }

  int mostInFlight() {
    return mostInFlight.get();
  }

  private Namespace existing(String name) {
    return Objects.requireNonNull(namespaces.get(name), "no namespace " + name);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] parts = exchange.getRequestURI().getPath().split("/");
    String name = parts[3];
    String call = exchange.getRequestMethod() + (parts.length > 4 ? " " + parts[4] : "");
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    JsonNode body = bytes.length == 0 ? Json.object() : Json.MAPPER.readTree(bytes);
    switch (call) {
      case "PUT" -> create(exchange, name, body);
      case "GET" -> describe(exchange, name);
      case "POST upsert" -> upsert(exchange, name, body);
      case "POST query" -> query(exchange, name, body);
      default -> error(exchange, 404, "not_found", "no such call: " + call);
    }
  }

  private void create(HttpExchange exchange, String name, JsonNode body) throws IOException {
    Namespace created = new Namespace(body.path("schema"), new TreeMap<>());
    if (namespaces.putIfAbsent(name, created) != null) {
      error(exchange, 409, "conflict", "namespace " + name + " exists");
      return;
    }
    answer(exchange, 200, Json.object().put("namespace", name).put("created", true));
  }

  private void describe(HttpExchange exchange, String name) throws IOException {
    Namespace namespace = namespaces.get(name);
    if (namespace == null) {
      error(exchange, 404, "not_found", "no namespace " + name);
      return;
    }
    ObjectNode description = Json.object().put("namespace", name);
    description.set("schema", namespace.schema());
    description.set("stats", Json.object().put("documents", namespace.documents().size()));
    answer(exchange, 200, description);
  }

  private void upsert(HttpExchange exchange, String name, JsonNode body) throws IOException {
    upserts.incrementAndGet();
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      Refusal refusal = refusals.poll();
      if (refusal != null) {
        exchange.getResponseHeaders().set("Retry-After", refusal.retryAfter());
        error(exchange, refusal.status(), "refused", "this one is refused");
        return;
      }
      Map<Long, JsonNode> documents = existing(name).documents();
      synchronized (documents) {
        body.path("documents").forEach(each -> documents.put(each.path("id").asLong(), each));
      }
    } finally {
      inFlight.decrementAndGet();
    }
    answer(exchange, 200, Json.object().put("upserted", body.path("documents").size()));
  }

  /** Every document matches; the scores fall with the ids. */
  private void query(HttpExchange exchange, String name, JsonNode body) throws IOException {
    Namespace namespace = namespaces.get(name);
    if (namespace == null) {
      error(exchange, 404, "not_found", "no namespace " + name);
      return;
    }
    queries.add(body);
    ObjectNode answer = Json.object().put("took_ms", 3);
    ArrayNode results = answer.putArray("results");
    namespace.documents().values().stream()
        .limit(body.path("top_k").asInt())
        .forEach(document ->
            results
                .addObject()
                .put("score", 1.0 / (1 + results.size()))
                .set("attributes", document.path("attributes")));
    answer(exchange, 200, answer);
  }

  private static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    ObjectNode body = Json.object();
    body.putObject("error").put("code", code).put("message", message);
    answer(exchange, status, body);
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
