package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.distribution.system.Dictionary.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vector indexes on the quickstart's data, all 5,000 documents of it, over HTTP and with the
 * default recall target, against exact search in this test. Every 50th document is asked for.
 *
 * <p>First with what a namespace under load looks like, two segments of 2,000 rows and 1,000 rows
 * in memory, then with the one segment that a compaction makes of them. The rows in memory are
 * scanned. Every segment has a real index: {@code ivf} clusters from 1,536 rows on and {@code hnsw}
 * links from 1,024 on. But not every search leaves something out:
 *
 * <ul>
 *   <li>{@code ivf} looks at the codes of all accepted rows of a segment (and then at the vectors
 *       of the best) when they are at most 4,096. So it chooses lists only in the large segment,
 *       without a filter and with the broad one.
 *   <li>{@code hnsw} walks its graph in all segments, but scans the accepted rows when a filter
 *       makes that cheaper, which it may find out only on its way.
 * </ul>
 *
 * How many vectors were compared is printed, among them rows that a filter does not accept but that
 * lie between those it does.
 */
class RecallIT {
  private static final int DOCUMENTS = 5_000;
  private static final int BATCH = 500;
  private static final int SEGMENT = 2_000;
  private static final int SEGMENTS = 2;
  private static final int QUERIES = 100;
  private static final int TOP = 10;
  private static final int MOST = 1_000;
  private static final double RECALL = .95;

  /** Two documents may be equally near; so much may the scores of equals differ by rounding. */
  private static final double ROUNDING = 1e-6;

  private static final String NAMESPACE = "dictionary";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A choice of documents, as a filter says it and as this test does. */
  private record Choice(String name, String filter, Predicate<Entry> test) {
    Set<Long> of(Dictionary dictionary) {
      return dictionary.entries().stream()
          .filter(test)
          .map(Entry::id)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private static final String IS_ARTIFACT =
      "{\"field\":\"category\",\"op\":\"eq\",\"value\":\"artifact\"}";

  private static final Choice ALL = new Choice("all", "null", entry -> true);

  private static final List<Choice> FILTERS =
      List.of(
          new Choice(
              "pos = verb",
              "{\"field\":\"pos\",\"op\":\"eq\",\"value\":\"verb\"}",
              entry -> is(entry, "pos", "verb")),
          new Choice(
              "category = artifact", IS_ARTIFACT, entry -> is(entry, "category", "artifact")),
          new Choice(
              "lemmas >= 3",
              "{\"field\":\"lemmas\",\"op\":\"gte\",\"value\":3}",
              entry -> lemmas(entry) >= 3),
          new Choice(
              "pos != adverb",
              "{\"field\":\"pos\",\"op\":\"ne\",\"value\":\"adverb\"}",
              entry -> !is(entry, "pos", "adverb")),
          new Choice(
              "category = artifact and lemmas >= 8",
              "{\"type\":\"and\",\"conditions\":[%s,%s]}"
                  .formatted(IS_ARTIFACT, "{\"field\":\"lemmas\",\"op\":\"gte\",\"value\":8}"),
              entry -> is(entry, "category", "artifact") && lemmas(entry) >= 8));

  private static boolean is(Entry entry, String attribute, String value) {
    return entry.attribute(attribute).textValue().equals(value);
  }

  private static int lemmas(Entry entry) {
    return entry.attribute("lemmas").intValue();
  }

  private static Dictionary dictionary;

  /** By query and position of the document. */
  private static double[][] cosines;

  @BeforeAll
  static void exportTheDictionary(@TempDir Path directory) throws IOException {
    dictionary = Dictionary.export(directory, DOCUMENTS);
    List<Entry> entries = dictionary.entries();
    assertThat(entries).hasSize(DOCUMENTS);
    cosines =
        IntStream.range(0, QUERIES)
            .mapToObj(i -> entries.stream().mapToDouble(query(i)::cosine).toArray())
            .toArray(double[][]::new);
  }

  /** The i-th document that is also asked for. */
  private static Entry query(int i) {
    return dictionary.entries().get(i * (DOCUMENTS / QUERIES));
  }

  private static long id(int position) {
    return dictionary.entries().get(position).id();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ivf", "hnsw"})
  void theNearestAreFoundAndFiltersHonouredBeforeAndAfterACompaction(
      String index, @TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("config.toml"),
        """
        [server]
        host = "127.0.0.1"
        port = 0
        [index]
        vector = "%s"
        [write]
        flush_rows = %d
        flush_age = "1h"
        [compaction]
        enabled = false
        """
            .formatted(index, SEGMENT));
    try (ServerProcess server = ServerProcess.start(directory, Map.of())) {
      Dataset dataset = new Dataset(server, NAMESPACE);
      load(dataset);
      check(index + ", two segments and memory", dataset);
      dataset.post("/compact", "");
      JsonNode stats = dataset.stats();
      assertThat(stats.path("segments").asInt()).isEqualTo(1);
      assertThat(stats.path("segment_rows").asInt()).isEqualTo(DOCUMENTS);
      long scored = check(index + ", one segment", dataset);
      assertThat(scored).as("vectors compared, else it was exact search").isLessThan(DOCUMENTS);
    }
  }

  private static void load(Dataset dataset) {
    JsonNode created = dataset.server().call("PUT", dataset.path(""), Dictionary.SCHEMA);
    assertThat(created.path("created").asBoolean()).as("%s", created).isTrue();
    for (int from = 0; from < DOCUMENTS; from += BATCH) {
      ObjectNode body = JSON.createObjectNode();
      dictionary.entries().subList(from, from + BATCH).stream()
          .map(Entry::json)
          .forEach(body.withArray("documents")::add);
      assertThat(dataset.post("/upsert", body.toString()).path("upserted").asInt())
          .isEqualTo(BATCH);
      awaitSegments(dataset, (from + BATCH) / SEGMENT);
    }
    JsonNode stats = dataset.stats();
    assertThat(stats.path("live_rows").asInt()).isEqualTo(DOCUMENTS - SEGMENTS * SEGMENT);
    assertThat(stats.path("documents").asInt()).isEqualTo(DOCUMENTS);
  }

  /** Segments are written in the background. */
  private static void awaitSegments(Dataset dataset, int segments) {
    Instant deadline = Instant.now().plusSeconds(Installation.PATIENCE_SECONDS);
    while (dataset.stats().path("segments").asInt() < segments) {
      assertThat(Instant.now()).as("%s", dataset.server().log()).isBefore(deadline);
    }
  }

  /** Returns how many vectors a query without a filter is compared with, on average. */
  private static long check(String what, Dataset dataset) {
    long scored = checkNearest(what, dataset, ALL);
    for (Choice choice : FILTERS) {
      checkNearest(what, dataset, choice);
    }
    for (String text : List.of("water", "person", "cutting device")) {
      checkText(dataset, text);
    }
    return scored;
  }

  private static long checkNearest(String what, Dataset dataset, Choice choice) {
    Set<Long> matching = choice.of(dictionary);
    int[] accepted =
        IntStream.range(0, DOCUMENTS).filter(at -> matching.contains(id(at))).toArray();
    int expected = Math.min(TOP, accepted.length);
    double[] recalls = new double[QUERIES];
    long scored = 0;
    for (int i = 0; i < QUERIES; i++) {
      double[] exact = cosines[i];
      ObjectNode request = request(choice, TOP);
      request.set("vector", query(i).json().path("vector"));
      JsonNode answer = dataset.post("/query", request.toString());
      Set<Long> found = scores(answer).keySet();
      assertThat(found).as(choice.name()).hasSize(expected).allMatch(matching::contains);
      double[] ascending = Arrays.stream(accepted).mapToDouble(at -> exact[at]).sorted().toArray();
      double least = ascending[ascending.length - expected] - ROUNDING;
      long right =
          Arrays.stream(accepted)
              .filter(at -> exact[at] >= least && found.contains(id(at)))
              .count();
      recalls[i] = (double) right / expected;
      scored += answer.path("cost").path("scored").asLong();
    }
    double mean = Arrays.stream(recalls).average().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "RecallIT %s, %s: recall@%d %.4f, worst %.1f; %d match, %d compared%n",
        what,
        choice.name(),
        TOP,
        mean,
        Arrays.stream(recalls).min().orElseThrow(),
        accepted.length,
        scored / QUERIES);
    assertThat(mean).as("recall of %s, %s", what, choice.name()).isGreaterThanOrEqualTo(RECALL);
    return scored / QUERIES;
  }

  /**
   * A filter takes documents out of the ranking and changes nothing else of it. Of equal scores any
   * may be the last that come back.
   */
  private static void checkText(Dataset dataset, String text) {
    Map<Long, Double> ranking = scores(dataset.post("/query", textRequest(ALL, MOST, text)));
    assertThat(ranking).as(text).hasSizeBetween(TOP, MOST - 1).containsKeys(having(text));
    for (Choice choice : FILTERS) {
      Set<Long> matching = choice.of(dictionary);
      List<Double> expected =
          ranking.entrySet().stream()
              .filter(hit -> matching.contains(hit.getKey()))
              .map(Map.Entry::getValue)
              .limit(TOP)
              .toList();
      Map<Long, Double> found = scores(dataset.post("/query", textRequest(choice, TOP, text)));
      String as = text + ", " + choice.name();
      assertThat(found.keySet()).as(as).allMatch(matching::contains);
      assertThat(ranking).as(as).containsAllEntriesOf(found);
      assertThat(List.copyOf(found.values())).as(as).isEqualTo(expected);
    }
  }

  /** The documents with one of the words as it stands. */
  private static Long[] having(String text) {
    Predicate<String> words =
        Pattern.compile("\\b(" + text.replace(' ', '|') + ")\\b").asPredicate();
    return dictionary.entries().stream()
        .filter(entry -> words.test(entry.attribute("gloss").textValue()))
        .map(Entry::id)
        .toArray(Long[]::new);
  }

  private static String textRequest(Choice choice, int top, String text) {
    ObjectNode request = request(choice, top);
    request.putObject("full_text").put("field", "gloss").put("query", text);
    return request.toString();
  }

  private static ObjectNode request(Choice choice, int top) {
    ObjectNode request = JSON.createObjectNode();
    request.putRawValue("filter", new RawValue(choice.filter()));
    return request.put("top_k", top).put("include_attributes", false).put("explain", true);
  }

  /** Scores by id, best first. */
  private static Map<Long, Double> scores(JsonNode answer) {
    Map<Long, Double> scores = new LinkedHashMap<>();
    for (JsonNode hit : answer.path("results")) {
      Double before = scores.put(hit.path("id").longValue(), hit.path("score").doubleValue());
      assertThat(before).as("score of the same document before").isNull();
    }
    return scores;
  }
}
