package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every call of the contract, over a socket. */
class HttpContractTest {
  private static final String SCHEMA =
      """
      {"schema":{"vector_dim":3,"vector_metric":"cosine","attributes":{
        "title":{"type":"string","full_text":true},
        "body":{"type":"string","full_text":{"language":"english","stemming":false}},
        "year":{"type":"int","indexed":true},
        "rating":{"type":"float"},
        "tags":{"type":"array_string","indexed":true},
        "seen":"datetime"}}}
      """;
  private static final String DOCUMENTS =
      """
      {"documents":[
        {"id":1,"vector":[1,0,0],"attributes":
          {"title":"Rust handbook","body":"systems","year":2015,"tags":["a","b"],"rating":0.5}},
        {"id":2,"vector":[0,1,0],"attributes":
          {"title":"Java handbook","body":"objects","year":1996,"tags":["b"]}},
        {"id":3,"vector":[0.6,0.8,0],"attributes":{"title":"Cooking","body":"soup and rust"}}]}
      """;

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void fill() {
    assertThat(server.put("/v1/namespaces/docs", SCHEMA).status()).isEqualTo(200);
    assertThat(server.post("/v1/namespaces/docs/upsert", DOCUMENTS).text())
        .isEqualTo("{\"upserted\":3}");
  }

  private JsonNode query(String body) {
    Answer answer = server.post("/v1/namespaces/docs/query", body);
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private List<Long> ids(String body) {
    List<Long> ids = new ArrayList<>();
    query(body).path("results").forEach(hit -> ids.add(hit.path("id").asLong()));
    return ids;
  }

  @Test
  void healthIsExactlyWhatTheDeploymentGuideShows() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      assertThat(server.put("/v1/namespaces/" + name, "{\"vector_dim\":2}").status())
          .isEqualTo(200);
    }
    Answer health = server.get("/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.contentType()).isEqualTo("application/json");
    assertThat(health.text())
        .isEqualTo("{\"status\":\"healthy\",\"version\":\"0.1.0\",\"namespaces\":5}");
  }

  @Test
  void createAnswersWithTheNameAndASecondTimeWithConflict() {
    Answer created = server.put("/v1/namespaces/docs", SCHEMA);
    assertThat(created.text()).isEqualTo("{\"namespace\":\"docs\",\"created\":true}");
    Answer again = server.put("/v1/namespaces/docs", SCHEMA);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.errorCode()).isEqualTo("conflict");
  }

  @Test
  void theSchemaMayStandWithoutItsWrapperAndComesBackAsItIs() {
    assertThat(
            server
                .put(
                    "/v1/namespaces/bare",
                    """
                    {"vector_dim":4,"attributes":{"title":"string",
                      "text":{"type":"string","full_text":{"language":"french"}}}}
                    """)
                .status())
        .isEqualTo(200);
    JsonNode found = server.get("/v1/namespaces/bare").json();
    assertThat(found.path("namespace").asText()).isEqualTo("bare");
    assertThat(found.path("schema").toString())
        .isEqualTo(
            "{\"vector_dim\":4,\"vector_metric\":\"cosine\",\"attributes\":{"
                + "\"title\":{\"type\":\"string\",\"indexed\":false,\"full_text\":false},"
                + "\"text\":{\"type\":\"string\",\"indexed\":false,\"full_text\":{"
                + "\"language\":\"french\",\"tokenizer\":\"word\",\"stemming\":true,"
                + "\"remove_stopwords\":true,\"case_sensitive\":false,\"ascii_folding\":false,"
                + "\"max_token_length\":255,\"k1\":1.2,\"b\":0.75}}}}");
    assertThat(found.path("stats").path("documents").asLong()).isZero();
    // What is shown can be used to create another.
    assertThat(server.put("/v1/namespaces/copy", found.path("schema").toString()).status())
        .isEqualTo(200);
  }

  @Test
  void vectorQueryRanksByCosineAndGivesScoresAttributesAndOnDemandVectors() {
    fill();
    JsonNode answer = query("{\"vector\":[1,0,0],\"top_k\":2,\"include_vector\":true}");
    assertThat(answer.path("took_ms").isIntegralNumber()).isTrue();
    JsonNode first = answer.at("/results/0");
    assertThat(first.path("id").asLong()).isEqualTo(1);
    assertThat(first.path("score").asDouble()).isEqualTo(1.0);
    assertThat(first.at("/attributes/title").asText()).isEqualTo("Rust handbook");
    assertThat(first.at("/attributes/tags").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(first.path("vector").toString()).isEqualTo("[1.0,0.0,0.0]");
    assertThat(answer.at("/results/1/id").asLong()).isEqualTo(3);
    assertThat(answer.at("/results/1/score").asDouble()).isBetween(0.599, 0.601);
    assertThat(answer.at("/results/1/vector").toString()).isEqualTo("[0.6,0.8,0.0]");
    assertThat(answer.path("results")).hasSize(2);
    assertThat(answer.has("explain")).isFalse();
  }

  @Test
  void includeAttributesChooses() {
    fill();
    JsonNode some = query("{\"vector\":[1,0,0],\"top_k\":1,\"include_attributes\":[\"year\"]}");
    assertThat(some.at("/results/0/attributes").toString()).isEqualTo("{\"year\":2015}");
    JsonNode none = query("{\"vector\":[1,0,0],\"top_k\":1,\"include_attributes\":false}");
    assertThat(none.at("/results/0/attributes").toString()).isEqualTo("{}");
    JsonNode all = query("{\"vector\":[1,0,0],\"top_k\":1,\"include_attributes\":true}");
    assertThat(all.at("/results/0/attributes").size()).isEqualTo(5);
    assertThat(all.at("/results/0").has("vector")).isFalse();
  }

  @Test
  void textQueryRanksOneFieldOrSeveralWithWeights() {
    fill();
    assertThat(ids("{\"full_text\":{\"field\":\"title\",\"query\":\"rust\"}}")).containsExactly(1L);
    assertThat(
            ids(
                """
                {"full_text":{"fields":["title","body"],"query":"rust",
                  "weights":{"title":1000.0}}}
                """))
        .containsExactly(1L, 3L);
    assertThat(
            ids(
                """
                {"full_text":{"fields":["title","body"],"query":"rust",
                  "weights":{"body":1000.0}}}
                """))
        .containsExactly(3L, 1L);
  }

  @Test
  void hybridQueryFusesVectorAndText() {
    fill();
    List<Long> ids =
        ids(
            """
            {"vector":[0,1,0],"full_text":{"field":"title","query":"handbook"},
             "fusion":{"vector_weight":1.0,"text_weight":1.0,"k":60},"top_k":3}
            """);
    assertThat(ids).first().isEqualTo(2L);
    assertThat(ids).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void filtersRestrictEveryKindOfQuery() {
    fill();
    String recent = "\"filter\":{\"field\":\"year\",\"op\":\"gte\",\"value\":2015}";
    assertThat(ids("{\"vector\":[0,1,0]," + recent + "}")).containsExactly(1L);
    assertThat(ids("{\"full_text\":{\"field\":\"title\",\"query\":\"handbook\"}," + recent + "}"))
        .containsExactly(1L);
    assertThat(ids("{" + recent + "}")).containsExactly(1L);
    assertThat(ids("{\"filter\":{\"field\":\"year\",\"op\":\"ne\",\"value\":2015}}"))
        .containsExactly(2L, 3L);
    assertThat(
            ids(
                """
                {"filter":{"type":"and","conditions":[
                  {"field":"tags","op":"contains","value":"b"},
                  {"type":"or","conditions":[
                    {"field":"title","op":"contains","value":"Java"},
                    {"field":"year","op":"lt","value":1900}]}]}}
                """))
        .containsExactly(2L);
    assertThat(
            ids(
                """
                {"filter":{"type":"not","conditions":[
                  {"field":"tags","op":"contains_any","value":["a","z"]}]}}
                """))
        .containsExactly(2L, 3L);
    assertThat(ids("{\"filter\":{\"field\":\"id\",\"op\":\"in\",\"value\":[3,1,9]}}"))
        .containsExactly(1L, 3L);
    assertThat(ids("{\"filter\":{\"field\":\"title\",\"op\":\"prefix\",\"value\":\"Ja\"}}"))
        .containsExactly(2L);
    assertThat(ids("{\"filter\":{\"field\":\"title\",\"op\":\"glob\",\"value\":\"*handbook\"}}"))
        .containsExactly(1L, 2L);
    assertThat(ids("{\"filter\":{\"field\":\"year\",\"op\":\"exists\",\"value\":false}}"))
        .containsExactly(3L);
    assertThat(
            ids(
                "{\"filter\":{\"field\":\"tags\",\"op\":\"contains_all\",\"value\":[\"a\",\"b\"]}}"))
        .containsExactly(1L);
    assertThat(ids("{\"filter\":{\"field\":\"year\",\"op\":\"not_in\",\"value\":[1996]}}"))
        .containsExactly(1L, 3L);
  }

  @Test
  void filterAloneScoresOneInIdOrder() {
    fill();
    JsonNode answer = query("{\"filter\":{\"field\":\"title\",\"op\":\"exists\"},\"top_k\":2}");
    assertThat(answer.at("/results/0/id").asInt()).isEqualTo(1);
    assertThat(answer.at("/results/0/score").asDouble()).isEqualTo(1.0);
    assertThat(answer.path("results")).hasSize(2);
  }

  @Test
  void explainTellsHowAndAtWhatCost() {
    fill();
    JsonNode answer = query("{\"vector\":[1,0,0],\"explain\":true}");
    JsonNode plan = answer.at("/explain/plan");
    assertThat(plan.path("operation").asText()).isEqualTo("fetch");
    assertThat(plan.path("rows").asInt()).isEqualTo(answer.path("results").size());
    JsonNode nearest = plan.at("/inputs/0");
    assertThat(nearest.path("operation").asText()).isEqualTo("nearest");
    assertThat(nearest.path("inputs").findValuesAsText("operation"))
        .startsWith("part")
        .contains("filter");
    for (String figure : List.of("estimated", "waves", "requests", "bytes", "scored", "took_us")) {
      assertThat(nearest.path(figure).isIntegralNumber()).as(figure).isTrue();
    }
    assertThat(answer.at("/cost/waves").isIntegralNumber()).isTrue();
    assertThat(answer.at("/cost/scored").isIntegralNumber()).isTrue();
  }

  @Test
  void omittedVectorUpdatesAttributesAndKeepsTheVectorAndNullRemoves() {
    fill();
    assertThat(
            server
                .post(
                    "/v1/namespaces/docs/upsert",
                    """
                    {"documents":[{"id":1,"attributes":{"year":2021,"rating":null}}]}
                    """)
                .text())
        .isEqualTo("{\"upserted\":1}");
    JsonNode found = server.get("/v1/namespaces/docs/documents/1").json();
    assertThat(found.at("/attributes/year").asInt()).isEqualTo(2021);
    assertThat(found.at("/attributes/title").asText()).isEqualTo("Rust handbook");
    assertThat(found.at("/attributes").has("rating")).isFalse();
    assertThat(found.path("vector").toString()).isEqualTo("[1.0,0.0,0.0]");
  }

  @Test
  void aLaterDocumentOfTheSameIdInOneRequestWins() {
    fill();
    server.post(
        "/v1/namespaces/docs/upsert",
        """
        {"documents":[{"id":7,"vector":[1,0,0],"attributes":{"year":1}},
          {"id":7,"vector":[0,1,0],"attributes":{"year":2}}]}
        """);
    JsonNode found = server.get("/v1/namespaces/docs/documents/7").json();
    assertThat(found.at("/attributes/year").asInt()).isEqualTo(2);
    assertThat(found.path("vector").toString()).isEqualTo("[0.0,1.0,0.0]");
  }

  @Test
  void deletesByIdsAndByFilter() {
    fill();
    assertThat(server.post("/v1/namespaces/docs/delete", "{\"ids\":[1,99]}").text())
        .isEqualTo("{\"deleted\":1}");
    assertThat(server.get("/v1/namespaces/docs/documents/1").status()).isEqualTo(404);
    assertThat(
            server
                .post(
                    "/v1/namespaces/docs/delete",
                    "{\"filter\":{\"field\":\"title\",\"op\":\"eq\",\"value\":\"Cooking\"}}")
                .text())
        .isEqualTo("{\"deleted\":1}");
    assertThat(ids("{\"filter\":{\"field\":\"title\",\"op\":\"exists\"}}")).containsExactly(2L);
  }

  @Test
  void scanPagesThroughEverythingInIdOrder() {
    fill();
    List<Long> seen = new ArrayList<>();
    String after = "null";
    int pages = 0;
    do {
      JsonNode page =
          server
              .post(
                  "/v1/namespaces/docs/scan",
                  "{\"limit\":2,\"include_vector\":true,\"after\":" + after + "}")
              .json();
      page.path("documents").forEach(document -> seen.add(document.path("id").asLong()));
      page.path("documents").forEach(document -> assertThat(document.path("vector")).hasSize(3));
      after = page.path("next").toString();
      pages++;
    } while (!after.equals("null"));
    assertThat(seen).containsExactly(1L, 2L, 3L);
    assertThat(pages).isEqualTo(2);
    assertThat(
            server
                .post(
                    "/v1/namespaces/docs/scan",
                    "{\"filter\":{\"field\":\"tags\",\"op\":\"contains\",\"value\":\"a\"}}")
                .json()
                .path("documents"))
        .hasSize(1);
    assertThat(server.post("/v1/namespaces/docs/scan", "").json().path("documents")).hasSize(3);
  }

  @Test
  void namespacesAreListedInPages() {
    for (String name : List.of("b1", "b2", "b3", "a1")) {
      server.put("/v1/namespaces/" + name, "{}");
    }
    JsonNode first = server.get("/v1/namespaces?prefix=b&limit=2").json();
    assertThat(first.toString())
        .isEqualTo(
            "{\"namespaces\":[{\"namespace\":\"b1\"},{\"namespace\":\"b2\"}],\"next\":\"b2\"}");
    JsonNode second = server.get("/v1/namespaces?prefix=b&limit=2&after=b2").json();
    assertThat(second.toString())
        .isEqualTo("{\"namespaces\":[{\"namespace\":\"b3\"}],\"next\":null}");
    assertThat(server.get("/v1/namespaces").json().path("namespaces")).hasSize(4);
  }

  @Test
  void aDroppedNamespaceIsGoneAndItsNameFree() {
    fill();
    Answer dropped = server.send("DELETE", "/v1/namespaces/docs", BodyPublishers.noBody());
    assertThat(dropped.text()).isEqualTo("{\"namespace\":\"docs\",\"deleted\":true}");
    assertThat(server.get("/v1/namespaces/docs").status()).isEqualTo(404);
    assertThat(server.put("/v1/namespaces/docs", SCHEMA).status()).isEqualTo(200);
    assertThat(server.get("/v1/namespaces/docs").json().at("/stats/documents").asInt()).isZero();
  }

  @Test
  void attributesCanBeAddedLater() {
    fill();
    Answer patched =
        server.send(
            "PATCH",
            "/v1/namespaces/docs/schema",
            BodyPublishers.ofString("{\"attributes\":{\"isbn\":{\"type\":\"string\"}}}"),
            "Content-Type",
            "application/json");
    assertThat(patched.status()).describedAs(patched.text()).isEqualTo(200);
    assertThat(patched.json().at("/schema/attributes/isbn/type").asText()).isEqualTo("string");
    assertThat(patched.json().at("/schema/attributes/year/indexed").asBoolean()).isTrue();
    server.post(
        "/v1/namespaces/docs/upsert",
        "{\"documents\":[{\"id\":2,\"attributes\":{\"isbn\":\"x\"}}]}");
    assertThat(ids("{\"filter\":{\"field\":\"isbn\",\"op\":\"eq\",\"value\":\"x\"}}"))
        .containsExactly(2L);
  }

  @Test
  void compactAndWarmAnswerWithoutABodyAndLoseNothing() {
    fill();
    JsonNode compacted = server.post("/v1/namespaces/docs/compact", "").json();
    assertThat(compacted.path("compacted").asBoolean()).isTrue();
    JsonNode warm = server.post("/v1/namespaces/docs/warm", "{}").json();
    assertThat(warm.path("warm_bytes").isIntegralNumber()).isTrue();
    assertThat(ids("{\"vector\":[1,0,0]}")).containsExactly(1L, 3L, 2L);
    assertThat(ids("{\"full_text\":{\"field\":\"title\",\"query\":\"rust\"}}")).containsExactly(1L);
  }

  @Test
  void everyUnsignedIdSurvives() {
    fill();
    for (String id : List.of("0", "9223372036854775808", "18446744073709551615")) {
      assertThat(
              server
                  .post(
                      "/v1/namespaces/docs/upsert",
                      "{\"documents\":[{\"id\":" + id + ",\"vector\":[0,0,1]}]}")
                  .status())
          .isEqualTo(200);
      assertThat(server.get("/v1/namespaces/docs/documents/" + id).text())
          .startsWith("{\"id\":" + id + ",");
    }
    assertThat(query("{\"vector\":[0,0,1],\"top_k\":3}").path("results").findValuesAsText("id"))
        .containsExactly("0", "9223372036854775808", "18446744073709551615");
  }

  @Test
  void stringIdsOfAnyTextCanBeRead() {
    server.put("/v1/namespaces/texts", "{\"attributes\":{\"n\":\"int\"}}");
    List<String> ids = List.of("a", "a/b c+d", "ü;x=1", "..", "42", "%41");
    for (String id : ids) {
      String json = TestServer.JSON.valueToTree(id).toString();
      Answer answer =
          server.post("/v1/namespaces/texts/upsert", "{\"documents\":[{\"id\":" + json + "}]}");
      assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
      String encoded =
          URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");
      Answer found = server.get("/v1/namespaces/texts/documents/" + encoded);
      assertThat(found.json().path("id").asText()).describedAs(found.text()).isEqualTo(id);
    }
    assertThat(server.get("/v1/namespaces/texts").json().at("/stats/documents").asInt())
        .isEqualTo(ids.size());
  }

  @Test
  void allTypesComeBackAsTheyWere() {
    server.put(
        "/v1/namespaces/types",
        """
        {"attributes":{"s":"string","i":"int","u":"uint","f":"float","b":"bool","d":"datetime",
          "x":"uuid","as":"array_string","ai":"array_int","af":"array_float"}}
        """);
    String attributes =
        "{\"s\":\"\u00e9\ud83d\ude00\",\"i\":-9223372036854775808,\"u\":18446744073709551615,\"f\":0.1,"
            + "\"b\":false,\"d\":\"2024-02-29T12:30:00.250Z\","
            + "\"x\":\"123e4567-e89b-12d3-a456-426614174000\","
            + "\"as\":[],\"ai\":[1,-2],\"af\":[1.5,2.0]}";
    server.post(
        "/v1/namespaces/types/upsert",
        "{\"documents\":[{\"id\":1,\"attributes\":" + attributes + "}]}");
    assertThat(server.get("/v1/namespaces/types/documents/1").text())
        .isEqualTo("{\"id\":1,\"attributes\":" + attributes + "}");
    server.post(
        "/v1/namespaces/types/upsert",
        "{\"documents\":[{\"id\":2,\"attributes\":{\"f\":3,\"d\":1000}}]}");
    assertThat(server.get("/v1/namespaces/types/documents/2").text())
        .isEqualTo("{\"id\":2,\"attributes\":{\"f\":3.0,\"d\":\"1970-01-01T00:00:01Z\"}}");
  }

  @Test
  void gzippedBodiesAreRead() throws IOException {
    server.put("/v1/namespaces/docs", SCHEMA);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(DOCUMENTS.getBytes(StandardCharsets.UTF_8));
    }
    Answer answer =
        server.send(
            "POST",
            "/v1/namespaces/docs/upsert",
            BodyPublishers.ofByteArray(zipped.toByteArray()),
            "Content-Type",
            "application/json; charset=utf-8",
            "Content-Encoding",
            "gzip");
    assertThat(answer.text()).isEqualTo("{\"upserted\":3}");
  }

  @Test
  void base64VectorsAreRead() {
    fill();
    // 1.0f, 0.0f, 0.0f in little-endian order
    assertThat(ids("{\"vector\":\"AACAPwAAAAAAAAAA\",\"top_k\":1}")).containsExactly(1L);
  }

  @Test
  void anEmptyUpsertChangesNothing() {
    fill();
    assertThat(server.post("/v1/namespaces/docs/upsert", "{\"documents\":[]}").text())
        .isEqualTo("{\"upserted\":0}");
    assertThat(server.post("/v1/namespaces/docs/delete", "{\"ids\":[]}").text())
        .isEqualTo("{\"deleted\":0}");
  }

  @Test
  void clientsOfHttp10AreServed() {
    // What nginx sends with a plain proxy_pass.
    String answer =
        server.raw("GET /health HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200").contains("\"status\":\"healthy\"");
    server.put("/v1/namespaces/docs", SCHEMA);
    String upserted =
        server.raw(
            "POST /v1/namespaces/docs/upsert HTTP/1.0\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + DOCUMENTS.length()
                + "\r\n\r\n"
                + DOCUMENTS);
    assertThat(upserted).startsWith("HTTP/1.1 200").endsWith("{\"upserted\":3}");
  }
}
