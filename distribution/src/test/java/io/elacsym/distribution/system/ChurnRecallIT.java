package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.tck.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recall over HTTP with default settings, for each metric, under filters by chance and one that
 * works against the query: after loading, after nine tenths of the documents were replaced by
 * others and some deleted, and after the compaction that follows. Vectors lie in clusters off the
 * origin and have different lengths, so that the metrics disagree.
 */
class ChurnRecallIT {
  private static final int DOCUMENTS = 6_000;
  private static final int DIMENSION = 24;
  private static final int BATCH = 1_000;
  private static final int QUERIES = 40;
  private static final int TOP = 10;
  private static final double RECALL = .95;
  private static final double ROUNDING = 1e-5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random = new Random(Seed.current());
  private final float[][] centers = new float[60][];
  private final Map<Long, Item> documents = new TreeMap<>();

  /**
   * @param shard 0 to 999 by chance
   * @param side how far the vector lies in the direction that all queries look in
   */
  private record Item(long id, float[] vector, int shard, double side) {
    ObjectNode json() {
      ObjectNode json = JSON.createObjectNode().put("id", id);
      ArrayNode components = json.putArray("vector");
      for (float component : vector) {
        components.add(component);
      }
      json.putObject("attributes").put("shard", shard).put("side", side);
      return json;
    }
  }

  private record Choice(String name, String filter, Predicate<Item> test) {
    static Choice below(String field, Number limit, Predicate<Item> test) {
      String filter = "{\"field\":\"%s\",\"op\":\"lt\",\"value\":%s}".formatted(field, limit);
      return new Choice(field + " < " + limit, filter, test);
    }
  }

  private enum Similarity {
    COSINE {
      @Override
      double of(float[] query, float[] vector) {
        return dot(query, vector) / Math.sqrt(dot(query, query) * dot(vector, vector));
      }
    },
    L2 {
      @Override
      double of(float[] query, float[] vector) {
        return 2 * dot(query, vector) - dot(query, query) - dot(vector, vector);
      }
    },
    DOT {
      @Override
      double of(float[] query, float[] vector) {
        return dot(query, vector);
      }
    };

    abstract double of(float[] query, float[] vector);

    private static double dot(float[] a, float[] b) {
      return IntStream.range(0, a.length).mapToDouble(j -> (double) a[j] * b[j]).sum();
    }
  }

  private float[] vector() {
    float[] center = centers[random.nextInt(centers.length)];
    float[] vector = new float[DIMENSION];
    for (int j = 0; j < DIMENSION; j++) {
      vector[j] = center[j] + (float) random.nextGaussian(0, 0.5);
    }
    return vector;
  }

  @ParameterizedTest
  @CsvSource({"ivf,cosine", "ivf,l2", "ivf,dot", "hnsw,cosine", "hnsw,l2", "hnsw,dot"})
  void staysAtItsTarget(String index, String metric, @TempDir Path directory) throws IOException {
    for (int i = 0; i < centers.length; i++) {
      centers[i] = new float[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        centers[i][j] = 0.5f + (float) random.nextGaussian();
      }
    }
    Files.writeString(
        directory.resolve("config.toml"),
        """
        [server]
        host = "127.0.0.1"
        port = 0
        [index]
        vector = "%s"
        """
            .formatted(index));
    Similarity similarity = Similarity.valueOf(metric.toUpperCase(Locale.ROOT));
    try (ServerProcess server = ServerProcess.start(directory, Map.of())) {
      Dataset dataset = new Dataset(server, "churn");
      server.call(
          "PUT",
          dataset.path(""),
          """
          {"vector_dim":%d,"vector_metric":"%s","attributes":{
            "shard":{"type":"int","indexed":true},"side":{"type":"float","indexed":true}}}
          """
              .formatted(DIMENSION, metric));
      upsert(dataset, IntStream.range(0, DOCUMENTS).mapToObj(i -> (long) i).toList());
      dataset.post("/compact", "");
      check("loaded", dataset, similarity);
      List<Long> ids = documents.keySet().stream().toList();
      upsert(dataset, ids.stream().filter(id -> id % 10 != 0).toList());
      delete(dataset, ids.stream().filter(id -> id % 17 == 0).toList());
      check("replaced", dataset, similarity);
      dataset.post("/compact", "");
      check("compacted again", dataset, similarity);
    }
  }

  private void upsert(Dataset dataset, List<Long> ids) {
    for (int from = 0; from < ids.size(); from += BATCH) {
      ObjectNode body = JSON.createObjectNode();
      for (long id : ids.subList(from, Math.min(ids.size(), from + BATCH))) {
        float[] vector = vector();
        Item item = new Item(id, vector, random.nextInt(1000), side(vector));
        documents.put(id, item);
        body.withArray("documents").add(item.json());
      }
      dataset.post("/upsert", body.toString());
    }
  }

  private void delete(Dataset dataset, List<Long> ids) {
    dataset.post("/delete", "{\"ids\":" + ids + "}");
    ids.forEach(documents::remove);
  }

  private static double side(float[] vector) {
    return vector[0] + vector[1] + vector[2];
  }

  private void check(String when, Dataset dataset, Similarity similarity) {
    double[] sides = documents.values().stream().mapToDouble(Item::side).sorted().toArray();
    double low = sides[sides.length / 20];
    List<Choice> choices =
        List.of(
            new Choice("all", "null", item -> true),
            Choice.below("shard", 500, item -> item.shard() < 500),
            Choice.below("shard", 100, item -> item.shard() < 100),
            Choice.below("shard", 10, item -> item.shard() < 10),
            Choice.below("shard", 1, item -> item.shard() < 1),
            Choice.below("side", low, item -> item.side() < low));
    for (Choice choice : choices) {
      double sum = 0;
      for (int i = 0; i < QUERIES; i++) {
        float[] query = vector();
        // All look in the direction in which the last filter accepts nothing.
        for (int j = 0; j < 3; j++) {
          query[j] += 1.5f;
        }
        sum += recall(dataset, similarity, choice, query);
      }
      assertThat(sum / QUERIES)
          .as("%s, %s, %s, seed %d", when, similarity, choice.name(), Seed.current())
          .isGreaterThanOrEqualTo(RECALL);
    }
  }

  private double recall(Dataset dataset, Similarity similarity, Choice choice, float[] query) {
    List<Item> accepted = documents.values().stream().filter(choice.test()).toList();
    Map<Long, Double> scores = new LinkedHashMap<>();
    accepted.forEach(item -> scores.put(item.id(), similarity.of(query, item.vector())));
    List<Double> best = scores.values().stream().sorted(Comparator.reverseOrder()).toList();
    int expected = Math.min(TOP, best.size());
    if (expected == 0) {
      return 1;
    }
    double least = best.get(expected - 1);
    String body =
        "{\"vector\":%s,\"top_k\":%d,\"include_attributes\":false,\"filter\":%s}"
            .formatted(Arrays.toString(query), TOP, choice.filter());
    Set<Long> found = new HashSet<>();
    for (JsonNode hit : dataset.query(body)) {
      found.add(hit.path("id").longValue());
    }
    assertThat(found).as(choice.name()).hasSize(expected).isSubsetOf(scores.keySet());
    double slack = ROUNDING * Math.max(1, Math.abs(least));
    long right =
        found.stream().filter(id -> scores.getOrDefault(id, Double.NaN) >= least - slack).count();
    return (double) right / expected;
  }
}
