package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several vector fields, clauses, queries and pages in a request. */
class QueryModelHttpTest {
  private static final String NS = "/v1/namespaces/papers";
  private static final int DOCUMENTS = 50;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    Answer created =
        server.put(
            NS,
            """
            {"vector_dim":2,"vector_metric":"l2","vectors":{"image":{"dim":3,"metric":"dot"}},
             "attributes":{"title":{"type":"string","full_text":true},"year":"int"}}
            """);
    assertThat(created.status()).describedAs(created.text()).isEqualTo(200);
    List<String> documents = new ArrayList<>();
    for (int id = 0; id < DOCUMENTS; id++) {
      documents.add(
          """
          {"id":%d,"vector":[%d,0],"vectors":{"image":[0,%d,1]},"attributes":{"title":"paper %s","year":%s}}
          """
              .formatted(
                  id, id, id, id % 2 == 0 ? "even" : "odd", id % 5 == 0 ? "null" : 2000 + id));
    }
    Answer upserted =
        server.post(NS + "/upsert", "{\"documents\":[" + String.join(",", documents) + "]}");
    assertThat(upserted.status()).describedAs(upserted.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode query(String body) {
    Answer answer = server.post(NS + "/query", body);
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static List<Integer> ids(JsonNode answer) {
    return answer.get("results").findValuesAsText("id").stream().map(Integer::valueOf).toList();
  }

  private static void refuses(String path, String body, String message) {
    Answer answer = server.post(NS + path, body);
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(400);
    assertThat(answer.errorMessage()).contains(message);
  }

  @Test
  void theSchemaThatIsShownMakesTheSameNamespace() {
    JsonNode schema = server.get(NS).json().get("schema");
    assertThat(schema.at("/vectors/image/dim").asInt()).isEqualTo(3);
    assertThat(schema.at("/vectors/image/metric").asText()).isEqualTo("dot");
    assertThat(schema.get("vector_dim").asInt()).isEqualTo(2);
    assertThat(server.put("/v1/namespaces/again", schema.toString()).status()).isEqualTo(200);
    assertThat(server.get("/v1/namespaces/again").json().get("schema")).isEqualTo(schema);
  }

  @Test
  void aVectorFieldIsSearchedByItsName() {
    assertThat(ids(query("{\"vector\":[7,0],\"top_k\":1}"))).containsExactly(7);
    assertThat(ids(query("{\"vector\":[0,1,0],\"vector_field\":\"image\",\"top_k\":2}")))
        .containsExactly(49, 48);
  }

  @Test
  void theVectorsThatAreAskedForComeBack() {
    JsonNode all = query("{\"vector\":[7,0],\"top_k\":1,\"include_vector\":true}");
    assertThat(all.at("/results/0/vector")).hasToString("[7.0,0.0]");
    assertThat(all.at("/results/0/vectors/image")).hasToString("[0.0,7.0,1.0]");
    JsonNode one = query("{\"vector\":[7,0],\"top_k\":1,\"include_vector\":[\"image\"]}");
    assertThat(one.at("/results/0/vectors/image")).hasToString("[0.0,7.0,1.0]");
    assertThat(one.at("/results/0").has("vector")).isFalse();
    JsonNode none = query("{\"vector\":[7,0],\"top_k\":1}");
    assertThat(none.at("/results/0").has("vectors")).isFalse();
  }

  @Test
  void clausesAreFusedByRankOrByScore() {
    String clauses =
        """
        {"clauses":[{"vector":[10,0],"weight":3},{"vector":[0,1,0],"vector_field":"image"},
                    {"full_text":{"field":"title","query":"even"}}],
         "fusion":%s,"top_k":50}
        """;
    assertThat(ids(query(clauses.formatted("{}"))).getFirst()).isEqualTo(10);
    JsonNode byScore = query(clauses.formatted("{\"method\":\"score\"}"));
    assertThat(ids(byScore).getFirst()).isEqualTo(10);
    // 3 for the nearest, 10/49 of the way from the least inner product to the greatest, and 1 for a
    // text that is as good as any.
    assertThat(byScore.at("/results/0/score").asDouble()).isEqualTo(3 + 10 / 49.0 + 1);
  }

  @Test
  void anAttributeIsAClauseOfThoseThatHaveIt() {
    String clauses =
        """
        {"clauses":[{"full_text":{"field":"title","query":"even"}},
                    {"order":[{"field":"year","desc":true}],"weight":%s}],
         "fusion":%s,"top_k":50,"explain":"scores"}
        """;
    JsonNode byScore = query(clauses.formatted("2", "{\"method\":\"score\"}"));
    // 1 for a text that is as good as any, and the way from 2001 to 2049 twice.
    assertThat(ids(byScore).subList(0, 3)).containsExactly(48, 46, 44);
    assertThat(byScore.at("/results/0/score").asDouble()).isEqualTo(1 + 2 * 47 / 48.0);
    assertThat(byScore.at("/results/0/explanation/clauses/1/of/kind").asText()).isEqualTo("order");
    assertThat(byScore.at("/results/0/explanation/clauses/1/of/score").asDouble()).isEqualTo(2048);
    // Odd and without a year: found by neither.
    assertThat(ids(byScore)).doesNotContain(5, 15).contains(10, 20).hasSize(45);
    JsonNode byRank = query(clauses.formatted("100", "{\"k\":1}"));
    assertThat(ids(byRank).subList(0, 2)).containsExactly(49, 48);
    refuses(
        "/query",
        clauses.formatted("1", "{\"method\":\"score\"}").replace("year", "title"),
        "clauses[1].order[0].field is \"title\", expected an attribute of type int, uint, float or"
            + " datetime for the fusion method \"score\", or the method \"rank\"");
    refuses(
        "/query",
        clauses.formatted("1", "{}").replace("true}],\"w", "true,\"missing\":\"first\"}],\"w"),
        "clauses[1].order[0].field is \"year\" with missing \"first\", expected \"last\"");
    refuses(
        "/query",
        clauses.formatted("1", "{}").replace("\"order\"", "\"vector\":[0,0],\"order\""),
        "clauses[1] has 2 of vector, full_text and order, expected one of them");
  }

  @Test
  void pagesAreTheWholeResult() {
    for (String ranking :
        List.of(
            "\"vector\":[20.3,0]",
            "\"filter\":{\"field\":\"id\",\"op\":\"gte\",\"value\":0}",
            "\"full_text\":{\"field\":\"title\",\"query\":\"paper\"}",
            "\"vector\":[20.3,0],\"full_text\":{\"field\":\"title\",\"query\":\"odd\"}")) {
      List<Integer> seen = new ArrayList<>();
      String cursor = "";
      while (true) {
        JsonNode page = query("{" + ranking + ",\"top_k\":20,\"cursor\":\"" + cursor + "\"}");
        seen.addAll(ids(page));
        if (page.get("next").isNull()) {
          break;
        }
        cursor = page.get("next").asText();
      }
      assertThat(seen).describedAs(ranking).hasSize(DOCUMENTS);
      assertThat(new HashSet<>(seen)).hasSize(DOCUMENTS);
    }
    assertThat(query("{\"vector\":[1,0]}").has("next")).isFalse();
  }

  @Test
  void queriesTogetherAreAnsweredAsOneByOne() {
    JsonNode both =
        query(
            """
            {"queries":[{"vector":[7,0],"top_k":2},
                        {"full_text":{"field":"title","query":"odd"},"top_k":3,"cursor":""}],
             "consistency":"strong"}
            """);
    assertThat(both.get("answers")).hasSize(2);
    assertThat(ids(both.at("/answers/0"))).hasSize(2).first().isEqualTo(7);
    assertThat(ids(both.at("/answers/1"))).hasSize(3);
    assertThat(both.at("/answers/1/next").isTextual()).isTrue();
    assertThat(both.at("/answers/0").has("next")).isFalse();
    assertThat(both.get("took_ms").isNumber()).isTrue();
  }

  @Test
  void wrongFieldsAreNamedWithTheNearestRightOne() {
    refuses(
        "/query",
        "{\"vector\":[1,0,0],\"vector_field\":\"imag\"}",
        "vector_field: the schema has no vector field 'imag'; did you mean 'image'?");
    refuses(
        "/query",
        "{\"vector\":[1,0],\"vector_field\":\"image\"}",
        "vector has 2 components, expected 3");
    refuses(
        "/query",
        "{\"clauses\":[{\"vector\":[1,0]},{\"vector\":[1,0],\"vector_field\":\"image\"}]}",
        "clauses[1].vector has 2 components, expected 3");
    refuses(
        "/query",
        "{\"vector\":[1,0],\"include_vector\":[\"imge\"]}",
        "include_vector[0]: the schema has no vector field 'imge'; did you mean 'image'?");
    refuses(
        "/upsert",
        "{\"documents\":[{\"id\":1,\"vectors\":{\"image\":[1]}}]}",
        "documents[0].vectors.image has 1 components, expected 3");
    refuses(
        "/upsert",
        "{\"documents\":[{\"id\":1,\"vectors\":{\"vector\":[1,0]}}]}",
        "documents[0].vectors.vector stands among named vectors");
    Answer schema =
        server.put("/v1/namespaces/no", "{\"vectors\":{\"image\":{\"metric\":\"dot\"}}}");
    assertThat(schema.errorMessage()).contains("vectors.image.dim is missing, expected a whole");
  }
}
