package io.elacsym.benchmarks.rivals.contenders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An index of a {@link Script}, which measures itself. */
final class ScriptContender implements Contender {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Script script;
  private final String name;
  private final String library;
  private final Map<String, Object> parameters;
  private final List<Setting> settings;

  /**
   * An index that is not built yet.
   *
   * @param library which the script knows it by
   * @param parameters numbers and texts for the library
   */
  ScriptContender(
      Script script,
      String name,
      String library,
      Map<String, Object> parameters,
      List<Setting> settings) {
    this.script = script;
    this.name = name;
    this.library = library;
    this.parameters = Map.copyOf(parameters);
    this.settings = List.copyOf(settings);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public String parameters() {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  @Override
  public List<Setting> settings() {
    return settings;
  }

  @Override
  public Built build(VectorSet set) throws IOException {
    ObjectNode request = request().put("library", library);
    request.set("parameters", JSON.valueToTree(parameters));
    JsonNode answer = script.ask("build", request);
    return new Built(
        answer.path("cpu_seconds").asDouble(),
        answer.path("seconds").asDouble(),
        answer.path("bytes").asLong());
  }

  @Override
  public boolean accept(Optional<BitSet> items) throws IOException {
    ObjectNode request = request();
    items.ifPresent(given -> given.stream().forEach(request.putArray("items")::add));
    try {
      script.ask("accept", request);
      return true;
    } catch (Script.Refused e) {
      return false;
    }
  }

  @Override
  public Found search(Setting setting, int[] queries, int k) throws IOException {
    JsonNode answer = script.ask("search", searchRequest(setting, queries, k));
    JsonNode found = answer.path("items");
    int[][] items = new int[queries.length][];
    for (int q = 0; q < items.length; q++) {
      JsonNode one = found.path(q);
      items[q] = new int[one.size()];
      for (int i = 0; i < items[q].length; i++) {
        items[q][i] = one.get(i).asInt();
      }
    }
    return new Found(items, 1e6 * answer.path("cpu_seconds").asDouble() / queries.length);
  }

  @Override
  public OptionalDouble throughput(Setting setting, int[] queries, int k, int clients)
      throws IOException {
    try {
      ObjectNode request = searchRequest(setting, queries, k).put("clients", clients);
      return OptionalDouble.of(
          script.ask("throughput", request).path("queries_per_second").asDouble());
    } catch (Script.Refused e) {
      return OptionalDouble.empty();
    }
  }

  private ObjectNode searchRequest(Setting setting, int[] queries, int k) {
    ObjectNode request = request().put("k", k);
    setting.values().forEach(request.putObject("setting")::put);
    ArrayNode numbers = request.putArray("queries");
    for (int query : queries) {
      numbers.add(query);
    }
    return request;
  }

  private ObjectNode request() {
    return JSON.createObjectNode().put("name", name);
  }

  @Override
  public void close() throws IOException {
    script.ask("close", request());
  }
}
