package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back of text queries besides documents, and how their fields make one score. */
class TextAnswersHttpTest {
  private static final String NAMESPACE = "/v1/namespaces/answers";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    assertThat(
            server
                .put(
                    NAMESPACE,
                    """
                    {"vector_dim":2,"attributes":{"title":{"type":"string","full_text":true},
                      "body":{"type":"string","full_text":true},
                      "notes":{"type":"array_string","full_text":true},
                      "code":{"type":"string","full_text":{"stemming":false}}}}
                    """)
                .status())
        .isEqualTo(200);
    upsert(
        """
        {"documents":[
          {"id":1,"vector":[1,0],"attributes":{"title":"sea otters","body":"Otters & <kelp>, the tide of the sea"}},
          {"id":2,"vector":[0,1],"attributes":{"title":"kelp","body":"an otter","notes":["tide pool","an otter, sea otters","reef"]}}]}
        """);
    server.post(NAMESPACE + "/flush", "{}");
    upsert(
        """
        {"documents":[
          {"id":3,"vector":[1,1],"attributes":{"title":"the reef at night","body":"sea"}},
          {"id":4,"attributes":{"title":"a tank","body":"searching seas for otters and kelp and otters"}}]}
        """);
  }

  private static void upsert(String documents) {
    Answer stored = server.post(NAMESPACE + "/upsert", documents);
    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode results(String query) {
    Answer answer = server.post(NAMESPACE + "/query", query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("results");
  }

  private static String refusal(String query) {
    Answer answer = server.post(NAMESPACE + "/query", query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    return answer.text();
  }

  private static JsonNode hit(JsonNode results, long id) {
    for (JsonNode result : results) {
      if (result.path("id").asLong() == id) {
        return result;
      }
    }
    throw new AssertionError(id + " is not in " + results);
  }

  @Test
  void wordsAreMarkedWhereTheyStandAndTheTextIsEscaped() {
    JsonNode results =
        results(
            """
            {"full_text":{"fields":["title","body"],"query":"otters"},"highlight":{},
             "include_attributes":["title"]}
            """);
    JsonNode first = hit(results, 1);
    assertThat(first.at("/highlights/title/0").asText()).isEqualTo("sea <em>otters</em>");
    assertThat(first.at("/highlights/body/0").asText())
        .isEqualTo("<em>Otters</em> &amp; &lt;kelp&gt;, the tide of the sea");
    assertThat(first.path("attributes").size()).as("what was asked for").isEqualTo(1);
    assertThat(hit(results, 2).path("highlights").has("title")).isFalse();
    assertThat(hit(results, 4).at("/highlights/body/0").asText())
        .isEqualTo("searching seas for <em>otters</em> and kelp and <em>otters</em>");
  }

  @Test
  void phrasesPrefixesAndFuzzyWordsAreMarkedAsTheyMatch() {
    assertThat(marked("{\"phrase\":\"sea otters\"}", 1)).isEqualTo("[sea otters]");
    assertThat(marked("{\"prefix\":\"sea ott\"}", 1)).isEqualTo("[sea] [otters]");
    assertThat(marked("{\"match\":\"ottre\",\"fuzzy\":true}", 1)).isEqualTo("sea [otters]");
    assertThat(marked("{\"required\":[\"sea\"],\"excluded\":[\"reef\"]}", 1))
        .isEqualTo("[sea] otters");
  }

  private static String marked(String query, long id) {
    return hit(
            results(
                "{\"full_text\":{\"field\":\"title\",\"query\":"
                    + query
                    + "},\"highlight\":{\"pre_tag\":\"[\",\"post_tag\":\"]\",\"escape\":\"none\"}}"),
            id)
        .at("/highlights/title/0")
        .asText();
  }

  @Test
  void valuesOfAnArrayAreShownByThemselves() {
    JsonNode notes =
        hit(
                results(
                    """
                    {"full_text":{"field":"notes","query":"otter tide"},
                     "highlight":{"fragments":5},"include_attributes":false}
                    """),
                2)
            .at("/highlights/notes");
    List<String> pieces = new ArrayList<>();
    notes.forEach(piece -> pieces.add(piece.asText()));
    assertThat(pieces)
        .containsExactly("<em>tide</em> pool", "an <em>otter</em>, sea <em>otters</em>");
    assertThat(
            hit(
                    results(
                        """
                        {"full_text":{"field":"notes","query":"otter tide"},
                         "highlight":{"fragments":1}}
                        """),
                    2)
                .at("/highlights/notes"))
        .hasSize(1);
  }

  @Test
  void piecesAreAboutAsLongAsWanted() {
    String words = "plain words of no interest and then more of them ".repeat(200);
    upsert(
        "{\"documents\":[{\"id\":9,\"attributes\":{\"notes\":[\""
            + words
            + "an urchin "
            + words
            + "\"]}}]}");
    JsonNode pieces =
        hit(
                results(
                    """
                    {"full_text":{"field":"notes","query":"urchin"},
                     "highlight":{"fragment_size":60},"include_attributes":false}
                    """),
                9)
            .at("/highlights/notes");
    assertThat(pieces).hasSize(1);
    assertThat(pieces.get(0).asText()).contains("<em>urchin</em>");
    assertThat(pieces.get(0).asText().length()).isBetween(40, 100);
  }

  @Test
  void whatLiesBehindTheFirstHundredThousandCharactersIsNotLookedAt() {
    upsert(
        "{\"documents\":[{\"id\":8,\"attributes\":{\"notes\":[\""
            + "squid "
            + "x ".repeat(60_000)
            + "mussel\"]}}]}");
    assertThat(
            results("{\"full_text\":{\"field\":\"notes\",\"query\":\"mussel\"},\"highlight\":{}}")
                .at("/0/highlights")
                .size())
        .isZero();
    assertThat(
            results("{\"full_text\":{\"field\":\"notes\",\"query\":\"squid\"},\"highlight\":{}}")
                .at("/0/highlights/notes"))
        .hasSize(1);
  }

  @Test
  void aFusionIsHighlightedByItsTextClauses() {
    JsonNode results =
        results(
            """
            {"clauses":[{"vector":[1,0]},{"full_text":{"field":"title","query":"sea"}},
              {"full_text":{"field":"title","query":"otters"}}],"highlight":{"fields":["title"]}}
            """);
    assertThat(hit(results, 1).at("/highlights/title/0").asText())
        .isEqualTo("<em>sea</em> <em>otters</em>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"fragments":0}       | highlight.fragments is 0, expected a whole number from 1 to 20
          {"fragment_size":9}   | highlight.fragment_size is 9, expected a whole number from 10 to 1000
          {"escape":"htm"}      | highlight.escape is \\"htm\\", expected one of html, none; did you mean 'html'?
          {"fields":["body"]}   | highlight.fields[0] is \\"body\\", expected a field of the text query: title
          {"tags":1}            | unknown key 'tags' in highlight
          {"pre_tag":"0123456789012345678901234567890123456789012345678901234567890123456789"} | highlight.pre_tag has 70 characters, expected at most 64
          """)
  void wrongHighlightsAreTold(String highlight, String message) {
    assertThat(
            refusal(
                "{\"full_text\":{\"field\":\"title\",\"query\":\"sea\"},\"highlight\":"
                    + highlight
                    + "}"))
        .contains(message);
  }

  @Test
  void aHighlightNeedsAText() {
    assertThat(refusal("{\"vector\":[1,0],\"highlight\":{}}"))
        .contains("highlight is given, but the query has no full_text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"fields\":[\"title\",\"body\"]",
        "\"fields\":[\"title\",\"body\"],\"weights\":{\"title\":3}",
        "\"fields\":[\"title\",\"body\"],\"combine\":\"best\",\"tie_breaker\":0.5",
        "\"fields\":[\"title\",\"body\"],\"combine\":\"bm25f\",\"weights\":{\"title\":2}"
      })
  void theExplanationOfATextScoreHasThatScore(String fields) {
    for (String query :
        List.of(
            "\"sea otters\"",
            "{\"phrase\":\"sea otters\"}",
            "{\"prefix\":\"se\"}",
            "{\"required\":[{\"match\":\"otters\",\"boost\":2}],\"optional\":\"kelp\"}")) {
      JsonNode results =
          results(
              "{\"full_text\":{" + fields + ",\"query\":" + query + "},\"explain\":\"scores\"}");
      assertThat(results).as(query).isNotEmpty();
      for (JsonNode result : results) {
        double score = result.path("score").asDouble();
        assertThat(result.at("/explanation/score").asDouble())
            .as(result.toString())
            .isCloseTo(score, within(1e-5 * score));
      }
    }
  }

  @Test
  void aTermIsExplainedByWhatItsScoreIsMadeOf() {
    JsonNode explanation =
        results("{\"full_text\":{\"field\":\"title\",\"query\":\"reef\"},\"explain\":\"scores\"}")
            .at("/0/explanation");
    assertThat(explanation.path("kind").asText()).isEqualTo("field");
    assertThat(explanation.path("field").asText()).isEqualTo("title");
    JsonNode term = explanation.path("of");
    assertThat(term.path("kind").asText()).isEqualTo("term");
    assertThat(term.at("/terms/0/term").asText()).isEqualTo("reef");
    assertThat(term.at("/terms/0/documents").asInt()).isEqualTo(4);
    assertThat(term.at("/terms/0/documents_with_term").asInt()).isEqualTo(1);
    assertThat(term.path("frequency").asInt()).isEqualTo(1);
    assertThat(term.path("length").asInt()).isEqualTo(2);
    assertThat(term.path("k1").asDouble()).isEqualTo(1.2);
    assertThat(
            results("{\"full_text\":{\"field\":\"title\",\"query\":\"reef\"},\"explain\":true}")
                .get(0)
                .has("explanation"))
        .as("the steps alone")
        .isFalse();
  }

  @Test
  void aFusionIsExplainedByItsClauses() {
    JsonNode first =
        hit(
            results(
                """
                {"vector":[1,0],"full_text":{"field":"title","query":"otters"},"explain":"scores"}
                """),
            1);
    JsonNode clauses = first.at("/explanation/clauses");
    assertThat(first.at("/explanation/kind").asText()).isEqualTo("fusion");
    assertThat(clauses).hasSize(2);
    assertThat(clauses.at("/0/of/kind").asText()).isEqualTo("vector");
    assertThat(clauses.at("/0/rank").asInt()).isEqualTo(1);
    assertThat(clauses.at("/1/of/kind").asText()).isEqualTo("field");
    assertThat(first.at("/explanation/score").asDouble())
        .isCloseTo(first.path("score").asDouble(), within(1e-9));
  }

  @Test
  void theBestFieldCountsAndFieldsAsOneTextShareTheirStatistics() {
    String fields = "{\"full_text\":{\"fields\":[\"title\",\"body\"],\"query\":\"otters\"";
    double sum = hit(results(fields + "}}"), 1).path("score").asDouble();
    double best = hit(results(fields + ",\"combine\":\"best\"}}"), 1).path("score").asDouble();
    double tied =
        hit(results(fields + ",\"combine\":\"best\",\"tie_breaker\":1}}"), 1)
            .path("score")
            .asDouble();
    assertThat(best).isLessThan(sum);
    assertThat(tied).isCloseTo(sum, within(1e-5));
    JsonNode one =
        hit(results(fields + ",\"combine\":\"bm25f\"},\"explain\":\"scores\"}"), 1)
            .path("explanation");
    assertThat(one.path("frequency").asInt()).as("one in each field").isEqualTo(2);
    assertThat(one.path("fields")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "combine":"bm25"                           | full_text.combine is \\"bm25\\", expected one of sum, best, bm25f; did you mean 'bm25f'?
          "tie_breaker":0.5                          | full_text.tie_breaker is given, but only combine \\"best\\" has it
          "combine":"best","tie_breaker":2           | full_text.tie_breaker is 2, expected a number from 0.0 to 1.0
          "combine":"bm25f"                          | full_text.fields[1] is \\"code\\", which is analysed in another way than \\"title\\"
          """)
  void wrongCombinationsAreTold(String combine, String message) {
    assertThat(
            refusal(
                "{\"full_text\":{\"fields\":[\"title\",\"code\"],\"query\":\"sea\","
                    + combine
                    + "}}"))
        .contains(message);
  }

  @Test
  void fieldsOfOneTextWeighAtLeastOne() {
    assertThat(
            refusal(
                """
                {"full_text":{"fields":["title","body"],"query":"sea","combine":"bm25f",
                  "weights":{"title":0.5}}}
                """))
        .contains("weight of 'title' is 0.5, expected 1 to 1000 for combine");
  }

  @Test
  void explainIsAFlagOrScores() {
    assertThat(
            refusal("{\"full_text\":{\"field\":\"title\",\"query\":\"sea\"},\"explain\":\"all\"}"))
        .contains("explain is \\\"all\\\", expected true, false or \\\"scores\\\"");
  }
}
