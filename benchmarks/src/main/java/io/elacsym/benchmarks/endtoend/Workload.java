package io.elacsym.benchmarks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.data.Query;
import io.elacsym.benchmarks.server.Client;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Calls of one kind.
 *
 * @param name for tables
 * @param requests what is sent, one after the other
 */
record Workload(String name, List<HttpRequest> requests) {
  static final int TOP_K = 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Queries of one form: {@code shape} adds to an empty query what it asks. */
  static Workload queries(
      String name, Client client, List<Query> queries, BiConsumer<ObjectNode, Query> shape) {
    List<HttpRequest> requests = new ArrayList<>();
    for (Query query : queries) {
      ObjectNode body = JSON.createObjectNode().put("top_k", TOP_K);
      shape.accept(body, query);
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      requests.add(client.request("POST", "/query", bytes));
    }
    return new Workload(name, requests);
  }

  static void vector(ObjectNode body, Query query) {
    var array = body.putArray("vector");
    for (float component : query.vector()) {
      array.add(component);
    }
  }

  static void text(ObjectNode body, Query query) {
    body.putObject("full_text").put("field", "gloss").put("query", query.text());
  }

  static void hybrid(ObjectNode body, Query query) {
    vector(body, query);
    text(body, query);
  }

  /** Adds a filter on one field. */
  static BiConsumer<ObjectNode, Query> filter(String field, String op, Object value) {
    JsonNode tree = JSON.valueToTree(value);
    return (body, query) ->
        body.putObject("filter").put("field", field).put("op", op).set("value", tree);
  }

  /** Adds how hard to search. */
  static BiConsumer<ObjectNode, Query> depth(Optional<Double> recall, Optional<Integer> effort) {
    return (body, query) -> {
      recall.ifPresent(target -> body.put("recall_target", target));
      effort.ifPresent(amount -> body.put("effort", amount));
      body.putArray("include_attributes");
    };
  }
}
