package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every example of {@code docs/http.md}, by the section in which it stands: requests are sent, and
 * answers have the keys that are shown, or are what is shown.
 */
class DocumentedExamplesTest {
  private static final Path DOCS = Path.of("..", "docs", "http.md");
  private static final Pattern HEADING_OR_EXAMPLE =
      Pattern.compile("(?ms)^#+ ([^\n]+)$|^```(?:json|bash)\n(.*?)^```$");

  /** A call of curl with a body, and what it answers. */
  private static final Pattern CALL =
      Pattern.compile("(?s)curl (-X PUT )?localhost:3000(\\S+) [^\n]* -d '\n(.*?)'\n# (.*?)\n");

  private static final String NS = "/v1/namespaces/docs";

  private static final String SCHEMA =
      """
      {"vector_dim":2,"vector_metric":"l2","vectors":{"image":{"dim":3,"metric":"dot"}},
       "attributes":{
        "title":{"type":"string","full_text":true},
        "body":{"type":"string","full_text":true},
        "author":{"type":"string","indexed":true},
        "year":{"type":"int","indexed":true},
        "rev":"int","price":"float",
        "added":{"type":"datetime","indexed":true},
        "tags":{"type":"array_string","indexed":true}}}\
      """;

  private static final Map<String, List<String>> EXAMPLES = examples();

  private static TestServer server;

  private static Map<String, List<String>> examples() {
    Map<String, List<String>> examples = new LinkedHashMap<>();
    try {
      Matcher found = HEADING_OR_EXAMPLE.matcher(Files.readString(DOCS));
      String section = "";
      while (found.find()) {
        if (found.group(1) != null) {
          section = found.group(1);
        } else {
          examples.computeIfAbsent(section, _ -> new ArrayList<>()).add(found.group(2));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return examples;
  }

  private static List<String> of(String section) {
    return EXAMPLES.getOrDefault(section, List.of());
  }

  private static String only(String section) {
    assertThat(of(section)).as(section).hasSize(1);
    return of(section).getFirst();
  }

  @BeforeAll
  static void start() {
    server = TestServer.start();
    ok(server.put(NS, SCHEMA));
    ok(
        server.post(
            NS + "/upsert",
            """
            {"documents":[
              {"id":1,"vector":[0,0.7],"vectors":{"image":[0.1,0.2,1]},"attributes":{
                "title":"Sea otters","body":"rafts of sea otters & kelp","author":"Ada","year":2015,
                "price":7.5,"tags":["sea"],"added":"2026-03-15T12:00:00Z"}},
              {"id":2,"vector":[1,0.2],"attributes":{
                "title":"The tide","body":"kelp in an aquarium","author":"Bob","year":2020}}]}
            """));
    server.engine.namespace("docs").flush();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode ok(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 202);
    return answer.json();
  }

  private static JsonNode query(String body) {
    return ok(server.post(NS + "/query", body));
  }

  private static JsonNode json(String text) {
    try {
      return TestServer.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** The names that stand together in an object, of all objects of a tree. */
  private static Set<Set<String>> names(JsonNode tree) {
    Set<Set<String>> names = new HashSet<>();
    if (tree.isObject()) {
      Set<String> own = new TreeSet<>();
      tree.fieldNames().forEachRemaining(own::add);
      names.add(own);
    }
    tree.forEach(child -> names.addAll(names(child)));
    return names;
  }

  private static void same(JsonNode answer, String documented) {
    JsonNode expected = json(documented);
    assertThat(withoutTime(answer)).isEqualTo(withoutTime(expected));
  }

  private static JsonNode withoutTime(JsonNode answer) {
    return ((ObjectNode) answer.deepCopy()).without("took_ms");
  }

  @Test
  void everySectionWithExamplesIsLookedAtHereOrInAnotherTest() {
    assertThat(EXAMPLES.keySet())
        .containsExactlyInAnyOrder(
            "A first round",
            "Errors",
            "Health and metrics",
            "Cluster",
            "Namespaces",
            "Conditional writes",
            "Several rankings in one",
            // These three are compared with their answers in AggregatesHttpTest.
            "Order by attributes",
            "Few results with the same value",
            "Aggregates, facets and groups",
            "The plan",
            "Text queries",
            "Several fields",
            "Highlights",
            "What a score is made of",
            "Analysis of texts",
            "Other indexes for existing data",
            "History");
  }

  @Test
  void theFirstRoundAnswersWhatIsShown() {
    try (TestServer fresh = TestServer.start()) {
      Matcher call = CALL.matcher(only("A first round"));
      int calls = 0;
      while (call.find()) {
        Answer answer =
            call.group(1) != null
                ? fresh.put(call.group(2), call.group(3))
                : fresh.post(call.group(2), call.group(3));
        same(ok(answer), call.group(4));
        calls++;
      }
      assertThat(calls).isEqualTo(3);
    }
  }

  @Test
  void anErrorIsWhatIsShown() {
    ok(server.put("/v1/namespaces/wide", "{\"vector_dim\":384}"));
    String vector = Collections.nCopies(383, "1").toString();
    StringBuilder documents = new StringBuilder();
    for (int id = 0; id < 3; id++) {
      documents.append("{\"id\":%d,\"vector\":%s},".formatted(id, vector.replace("[", "[1,")));
    }
    Answer answer =
        server.post(
            "/v1/namespaces/wide/upsert",
            "{\"documents\":[%s{\"id\":3,\"vector\":%s}]}".formatted(documents, vector));
    assertThat(answer.status()).isEqualTo(400);
    same(answer.json(), only("Errors"));
  }

  @Test
  void healthAndNamespacesHaveTheKeysThatAreShown() {
    assertThat(names(ok(server.get("/health")))).isEqualTo(names(json(only("Health and metrics"))));
    List<String> namespaces = of("Namespaces");
    assertThat(namespaces).hasSize(2);
    ok(server.put("/v1/namespaces/shown", namespaces.getFirst()));
    JsonNode indexes = json("{" + namespaces.get(1) + "}").get("indexes");
    assertThat(names(indexes)).containsAll(names(ok(server.get(NS)).at("/stats/indexes").get(0)));
  }

  @Test
  void aSingleNodeHasNoOtherKeysOfAClusterThanThoseThatAreShown() {
    Set<String> documented = new HashSet<>();
    names(json(only("Cluster"))).forEach(documented::addAll);
    names(ok(server.get("/v1/cluster")))
        .forEach(together -> assertThat(documented).containsAll(together));
  }

  @Test
  void conditionalWritesAndFusionsCanBeSent() {
    ok(server.put("/v1/namespaces/revised", SCHEMA));
    JsonNode written =
        ok(
            server.post(
                "/v1/namespaces/revised/upsert",
                only("Conditional writes").replace("[..]", "[0.5, 0.5]")));
    assertThat(written.get("upserted").asInt()).isEqualTo(1);
    assertThat(query(only("Several rankings in one")).get("results")).isNotEmpty();
  }

  @Test
  void thePlanHasTheKeysThatAreShown() {
    JsonNode answer =
        query(
            """
            {"vector":[0,1],"explain":true,"filter":{"field":"year","op":"gte","value":2000}}
            """);
    assertThat(names(answer.get("explain"))).isEqualTo(names(json(only("The plan"))));
  }

  @Test
  void textQueriesFindWhatTheySay() throws IOException {
    List<String> found = new ArrayList<>();
    try (MappingIterator<JsonNode> queries =
        TestServer.JSON.readerFor(JsonNode.class).readValues(only("Text queries"))) {
      while (queries.hasNext()) {
        found.add(
            query(queries.next().toString()).get("results").findValuesAsText("id").toString());
      }
    }
    assertThat(found).containsExactly("[1]", "[1]", "[1]", "[1]", "[1]", "[1]");
    assertThat(query(only("Several fields")).at("/results/0/id").asInt()).isEqualTo(1);
  }

  @Test
  void highlightsAreWhatIsShown() {
    String[] example = only("Highlights").split("\n\n", 2);
    JsonNode answer = query(example[0]);
    assertThat(answer.at("/results/0/highlights"))
        .isEqualTo(json(example[1]).at("/results/0/highlights"));
    assertThat(answer.get("results")).hasSize(1);
  }

  @Test
  void anExplanationOfAScoreHasTheKeysThatAreShown() {
    Set<Set<String>> explained =
        names(
            query(
                    """
                    {"full_text":{"fields":["title"],"weights":{"title":2},
                      "query":{"optional":["otters",{"match":"sea","boost":0.5}]}},
                     "explain":"scores"}
                    """)
                .at("/results/0/explanation"));
    Set<Set<String>> shown = names(json(only("What a score is made of")));
    // One of the terms is shown by its kind and score alone.
    shown.remove(Set.of("kind", "score"));
    assertThat(explained).isEqualTo(shown);
  }

  @Test
  void anAnalysisIsWhatIsShown() {
    same(
        ok(server.post(NS + "/analyze", "{\"field\":\"title\",\"text\":\"The otters' kelp\"}")),
        only("Analysis of texts"));
  }

  @Test
  void aReindexAndTheHistoryHaveTheKeysThatAreShown() {
    JsonNode reindex = json(only("Other indexes for existing data"));
    Set<String> shown = names(reindex).iterator().next();
    Set<String> answered =
        new HashSet<>(names(ok(server.post(NS + "/reindex", "{}"))).iterator().next());
    // It may be over at once.
    answered.remove("ended_at");
    assertThat(answered).isEqualTo(shown);
    assertThat(names(ok(server.get(NS + "/history")))).isEqualTo(names(json(only("History"))));
  }
}
