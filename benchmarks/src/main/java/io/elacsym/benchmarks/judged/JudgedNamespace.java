package io.elacsym.benchmarks.judged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.server.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A namespace of judged texts, written and asked over HTTP. */
final class JudgedNamespace implements AutoCloseable {
  static final String TEXT = "text";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BATCH = 500;
  private static final byte[] NOTHING = {};

  private final Client client;

  JudgedNamespace(Client client) {
    this.client = client;
  }

  static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param vectors by the numbers of texts; those that are in there are written, too
   */
  void upsert(Map<Long, String> texts, Map<Long, float[]> vectors) {
    List<Long> numbers = List.copyOf(texts.keySet());
    for (int from = 0; from < numbers.size(); from += BATCH) {
      ObjectNode body = JSON.createObjectNode();
      ArrayNode documents = body.putArray("documents");
      for (long number : numbers.subList(from, Math.min(numbers.size(), from + BATCH))) {
        ObjectNode document = documents.addObject().put("id", number);
        if (vectors.containsKey(number)) {
          document.set("vector", JSON.valueToTree(vectors.get(number)));
        }
        document.putObject("attributes").put(TEXT, texts.get(number));
      }
      client.call("POST", "/upsert", bytes(body));
    }
  }

  void delete(List<Long> numbers) {
    for (int from = 0; from < numbers.size(); from += BATCH) {
      ObjectNode body = JSON.createObjectNode();
      body.set(
          "ids", JSON.valueToTree(numbers.subList(from, Math.min(numbers.size(), from + BATCH))));
      client.call("POST", "/delete", bytes(body));
    }
  }

  /** Writes what is in memory to a segment of its own. */
  void flush() {
    client.call("POST", "/compact", NOTHING);
  }

  /** Lest something else is measured than what is said. */
  void requireState(int segments, int liveRows) {
    JsonNode stats = client.call("GET", "", NOTHING).path("stats");
    if (stats.path("segments").asInt(-1) != segments
        || stats.path("live_rows").asInt(-1) != liveRows) {
      throw new IllegalStateException(
          "expected " + segments + " segments and " + liveRows + " live rows, found " + stats);
    }
  }

  /** The numbers of the best by their text. */
  List<Long> byText(String query, int count) {
    return ranked(text(JSON.createObjectNode(), query), count);
  }

  /** The numbers of the nearest. */
  List<Long> byVector(float[] query, int count) {
    return ranked(vector(JSON.createObjectNode(), query), count);
  }

  /** The numbers of the best by both, joined as the server does when nothing is said. */
  List<Long> byBoth(String text, float[] vector, int count) {
    return ranked(vector(text(JSON.createObjectNode(), text), vector), count);
  }

  private static ObjectNode text(ObjectNode body, String query) {
    body.putObject("full_text").put("field", TEXT).put("query", query);
    return body;
  }

  private static ObjectNode vector(ObjectNode body, float[] query) {
    body.set("vector", JSON.valueToTree(query));
    return body;
  }

  private List<Long> ranked(ObjectNode body, int count) {
    body.put("top_k", count).put("include_attributes", false);
    List<Long> numbers = new ArrayList<>();
    client
        .call("POST", "/query", bytes(body))
        .path("results")
        .forEach(result -> numbers.add(result.path("id").asLong()));
    return numbers;
  }

  @Override
  public void close() {
    client.close();
  }
}
