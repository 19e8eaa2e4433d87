package io.elacsym.benchmarks.rivals.contenders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Speaks the protocol of {@link Script} in a process of its own. Its index finds item {@code 100 q
 * + i} for query {@code q}; {@code dying} ends while it builds, {@code silent} never answers.
 */
public final class StubScript {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StubScript() {}

  /** Answers until there are no more requests. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(JSON.readTree(line)));
    }
  }

  private static ObjectNode answer(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode().put("ok", true);
    switch (request.path("op").asText()) {
      case "hello" -> {
        answer.putObject("versions").put("python", "3").put("numpy", "2").put("hnswlib", "0.8.0");
        answer.putArray("missing").add("faiss-cpu");
      }
      case "load", "close" -> {}
      case "build" -> build(request, answer);
      case "accept" -> {
        if (request.has("items")) {
          refuse(answer, "no filters");
        }
      }
      case "search" -> {
        answer.put("cpu_seconds", .004);
        ArrayNode items = answer.putArray("items");
        for (JsonNode query : request.path("queries")) {
          ArrayNode found = items.addArray();
          for (int i = 0; i < request.path("setting").path("ef").asInt(); i++) {
            found.add(100 * query.asInt() + i);
          }
        }
      }
      case "throughput" -> answer.put("queries_per_second", 500 * request.path("clients").asInt());
      default -> refuse(answer, "unknown operation");
    }
    return answer;
  }

  private static void build(JsonNode request, ObjectNode answer) {
    switch (request.path("library").asText()) {
      case "dying" -> System.exit(3);
      case "silent" -> sleep();
      default -> answer.put("cpu_seconds", 2.5).put("seconds", 3).put("bytes", 1_000);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refuse(ObjectNode answer, String why) {
    answer.put("ok", false).put("error", why);
  }
}
