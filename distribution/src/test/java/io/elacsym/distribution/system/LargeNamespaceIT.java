package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.tck.Seed;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A namespace that two query nodes search together, because it is said to be too large for one.
 * They answer as a server that searches alone, also when one of them is killed.
 */
class LargeNamespaceIT {
  private static final int SEGMENTS = 8;
  private static final int ROWS = 60;
  private static final int QUESTIONS = 30;

  private static final String SMALL =
      """
      [write]
      flush_rows = %d
      [compaction]
      enabled = false
      """
          .formatted(ROWS);

  @TempDir Path temp;

  private final long seed = Seed.current();
  private final Random random = new Random(seed);
  private final String bucket = S3Server.shared().newBucket();

  @Test
  void twoNodesAnswerAsOneAndGoOnWhenOneOfThemDies() throws IOException {
    System.out.println("LargeNamespaceIT: seed " + seed);
    NodeProcess processes = new NodeProcess(temp, bucket, 1, 2, "split_bytes = 1");
    try (ServerProcess indexer = processes.start(0, SMALL);
        ServerProcess first = processes.start(1, SMALL);
        ServerProcess second = processes.start(2, SMALL)) {
      Dataset written = new Dataset(indexer, "ants");
      written.create();
      fill(written);
      Map<String, List<JsonNode>> expected = answersOfOne();
      for (ServerProcess node : List.of(indexer, first, second)) {
        check(node, expected);
      }
      assertThat(answered(first) + answered(second)).as("questions answered").isPositive();
      assertThat(explained(first)).anyMatch(step -> step.contains("(leaf query-1)"));
      assertThat(explained(second)).anyMatch(step -> step.contains("(leaf query-0)"));

      // Some queries are under way or begin while the other node dies.
      List<Thread> clients =
          IntStream.range(0, 4)
              .mapToObj(client -> Thread.ofVirtual().unstarted(() -> check(first, expected)))
              .toList();
      List<Throwable> failures = new ArrayList<>();
      clients.forEach(client ->
          client.setUncaughtExceptionHandler((thread, e) -> {
            synchronized (failures) {
              failures.add(e);
            }
          }));
      clients.forEach(Thread::start);
      second.kill();
      for (Thread client : clients) {
        join(client);
      }
      synchronized (failures) {
        assertThat(failures).as("seed %d, %s", seed, first.log()).isEmpty();
      }
      check(first, expected);
    }
  }

  private static void join(Thread client) {
    try {
      client.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Some segments with deleted rows, and rows that are in no segment yet. */
  private void fill(Dataset dataset) {
    for (int segment = 0; segment < SEGMENTS; segment++) {
      long from = segment * (ROWS - 10L);
      dataset.upsert(
          LongStream.range(from, from + ROWS)
              .mapToObj(id -> Doc.random(id, 0, 0, random))
              .toList());
      dataset.awaitFlush();
    }
    assertThat(dataset.stats().path("segments").asInt()).isGreaterThanOrEqualTo(SEGMENTS);
    dataset.upsert(List.of(Doc.random(3, 0, 0, random), Doc.random(100_000, 0, 0, random)));
  }

  /** What a server answers that belongs to no cluster. */
  private Map<String, List<JsonNode>> answersOfOne() throws IOException {
    Path directory = Files.createDirectory(temp.resolve("alone"));
    Map<String, List<JsonNode>> answers = new LinkedHashMap<>();
    try (ServerProcess alone =
        ServerProcess.start(
            directory,
            Buckets.environment(bucket, directory, "[storage]\nbackend = \"s3\"\n" + SMALL))) {
      Dataset dataset = new Dataset(alone, "ants");
      for (int i = 0; i < QUESTIONS; i++) {
        String question = question(i);
        answers.put(question, dataset.query(question));
      }
    }
    return answers;
  }

  private String question(int number) {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("top_k", 10);
    query.put("include_vector", true);
    if (number % 4 != 1) {
      query.put("vector", Doc.randomVector(random));
      query.put("recall_target", 1.0);
    }
    if (number % 4 != 0 && number % 4 != 3) {
      query.put(
          "full_text",
          Map.of("field", number % 8 < 4 ? "title" : "body", "query", Doc.word(random)));
    }
    if (random.nextInt(3) == 0) {
      query.put("filter", Map.of("field", "year", "op", "gte", "value", 2000 + random.nextInt(10)));
    }
    return Doc.json(query);
  }

  private void check(ServerProcess node, Map<String, List<JsonNode>> expected) {
    Dataset dataset = new Dataset(node, "ants");
    expected.forEach((question, answer) ->
        assertThat(dataset.query(question)).as("seed %d: %s", seed, question).isEqualTo(answer));
  }

  /** How a node has found what is nearest. */
  private static List<String> explained(ServerProcess node) {
    JsonNode answer =
        new Dataset(node, "ants")
            .post("/query", "{\"vector\":[1,2,3,4,5,6,7,8],\"top_k\":3,\"explain\":true}");
    List<String> steps = new ArrayList<>();
    answer.findValues("what").forEach(step -> steps.add(step.asText()));
    return steps;
  }

  private static long answered(ServerProcess node) throws IOException {
    return node.send("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith("elacsym_leaf_searches_total{outcome=\"answered\"}"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }
}
