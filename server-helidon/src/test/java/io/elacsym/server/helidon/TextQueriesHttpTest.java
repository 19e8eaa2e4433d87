package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Text queries of every kind, and what is said of wrong ones. */
class TextQueriesHttpTest {
  private static final String NAMESPACE = "/v1/namespaces/texts";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    assertThat(
            server
                .put(
                    NAMESPACE,
                    """
                    {"attributes":{"title":{"type":"string","full_text":true},
                      "body":{"type":"string","full_text":{"stemming":false}},
                      "code":{"type":"string","full_text":{"tokenizer":"whitespace"}},
                      "name":{"type":"string","full_text":{"tokenizer":"keyword"}},
                      "part":{"type":"string","full_text":{"tokenizer":"ngram","ngram_min":3}},
                      "year":"int"}}
                    """)
                .status())
        .isEqualTo(200);
    Answer stored =
        server.post(
            NAMESPACE + "/upsert",
            """
            {"documents":[
              {"id":1,"attributes":{"title":"sea otters and kelp","body":"tide pool","code":"a-1 b-2"}},
              {"id":2,"attributes":{"title":"kelp of the sea","body":"otters at play","name":"Kelp Bay"}},
              {"id":3,"attributes":{"title":"an aquarium with sea otters","body":"kelp tank"}},
              {"id":4,"attributes":{"title":"searching the reef","body":"","part":"Monterey"}}]}
            """);
    assertThat(stored.status()).as(stored.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Long> found(String fields, String query) {
    Answer answer =
        server.post(
            NAMESPACE + "/query", "{\"full_text\":{" + fields + ",\"query\":" + query + "}}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return StreamSupport.stream(answer.json().path("results").spliterator(), false)
        .map(result -> result.path("id").asLong())
        .sorted()
        .toList();
  }

  private static List<Long> inTitle(String query) {
    return found("\"field\":\"title\"", query);
  }

  private static List<Long> inBoth(String query) {
    return found("\"fields\":[\"title\",\"body\"]", query);
  }

  @Test
  void wordsAreFoundByOperatorAndByShare() {
    assertThat(inTitle("\"kelp otters\"")).containsExactly(1L, 2L, 3L);
    assertThat(inTitle("{\"match\":\"kelp otters\",\"operator\":\"and\"}")).containsExactly(1L);
    assertThat(inTitle("{\"match\":\"kelp otters\",\"operator\":\"or\"}")).hasSize(3);
    assertThat(inTitle("{\"match\":\"kelp otters reef sea\",\"minimum_match\":3}"))
        .containsExactly(1L);
    assertThat(inTitle("{\"match\":\"kelp otters reef sea\",\"minimum_match\":\"50%\"}"))
        .containsExactly(1L, 2L, 3L);
    assertThat(inBoth("{\"match\":\"kelp otters\",\"operator\":\"and\"}"))
        .as("one word in each field")
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void phrasesPrefixesFuzzyWordsAndTermsAreFound() {
    assertThat(inTitle("{\"phrase\":\"sea otters\"}")).containsExactly(1L, 3L);
    assertThat(inTitle("{\"phrase\":\"kelp the sea\"}")).isEmpty();
    assertThat(inTitle("{\"phrase\":\"kelp sea\",\"slop\":2}")).containsExactly(2L);
    assertThat(inTitle("{\"prefix\":\"sea ot\"}")).containsExactly(1L, 3L);
    assertThat(inTitle("{\"match\":\"ree ke\",\"last_as_prefix\":true}")).containsExactly(1L, 2L);
    assertThat(inTitle("{\"match\":\"ottre\",\"fuzzy\":true}")).containsExactly(1L, 3L);
    assertThat(inTitle("{\"match\":\"ottre\",\"fuzzy\":0}")).isEmpty();
    assertThat(
            inTitle(
                "{\"match\":\"ottre\",\"fuzzy\":{\"edits\":1,\"prefix_length\":2,\"max_expansions\":1}}"))
        .containsExactly(1L, 3L);
    assertThat(inTitle("{\"exact\":\"otter\"}")).containsExactly(1L, 3L);
    assertThat(inTitle("{\"exact\":\"otters\"}")).isEmpty();
  }

  @Test
  void groupsRequireAndExclude() {
    assertThat(inBoth("{\"required\":[\"kelp\",\"otters\"],\"excluded\":\"aquarium\"}"))
        .containsExactly(1L, 2L);
    assertThat(
            inTitle(
                "{\"optional\":[\"reef\",{\"phrase\":\"sea otters\",\"boost\":2}],\"excluded\":[\"aquarium\"]}"))
        .containsExactly(1L, 4L);
    assertThat(inTitle("{\"required\":[\"the\",\"reef\"]}"))
        .as("a stop word is not asked for")
        .containsExactly(4L);
    assertThat(inTitle("\"the of\"")).as("stop words only").isEmpty();
  }

  @Test
  void aBoostMultipliesTheScore() {
    double once = score("\"reef\"");
    double twice = score("{\"match\":\"reef\",\"boost\":2}");
    assertThat(twice).isCloseTo(2 * once, within(1e-5));
  }

  private static double score(String query) {
    return server
        .post(NAMESPACE + "/query", "{\"full_text\":{\"field\":\"title\",\"query\":" + query + "}}")
        .json()
        .at("/results/0/score")
        .asDouble();
  }

  @Test
  void tokenizersCutAsTheFieldSays() {
    assertThat(found("\"field\":\"code\"", "\"B-2\"")).containsExactly(1L);
    assertThat(found("\"field\":\"code\"", "\"b\"")).isEmpty();
    assertThat(found("\"field\":\"name\"", "\"kelp bay\"")).containsExactly(2L);
    assertThat(found("\"field\":\"name\"", "\"kelp\"")).isEmpty();
    assertThat(found("\"field\":\"part\"", "\"ter\"")).containsExactly(4L);
  }

  @Test
  void analyzeShowsTheTerms() {
    JsonNode tokens =
        server
            .post(NAMESPACE + "/analyze", "{\"field\":\"title\",\"text\":\"The otters, kelp\"}")
            .json();
    assertThat(tokens.toString())
        .isEqualTo(
            "{\"tokens\":[{\"term\":\"otter\",\"position\":1,\"start\":4,\"end\":10},"
                + "{\"term\":\"kelp\",\"position\":2,\"start\":12,\"end\":16}]}");
    wrong("/analyze", "{\"field\":\"year\",\"text\":\"x\"}", "field is \\\"year", "full_text");
    wrong("/analyze", "{\"field\":\"titel\",\"text\":\"x\"}", "did you mean 'title'?");
    wrong("/analyze", "{\"text\":\"x\"}", "field is missing");
    wrong("/analyze", "{\"field\":\"title\"}", "text is missing");
  }

  private static void wrong(String path, String body, String... parts) {
    Answer answer = server.post(NAMESPACE + path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains(parts);
  }

  private static void wrongQuery(String query, String... parts) {
    wrong(
        "/query",
        "{\"full_text\":{\"fields\":[\"title\",\"body\"],\"query\":" + query + "}}",
        parts);
  }

  @Test
  void wrongQueriesAreNamed() {
    wrongQuery("7", "full_text.query is 7", "a string or an object");
    wrongQuery("{}", "full_text.query has none of match, phrase");
    wrongQuery("{\"mach\":\"x\"}", "unknown key 'mach'", "did you mean 'match'?");
    wrongQuery("{\"match\":\"x\",\"slop\":1}", "unknown key 'slop'");
    wrongQuery("{\"match\":\"x\",\"operator\":\"xor\"}", "full_text.query.operator is");
    wrongQuery(
        "{\"match\":\"x\",\"operator\":\"or\",\"minimum_match\":1}",
        "minimum_match is given beside");
    wrongQuery("{\"match\":\"x\",\"minimum_match\":0}", "minimum_match is 0");
    wrongQuery("{\"match\":\"x\",\"minimum_match\":\"101%\"}", "minimum_match is");
    wrongQuery("{\"match\":\"x\",\"fuzzy\":3}", "full_text.query.fuzzy is 3", "from 0 to 2");
    wrongQuery("{\"match\":\"x\",\"fuzzy\":\"much\"}", "full_text.query.fuzzy is");
    wrongQuery("{\"match\":\"x\",\"fuzzy\":{\"edit\":1}}", "did you mean 'edits'?");
    wrongQuery("{\"match\":\"x\",\"max_expansions\":1001}", "max_expansions is 1001");
    wrongQuery("{\"match\":\"x\",\"boost\":0}", "boost is 0");
    wrongQuery("{\"phrase\":\"x\",\"slop\":51}", "full_text.query.slop is 51");
    wrongQuery("{\"exact\":\"\"}", "full_text.query is empty");
    wrongQuery("{\"required\":[],\"excluded\":[\"x\"]}", "neither required nor optional");
    wrongQuery(
        "{\"optional\":[\"x\",{\"match\":\"a b\",\"operator\":\"and\"}]}",
        "full_text.query.optional[1] is optional",
        "single field");
    wrongQuery("{\"required\":".repeat(9) + "\"x\"" + "}".repeat(9), "nested deeper than 8");
    wrongQuery(
        "{\"optional\":[" + "\"x\",".repeat(300) + "\"x\"]}", "one part too many", "at most 256");
    wrongQuery(
        "{\"match\":\"aaa bbb ccc ddd eee\",\"fuzzy\":{\"max_expansions\":1000}}", "at most 4096");
  }

  @Test
  void wrongAnalysesAreNamed() {
    wrongSchema("{\"tokenizer\":\"words\"}", "full_text.tokenizer is", "one of word, whitespace");
    wrongSchema("{\"ngram_min\":2}", "full_text.ngram_min is given");
    wrongSchema(
        "{\"tokenizer\":\"ngram\",\"ngram_min\":4,\"ngram_max\":3}", "ngram_max is 3", "4 to 20");
    wrongSchema("{\"max_token_length\":256}", "max_token_length is 256");
    wrongSchema("{\"ascii_foldng\":true}", "did you mean 'ascii_folding'?");
  }

  private static void wrongSchema(String analysis, String... parts) {
    Answer answer =
        server.put(
            "/v1/namespaces/wrong",
            "{\"attributes\":{\"a\":{\"type\":\"string\",\"full_text\":" + analysis + "}}}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains(parts);
  }
}
