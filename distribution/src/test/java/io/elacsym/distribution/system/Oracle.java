package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.distribution.it.ServerProcess.Answer;
import io.elacsym.tck.oracle.ExactNeighbors;
import io.elacsym.tck.oracle.ReferenceBm25;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.function.Predicate;

/** What every kind of read must answer over known documents: computed slowly and exactly. */
final class Oracle {
  private static final int TOP_K = 10;
  private static final double ROUNDING = 1e-4;
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final NavigableMap<Long, Doc> documents;

  Oracle(NavigableMap<Long, Doc> documents) {
    this.documents = documents;
  }

  /** Compares random reads of every kind. */
  void check(Dataset dataset, Random random, int rounds) {
    assertThat(dataset.stats().path("documents").asInt()).isEqualTo(documents.size());
    for (int round = 0; round < rounds; round++) {
      Condition condition = Condition.random(random);
      checkGet(dataset, random);
      checkFilter(dataset, condition);
      checkNearest(dataset, Doc.randomVector(random), "", doc -> true);
      checkNearest(dataset, Doc.randomVector(random), filter(condition), condition.test());
      List<String> terms = new ArrayList<>(Doc.WORDS);
      Collections.shuffle(terms, random);
      checkText(dataset, terms.subList(0, 2), "", doc -> true);
      checkText(dataset, terms.subList(2, 4), filter(condition), condition.test());
    }
  }

  private static String filter(Condition condition) {
    return ",\"filter\":" + condition.json();
  }

  private void checkGet(Dataset dataset, Random random) {
    List<Long> ids = new ArrayList<>(documents.keySet());
    ids.add(Long.MAX_VALUE);
    long id = ids.get(random.nextInt(ids.size()));
    try {
      Answer answer = dataset.server().send("GET", dataset.path("/documents/" + id), "");
      if (documents.containsKey(id)) {
        assertThat(Doc.of(answer.json())).isEqualTo(documents.get(id));
      } else {
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void checkFilter(Dataset dataset, Condition condition) {
    List<JsonNode> results = dataset.query("{\"top_k\":1000,\"filter\":" + condition.json() + "}");
    assertThat(results.stream().map(result -> result.path("id").longValue()))
        .as(condition.json())
        .containsExactlyElementsOf(
            documents.values().stream()
                .filter(condition.test())
                .map(Doc::id)
                .limit(1_000)
                .toList());
  }

  private void checkNearest(
      Dataset dataset, List<Float> query, String filter, Predicate<Doc> test) {
    Map<Long, Double> scores = new HashMap<>();
    for (Doc doc : documents.values()) {
      if (doc.vector().isPresent() && test.test(doc)) {
        double negativeSquare =
            ExactNeighbors.score(Metric.L2, floats(query), floats(doc.vector().get()));
        scores.put(doc.id(), 1 / (1 + Math.sqrt(-negativeSquare)));
      }
    }
    String body = "{\"vector\":" + query + ",\"top_k\":" + TOP_K + ",\"recall_target\":1" + filter;
    checkRanked(dataset.query(body + "}"), scores, body);
  }

  /** BM25 over all documents as one index; the filter only chooses among them. */
  private void checkText(Dataset dataset, List<String> terms, String filter, Predicate<Doc> test) {
    Map<Long, Double> scores = new HashMap<>();
    List<Doc> rows = List.copyOf(documents.values());
    RowSet all = RowSet.all(rows.size());
    for (String field : List.of("title", "body")) {
      ReferenceBm25 bm25 = new ReferenceBm25(K1, B);
      for (int row = 0; row < rows.size(); row++) {
        String text = rows.get(row).text(field).orElse("");
        bm25.add(row, text.isEmpty() ? List.of() : List.of(text.split(" ")));
      }
      TextStatistics statistics = bm25.statistics(terms, all);
      TextQuery query = new TextQuery(terms, statistics, rows.size(), all);
      for (int row = 0; row < rows.size(); row++) {
        double score = bm25.score(query, row);
        if (score > 0 && test.test(rows.get(row))) {
          scores.merge(rows.get(row).id(), score, Double::sum);
        }
      }
    }
    String body =
        "{\"full_text\":{\"fields\":[\"title\",\"body\"],\"query\":\"%s\"},\"top_k\":%d%s"
            .formatted(String.join(" ", terms), TOP_K, filter);
    checkRanked(dataset.query(body + "}"), scores, body);
  }

  /** Documents of one score may come in any order; all else is fixed. */
  private static void checkRanked(List<JsonNode> results, Map<Long, Double> scores, String query) {
    List<Double> expected =
        scores.values().stream().sorted(Comparator.reverseOrder()).limit(TOP_K).toList();
    assertThat(results).as(query).hasSameSizeAs(expected);
    assertThat(results.stream().map(result -> result.path("id").longValue()))
        .as(query)
        .doesNotHaveDuplicates();
    for (int i = 0; i < expected.size(); i++) {
      double score = results.get(i).path("score").doubleValue();
      Double own = scores.get(results.get(i).path("id").longValue());
      assertThat(own).as("a document that matches " + query).isNotNull();
      assertThat(score).as("score of hit " + i + " of " + query).isCloseTo(own, within(ROUNDING));
      assertThat(score)
          .as("rank " + i + " of " + query)
          .isCloseTo(expected.get(i), within(ROUNDING));
    }
  }

  private static float[] floats(List<Float> vector) {
    float[] floats = new float[vector.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = vector.get(i);
    }
    return floats;
  }
}
