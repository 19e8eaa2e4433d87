package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.Metric;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.server.helidon.HttpServer;
import io.elacsym.server.helidon.ServerSettings;
import io.elacsym.tck.fault.ForwardingStorage;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import io.elacsym.tck.memory.RowsFormatProvider;
import io.elacsym.tck.reference.PlainTextIndex;
import io.elacsym.tck.reference.PlainVectorIndex;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where requests really go: each call of the storage that one leads to is looked at from the
 * inside. The rooms that called one another must be those of the map from top to bottom, and none
 * is entered again from one below it, be it through a function that was handed down.
 */
class RequestWalkTest {
  private static final String SERVER = "io.elacsym.server.helidon";

  /**
   * Rooms without a place in the order: tools that run what they are given ({@code task}, the
   * deadlines and allowances of {@code model}), and what is around plugins ({@code border}) and the
   * storage ({@code storage}).
   */
  private static final Set<String> AROUND =
      Set.of(
          "io.elacsym.engine.task",
          "io.elacsym.engine.model",
          "io.elacsym.engine.border",
          "io.elacsym.engine.storage");

  /** Each walk that was seen, from the outermost room inwards. */
  private final Set<List<String>> walks = ConcurrentHashMap.newKeySet();

  /** A storage that notes who calls it. */
  private final class Watched extends ForwardingStorage {
    Watched(Storage inner) {
      super(inner);
    }

    private void note() {
      List<String> rooms =
          StackWalker.getInstance()
              .walk(frames -> frames.flatMap(frame -> room(frame.getClassName())).toList())
              .reversed();
      List<String> walk = new ArrayList<>();
      for (String room : rooms) {
        if (walk.isEmpty() || !walk.getLast().equals(room)) {
          walk.add(room);
        }
      }
      walks.add(walk);
    }

    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      note();
      return super.get(name, range);
    }

    @Override
    public Optional<ObjectInfo> head(String name) {
      note();
      return super.head(name);
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      note();
      return super.put(name, payload, mode);
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) {
      note();
      return super.list(prefix, after, limit);
    }

    @Override
    public void delete(List<String> names) {
      note();
      super.delete(names);
    }
  }

  private static Stream<String> room(String className) {
    String name = className.substring(0, className.lastIndexOf('.'));
    if (name.startsWith(SERVER)) {
      return Stream.of(SERVER);
    }
    return EngineMap.PACKAGES.contains(name) && !AROUND.contains(name)
        ? Stream.of(name)
        : Stream.empty();
  }

  private Engine open(Storage storage) {
    return Engine.open(
        EngineSettings.of(
            Map.of(
                "storage.backend",
                "given",
                "segment.format",
                new RowsFormatProvider().name(),
                "index.vector",
                new PlainVectorIndex().name(),
                "index.text",
                new PlainTextIndex().name(),
                "cache.memory_size",
                "1",
                "cache.disk_size",
                "0")),
        new Providers(
            List.of(new GivenStorageProvider("given", () -> new Watched(storage))),
            List.of(new RowsFormatProvider()),
            List.of(new PlainVectorIndex()),
            List.of(new PlainTextIndex())));
  }

  @Test
  void requestsGoDownThroughTheRooms() throws IOException, InterruptedException {
    try (MemoryStorage storage = new MemoryStorage()) {
      over(
          storage,
          client -> {
            client.send(
                "PUT",
                "",
                """
                {"vector_dim":2,"attributes":{
                  "year":{"type":"int","indexed":true},"text":{"type":"string","full_text":true}}}
                """);
            client.send("POST", "/upsert", "{\"documents\":[" + documents() + "]}");
            client.send("POST", "/compact", "{}");
            client.send(
                "POST", "/upsert", "{\"documents\":[{\"id\":1,\"attributes\":{\"year\":3}}]}");
            client.send(
                "POST", "/delete", "{\"filter\":{\"field\":\"year\",\"op\":\"gt\",\"value\":8}}");
            client.send("POST", "/compact", "{}");
            client.send("POST", "/reindex", "{\"force\":true,\"wait\":true}");
            client.send("GET", "/reindex", "");
            client.send("DELETE", "/reindex", "");
          });
      // Cold: the query opens the namespace.
      over(
          storage,
          client -> {
            client.send(
                "POST",
                "/query",
                """
                {"vector":[1,0],"full_text":{"field":"text","query":"reef"},
                 "filter":{"field":"year","op":"lt","value":5},"include_vector":true}
                """);
            client.send("POST", "/scan", "{\"filter\":{\"field\":\"year\",\"op\":\"exists\"}}");
            client.send("GET", "/documents/2", "");
            client.send("POST", "/warm", "{}");
            client.send("GET", "", "");
          });
      // Without a deadline nothing is handed to another thread, so a walk is seen whole.
      try (Engine engine = open(storage.attach())) {
        engine.query(
            "walk",
            QueryRequest.of(Ranking.Nearest.of(Schema.VECTOR, new float[] {1, 0}))
                .withFilter(Optional.of(Filter.of("year", Operator.LESS, Value.of(5))))
                .withProjection(Projection.ALL));
        engine
            .namespace("walk")
            .scan(
                new ScanRequest(
                    Optional.empty(), Optional.empty(), 1_000, Projection.ALL, Consistency.STRONG));
      }
      over(
          storage,
          client -> {
            client.send("GET", "/history", "");
            client.send("POST", "/branch", "{\"name\":\"trial\"}");
            client.send("POST", "/restore", "{\"version\":2}");
          });
    }
    Set<String> seen = new TreeSet<>();
    walks.forEach(seen::addAll);
    assertThat(seen)
        .contains(
            SERVER,
            "io.elacsym.engine.namespace",
            "io.elacsym.engine.upkeep",
            "io.elacsym.engine.writer",
            "io.elacsym.engine.query",
            "io.elacsym.engine.segment",
            "io.elacsym.engine.cas",
            "io.elacsym.engine.blob");
    assertThat(walks.stream().filter(walk -> !goesDown(walk)).toList())
        .as("walks that climb")
        .isEmpty();
  }

  /** More than is read of a file along with its end. */
  private static String documents() {
    String text = "a reef ".repeat(100);
    return IntStream.range(0, 1_000)
        .mapToObj(id ->
            "{\"id\":%d,\"vector\":[1,%d],\"attributes\":{\"year\":%d,\"text\":\"%s\"}}"
                .formatted(id, id, id % 9, text))
        .collect(Collectors.joining(","));
  }

  private static boolean goesDown(List<String> walk) {
    for (int i = 1; i < walk.size(); i++) {
      // The server is not on the map of the engine: it is before all of it.
      if (EngineMap.PACKAGES.indexOf(walk.get(i)) < EngineMap.PACKAGES.indexOf(walk.get(i - 1))) {
        return false;
      }
    }
    return true;
  }

  private interface Requests {
    void with(Client client) throws IOException, InterruptedException;
  }

  private void over(MemoryStorage storage, Requests requests)
      throws IOException, InterruptedException {
    try (Engine engine = open(storage.attach());
        HttpServer server =
            HttpServer.start(
                engine,
                ServerSettings.of(Map.of("server.host", "127.0.0.1", "server.port", "0")),
                Metric.COSINE);
        HttpClient http = HttpClient.newHttpClient()) {
      requests.with(new Client(http, server.port()));
    }
  }

  private record Client(HttpClient http, int port) {
    void send(String method, String path, String body) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + "/v1/namespaces/walk" + path))
              .method(method, BodyPublishers.ofString(body))
              .header("Content-Type", "application/json")
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }
  }
}
