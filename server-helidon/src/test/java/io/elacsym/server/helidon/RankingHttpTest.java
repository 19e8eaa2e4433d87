package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scores are, and that they do not depend on how many results are asked for. */
class RankingHttpTest {
  private static final int DIMENSION = 24;
  private static final int DOCUMENTS = 3_000;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    for (String metric : List.of("cosine", "l2", "dot")) {
      expect(
          server.put(
              path(metric, ""),
              """
              {"vector_dim":%d,"vector_metric":"%s",
               "attributes":{"title":{"type":"string","full_text":true}}}
              """
                  .formatted(DIMENSION, metric)));
      Random random = new Random(7);
      for (int from = 0; from < DOCUMENTS; from += DOCUMENTS / 3) {
        List<String> documents = new ArrayList<>();
        for (int id = from; id < from + DOCUMENTS / 3; id++) {
          documents.add(
              "{\"id\":%d,\"vector\":%s,\"attributes\":{\"title\":\"%s\"}}"
                  .formatted(id, vector(random), words(random)));
        }
        expect(
            server.post(
                path(metric, "/upsert"), "{\"documents\":[" + String.join(",", documents) + "]}"));
        if (from < DOCUMENTS / 2) {
          server.engine.namespace(metric).flush();
        }
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String path(String namespace, String more) {
    return "/v1/namespaces/" + namespace + more;
  }

  private static void expect(Answer answer) {
    assertThat(answer.status()).describedAs(answer.text()).isBetween(200, 201);
  }

  private static String vector(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Arrays.toString(vector);
  }

  /** Common words and rare ones. */
  private static String words(Random random) {
    StringBuilder words = new StringBuilder();
    for (int left = 6; left > 0; left--) {
      words.append('w').append((int) (40 * random.nextDouble() * random.nextDouble())).append(' ');
    }
    return words.toString();
  }

  private static JsonNode results(String namespace, String query) {
    Answer answer = server.post(path(namespace, "/query"), query);
    expect(answer);
    return answer.json().get("results");
  }

  private static List<String> hybrid(Random random, int topK, String fusion) {
    List<String> hits = new ArrayList<>();
    for (JsonNode hit :
        results(
            "cosine",
            """
            {"vector":%s,"full_text":{"field":"title","query":"%s"},"top_k":%d,"fusion":%s,
             "include_attributes":false}
            """
                .formatted(vector(random), words(random), topK, fusion))) {
      hits.add(hit.get("id").asText() + " " + hit.get("score").asText());
    }
    return hits;
  }

  @Test
  void theFirstHitsOfAHybridQueryDoNotDependOnHowManyAreAskedFor() {
    for (int seed = 0; seed < 60; seed++) {
      List<String> many = hybrid(new Random(seed), 500, "null");
      assertThat(many).hasSize(500);
      assertThat(hybrid(new Random(seed), 10, "null")).isEqualTo(many.subList(0, 10));
      assertThat(hybrid(new Random(seed), 1, "{\"depth\":1000}")).isEqualTo(many.subList(0, 1));
      List<String> most = hybrid(new Random(seed), 1000, "null");
      assertThat(most.subList(0, 500)).isEqualTo(many);
    }
  }

  /** By hand: with a depth of 1 each clause gives its first hit only. */
  @Test
  void theDepthCutsEachClause() {
    List<String> hits = hybrid(new Random(1), 1, "{\"depth\":1,\"k\":1,\"text_weight\":3}");
    assertThat(hits).hasSize(1);
    assertThat(Double.parseDouble(hits.getFirst().split(" ")[1])).isIn(1.5, 2.0);
    Answer shallow =
        server.post(
            path("cosine", "/query"),
            """
            {"vector":%s,"full_text":{"field":"title","query":"w1"},"top_k":10,"fusion":{"depth":9}}
            """
                .formatted(vector(new Random(1))));
    assertThat(shallow.status()).isEqualTo(400);
    assertThat(shallow.errorMessage()).contains("depth is 9").contains("top_k").contains("10");
  }

  /** Each vector is its own nearest; in floats its cosine is a rounding error off 1, either way. */
  @ParameterizedTest
  @ValueSource(strings = {"cosine", "l2"})
  void noScoreIsBeyondTheGreatestOfItsMetric(String metric) {
    Random random = new Random(7);
    double greatest = 0;
    for (int id = 0; id < 300; id++) {
      String vector = vector(random);
      var _ = words(random);
      for (String recall : List.of("0.9", "1")) {
        JsonNode hit =
            results(
                    metric,
                    "{\"vector\":%s,\"top_k\":1,\"recall_target\":%s}".formatted(vector, recall))
                .get(0);
        assertThat(hit.get("id").asInt()).isEqualTo(id);
        assertThat(hit.get("score").asDouble()).isBetween(0.99, 1.0);
        greatest = Math.max(greatest, hit.get("score").asDouble());
      }
    }
    assertThat(greatest).isEqualTo(1.0);
  }

  @Test
  void scoresStayFiniteWithTheGreatestWeightsAndGreaterOnesAreRefused() {
    String vector = vector(new Random(3));
    for (JsonNode hit :
        results(
            "dot",
            """
            {"vector":%s,"full_text":{"field":"title","query":"w1 w2"},
             "fusion":{"vector_weight":1000000000,"text_weight":1e9,"k":1}}
            """
                .formatted(vector))) {
      assertThat(hit.get("score").isNumber()).isTrue();
      assertThat(hit.get("score").asDouble()).isBetween(0.0, 1e9);
    }
    for (JsonNode hit :
        results(
            "dot",
            """
            {"full_text":{"fields":["title"],"query":"w1 w2","weights":{"title":1e9}}}
            """)) {
      assertThat(hit.get("score").isNumber()).isTrue();
    }
    for (String body :
        List.of(
            "{\"full_text\":{\"fields\":[\"title\"],\"query\":\"w1\",\"weights\":{\"title\":1.1e9}}}",
            "{\"full_text\":{\"field\":\"title\",\"query\":\"w1\",\"weights\":{\"title\":1e308}}}",
            "{\"vector\":%s,\"full_text\":{\"field\":\"title\",\"query\":\"w1\"},\"fusion\":{\"vector_weight\":1e308}}"
                .formatted(vector),
            "{\"vector\":%s,\"full_text\":{\"field\":\"title\",\"query\":\"w1\"},\"fusion\":{\"text_weight\":1000000001}}"
                .formatted(vector))) {
      Answer answer = server.post(path("dot", "/query"), body);
      assertThat(answer.status()).describedAs(body).isEqualTo(400);
      assertThat(answer.errorMessage()).contains("weight").contains("expected a number from");
    }
  }

  @Test
  void aQueryHasAsManyWordsAsIsSaidAndNoMore() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 4_096; i++) {
      words.append("word").append(i).append(' ');
    }
    String query = "{\"full_text\":{\"field\":\"title\",\"query\":\"%s\"}}";
    assertThat(results("dot", query.formatted(words.toString().repeat(2))).isArray()).isTrue();
    Answer more = server.post(path("dot", "/query"), query.formatted(words + "onemore"));
    assertThat(more.status()).describedAs(more.text()).isEqualTo(400);
    assertThat(more.errorMessage()).contains("4097 different words").contains("at most 4096");
  }
}
