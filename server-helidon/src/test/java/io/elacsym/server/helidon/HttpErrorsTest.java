package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.server.helidon.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every wrong request gets the right status, the one error form, and changes nothing. */
class HttpErrorsTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.put(
        "/v1/namespaces/docs",
        """
        {"vector_dim":3,"attributes":{
          "title":{"type":"string","full_text":true},"year":"int","tags":"array_string"}}
        """);
    server.put("/v1/namespaces/plain", "{\"attributes\":{\"n\":\"int\"}}");
    server.post(
        "/v1/namespaces/docs/upsert",
        "{\"documents\":[{\"id\":1,\"vector\":[1,0,0],\"attributes\":{\"year\":2000}}]}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void expect(Answer answer, int status, String code, String... parts) {
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.errorCode()).isEqualTo(code);
    for (String part : parts) {
      assertThat(answer.errorMessage()).contains(part);
    }
    assertThat(answer.json().size()).isEqualTo(1);
    assertThat(answer.text()).doesNotContain("\tat ").doesNotContainIgnoringCase("<html");
  }

  private static void badUpsert(String document, String... parts) {
    Answer answer =
        server.post(
            "/v1/namespaces/docs/upsert",
            "{\"documents\":[{\"id\":77,\"vector\":[1,1,1]}," + document + "]}");
    expect(answer, 400, "invalid_request", parts);
    // Nothing is half applied: the good document before the bad one is not there.
    assertThat(server.get("/v1/namespaces/docs/documents/77").status()).isEqualTo(404);
  }

  /** Values and names that only a schema can say are wrong. */
  @Test
  void whatIsWrongIsRepeatedInWholeCharactersAndNotTooLong() {
    String half = "\\ud83d".repeat(100_000);
    for (String attributes :
        new String[] {
          "{\"title\":\"" + half + "\"}", "{\"tags\":[\"" + half + "\"]}", "{\"\\ud83d\":1}"
        }) {
      expectPlain("{\"id\":1,\"attributes\":" + attributes + "}");
    }
    for (int length = 150; length < 260; length++) {
      String text = "a".repeat(length % 2) + "\ud83d\ude00".repeat(length);
      expectPlain("{\"id\":1,\"attributes\":{\"year\":\"" + text + "\"}}");
      expectPlain("{\"id\":1,\"attributes\":{\"" + text + "\":1}}");
    }
  }

  private static void expectPlain(String document) {
    Answer answer = server.post("/v1/namespaces/docs/upsert", "{\"documents\":[" + document + "]}");
    expect(answer, 400, "invalid_request");
    String message = answer.errorMessage();
    assertThat(message.codePointCount(0, message.length())).isLessThan(2_000);
    assertThat(new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .describedAs("whole characters")
        .isEqualTo(message);
    assertThat(message).doesNotContain("\ufffd");
  }

  private static void badQuery(String body, String... parts) {
    expect(server.post("/v1/namespaces/docs/query", body), 400, "invalid_request", parts);
  }

  @Test
  void wrongDimensionsAreNamed() {
    badUpsert("{\"id\":2,\"vector\":[1,2]}", "documents[1].vector has 2 components, expected 3");
    badUpsert("{\"id\":2,\"vector\":[1,2,3,4]}", "documents[1].vector has 4 components");
    badUpsert("{\"id\":2,\"vector\":[]}", "documents[1].vector has 0 components");
    badUpsert("{\"id\":2,\"vector\":\"AACAPw==\"}", "documents[1].vector has 1 components");
    badQuery("{\"vector\":[1,2]}", "vector has 2 components, expected 3");
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    badUpsert("{\"id\":2,\"vector\":[1,NaN,3]}", "documents[1].vector[1] is NaN");
    badUpsert("{\"id\":2,\"vector\":[1,2,-Infinity]}", "documents[1].vector[2] is -Infinity");
    badUpsert("{\"id\":2,\"vector\":[1e39,2,3]}", "documents[1].vector[0] is 1e39");
    badUpsert("{\"id\":2,\"vector\":[null,2,3]}", "documents[1].vector[0] is null");
    badUpsert("{\"id\":2,\"vector\":[\"1\",2,3]}", "documents[1].vector[0] is \"1\"");
    badUpsert("{\"id\":2,\"vector\":[[1],2,3]}", "documents[1].vector[0] is an array");
    // NaN as base64
    badUpsert("{\"id\":2,\"vector\":\"AADAfwAAAAAAAAAA\"}", "documents[1].vector[0] is NaN");
    badQuery("{\"vector\":[NaN,0,0]}", "vector[0] is NaN");
  }

  @Test
  void wrongAttributesAreNamed() {
    badUpsert(
        "{\"id\":2,\"attributes\":{\"yaer\":1}}",
        "documents[1].attributes",
        "'yaer'",
        "did you mean 'year'?");
    badUpsert(
        "{\"id\":2,\"attributes\":{\"year\":\"x\"}}",
        "documents[1].attributes.year is \"x\", expected int");
    badUpsert("{\"id\":2,\"attributes\":{\"year\":1.5}}", "documents[1].attributes.year is 1.5");
    badUpsert(
        "{\"id\":2,\"attributes\":{\"year\":9223372036854775808}}",
        "documents[1].attributes.year is 9223372036854775808");
    badUpsert("{\"id\":2,\"attributes\":{\"title\":7}}", "documents[1].attributes.title is 7");
    badUpsert("{\"id\":2,\"attributes\":{\"tags\":\"a\"}}", "expected an array of string");
    badUpsert("{\"id\":2,\"attributes\":{\"tags\":[\"a\",1]}}", "attributes.tags[1] is 1");
    badUpsert("{\"id\":2,\"attributes\":[]}", "documents[1].attributes is an array");
  }

  @Test
  void wrongDocumentsAreNamed() {
    badUpsert("{\"vector\":[1,2,3]}", "documents[1].id is missing");
    badUpsert("{\"id\":-1,\"vector\":[1,2,3]}", "documents[1].id is -1");
    badUpsert("{\"id\":1.0,\"vector\":[1,2,3]}", "documents[1].id is 1.0");
    badUpsert("{\"id\":18446744073709551616}", "documents[1].id is 18446744073709551616");
    badUpsert("{\"id\":\"\",\"vector\":[1,2,3]}", "documents[1].id");
    badUpsert("{\"id\":\"" + "x".repeat(65) + "\"}", "65 bytes");
    badUpsert("{\"id\":2,\"vectr\":[1,2,3]}", "'vectr'", "did you mean 'vector'?");
    badUpsert("{\"id\":2,\"vectors\":[1,2,3]}", "documents[1].vectors is an array");
    badUpsert("7", "documents[1] is 7");
    badUpsert("{\"id\":2,\"id\":3}", "Duplicate field 'id'");
    expect(
        server.post("/v1/namespaces/docs/upsert", "{\"docs\":[]}"),
        400,
        "invalid_request",
        "unknown key 'docs'");
    expect(
        server.post("/v1/namespaces/docs/upsert", "{}"),
        400,
        "invalid_request",
        "documents is missing");
    expect(
        server.post("/v1/namespaces/plain/upsert", "{\"documents\":[{\"id\":1,\"vector\":[1]}]}"),
        400,
        "invalid_request",
        "the namespace has no vectors");
  }

  @Test
  void idsOfTwoKindsInOneNamespaceAreRefused() {
    badUpsert("{\"id\":\"two\",\"vector\":[1,2,3]}");
  }

  @Test
  void aZeroVectorUnderCosineIsRefused() {
    badUpsert("{\"id\":2,\"vector\":[0,0,0]}");
  }

  @Test
  void wrongQueriesAreNamed() {
    badQuery("{}", "none of vector, full_text, clauses, order, filter, aggregates");
    badQuery("{\"vector\":[1,0,0],\"top_k\":1001}", "top_k is 1001", "from 1 to 1000");
    badQuery("{\"vector\":[1,0,0],\"top_k\":0}", "top_k is 0");
    badQuery("{\"vector\":[1,0,0],\"top_k\":2.5}", "top_k is 2.5");
    badQuery("{\"vector\":[1,0,0],\"topk\":5}", "unknown key 'topk'", "did you mean 'top_k'?");
    badQuery("{\"vector\":[1,0,0],\"include_attributes\":[\"nope\"]}", "'nope'");
    badQuery("{\"vector\":[1,0,0],\"include_vector\":1}", "include_vector is 1");
    badQuery("{\"vector\":[1,0,0],\"consistency\":\"weak\"}", "consistency is \"weak\"");
    badQuery("{\"vector\":[1,0,0],\"recall_target\":1.5}", "recall_target is 1.5");
    badQuery("{\"vector\":[1,0,0],\"fusion\":{\"k\":60}}", "fusion");
    badQuery("{\"filter\":{\"field\":\"year\",\"op\":\"exists\"},\"effort\":3}", "effort");
    badQuery("{\"full_text\":{\"field\":\"year\",\"query\":\"x\"}}", "full_text.field is \"year\"");
    badQuery("{\"full_text\":{\"field\":\"titel\",\"query\":\"x\"}}", "did you mean 'title'?");
    badQuery("{\"full_text\":{\"field\":\"title\"}}", "full_text.query is missing");
    badQuery("{\"full_text\":{\"query\":\"x\"}}", "exactly one of field and fields");
    badQuery("[]", "the request is an array");
  }

  @Test
  void wrongFiltersAreNamed() {
    badQuery(
        "{\"filter\":{\"field\":\"year\",\"op\":\"like\",\"value\":1}}",
        "filter.op is \"like\"",
        "eq, ne, gt");
    badQuery(
        "{\"filter\":{\"field\":\"nope\",\"op\":\"eq\",\"value\":1}}", "filter.field", "'nope'");
    badQuery(
        "{\"filter\":{\"field\":\"year\",\"op\":\"eq\",\"value\":\"x\"}}",
        "filter.value is \"x\", expected int");
    badQuery("{\"filter\":{\"field\":\"year\",\"op\":\"eq\"}}", "filter.value is missing");
    badQuery(
        "{\"filter\":{\"field\":\"tags\",\"op\":\"eq\",\"value\":\"a\"}}",
        "'tags' (array_string)",
        "use contains");
    badQuery(
        "{\"filter\":{\"type\":\"and\",\"conditions\":[{\"field\":\"year\",\"op\":\"in\",\"value\":3}]}}",
        "filter.conditions[0].value is 3");
    badQuery("{\"filter\":{\"type\":\"xor\",\"conditions\":[]}}", "filter.type is \"xor\"", "'or'");
    badQuery("{\"filter\":{\"type\":\"nott\",\"conditions\":[]}}", "did you mean 'not'?");
    badQuery(
        "{\"filter\":{\"type\":\"or\",\"conditions\":[{\"field\":\"year\",\"op\":\"gtee\",\"value\":3}]}}",
        "filter.conditions[0].op is \"gtee\"",
        "did you mean 'gte'?");
    badQuery(
        "{\"filter\":{\"field\":\"yaer\",\"op\":\"gte\",\"value\":3}}",
        "filter.field: the schema has no attribute 'yaer'; did you mean 'year'?");
    badQuery("{\"filter\":{\"field\":\"_id\",\"op\":\"gte\",\"value\":3}}", "did you mean 'id'?");
    badQuery(
        "{\"filter\":{\"field\":\"year\",\"op\":\"gte\",\"vaule\":3}}",
        "unknown key 'vaule' in filter; did you mean 'value'?");
    badQuery(
        "{\"vector\":[1,0,0],\"consistency\":\"srong\"}",
        "consistency is \"srong\"",
        "did you mean 'strong'?");
    badQuery("{\"filter\":{\"type\":\"not\",\"conditions\":[]}}", "expected 1 for not");
    badQuery("{\"filter\":{\"type\":\"and\"}}", "filter.conditions is missing");
    badQuery("{\"filter\":7}", "filter is 7, expected an object");
    expect(
        server.post("/v1/namespaces/docs/delete", "{\"filter\":{\"field\":\"nope\"}}"),
        400,
        "invalid_request",
        "filter.op is missing");
    expect(
        server.post("/v1/namespaces/docs/delete", "{}"),
        400,
        "invalid_request",
        "exactly one of ids and filter");
  }

  @Test
  void deepNestingIsRefusedWithoutHarm() {
    String leaf = "{\"field\":\"year\",\"op\":\"eq\",\"value\":1}";
    String filter = leaf;
    for (int i = 0; i < 70; i++) {
      filter = "{\"type\":\"not\",\"conditions\":[" + filter + "]}";
    }
    badQuery("{\"filter\":" + filter + "}", "nested deeper than 64");
    badQuery("[".repeat(100_000), "");
    badQuery("{\"filter\":" + "{\"type\":".repeat(50_000), "nested deeper");
    badUpsert("{\"id\":2,\"attributes\":{\"tags\":" + "[".repeat(1_000) + "}}", "");
    String wide = "{\"type\":\"or\",\"conditions\":[" + (leaf + ",").repeat(5_000) + leaf + "]}";
    badQuery("{\"filter\":" + wide + "}", "more than 4096 conditions");
  }

  @Test
  void malformedJsonIsLocated() {
    badQuery("{\n  \"vector\": [1,0,0],\n  oops}", "malformed JSON at line 3, column 3");
    badQuery("{\"vector\":[1,0,0]", "the text ends too early");
    badQuery("{\"vector\":[1,0,0]} trailing", "line 1, column");
    badQuery("{\"vector\":[1,0,0]} {}", "malformed JSON at line 1, column 20");
    badQuery("", "no body");
    badQuery("   ", "no body");
    badQuery("{\"vector\":[1,0,01]}", "malformed JSON");
    expect(
        server.send(
            "POST",
            "/v1/namespaces/docs/query",
            BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}),
            "Content-Type",
            "application/json"),
        400,
        "invalid_request",
        "malformed JSON");
    expect(server.put("/v1/namespaces/new", ""), 400, "invalid_request", "no body");
    expect(server.post("/v1/namespaces/docs/upsert", ""), 400, "invalid_request", "no body");
  }

  @Test
  void wrongSchemasAreNamed() {
    badSchema("{\"vector_dim\":0}", "vector_dim is 0");
    badSchema("{\"vector_dim\":\"3\"}", "vector_dim is \"3\"");
    badSchema("{\"schema\":{\"vector_dim\":70000}}", "schema.vector_dim is 70000");
    badSchema("{\"vector_dim\":3,\"vector_metric\":\"manhattan\"}", "cosine, l2, dot");
    badSchema("{\"vector_dim\":3,\"vector_metric\":\"cosin\"}", "did you mean 'cosine'?");
    badSchema("{\"attributes\":{\"a\":\"integer\"}}", "attributes.a is", "did you mean 'int'?");
    badSchema(
        "{\"attributes\":{\"a\":{\"type\":\"Sting\"}}}",
        "attributes.a.type is \"Sting\"",
        "did you mean 'string'?");
    badSchema("{\"attributes\":{\"a\":{\"tipe\":\"int\"}}}", "did you mean 'type'?");
    badSchema(
        "{\"attributes\":{\"a\":{\"type\":\"string\",\"full_text\":{\"language\":\"englisch\"}}}}",
        "did you mean 'english'?");
    badSchema(
        "{\"attributes\":{\"a\":{\"type\":\"string\",\"full_text\":{\"tokenizer\":\"words\"}}}}",
        "did you mean 'word'?");
    badSchema("{\"vector_metric\":\"l2\"}", "without vector_dim");
    badSchema("{\"vectordim\":3}", "did you mean 'vector_dim'?");
    badSchema("{\"attributes\":{\"a\":\"text\"}}", "attributes.a is \"text\"", "array_string");
    badSchema("{\"attributes\":{\"a\":{}}}", "attributes.a.type is missing");
    badSchema("{\"attributes\":{\"a\":{\"type\":\"int\",\"full_text\":true}}}", "full_text");
    badSchema("{\"attributes\":{\"id\":\"int\"}}", "'id'");
    badSchema(
        "{\"attributes\":{\"a\":{\"type\":\"string\",\"full_text\":{\"language\":\"klingon\"}}}}",
        "attributes.a.full_text.language is \"klingon\"",
        "english");
    badSchema(
        "{\"attributes\":{\"a\":{\"type\":\"string\",\"full_text\":{\"b\":2}}}}",
        "attributes.a.full_text.b is 2");
    badSchema("{\"attributes\":[]}", "attributes is an array");
  }

  private static void badSchema(String body, String... parts) {
    expect(server.put("/v1/namespaces/bad", body), 400, "invalid_request", parts);
    assertThat(server.get("/v1/namespaces/bad").status()).isEqualTo(404);
  }

  @Test
  void wrongNamespaceNamesAreRefused() {
    expect(server.put("/v1/namespaces/a%20b", "{}"), 400, "invalid_request");
    expect(server.put("/v1/namespaces/" + "x".repeat(129), "{}"), 400, "invalid_request");
    expect(server.put("/v1/namespaces/%2e%2e%2fx", "{}"), 400, "invalid_request");
  }

  @Test
  void changingAnAttributeIsAConflict() {
    expect(
        server.send(
            "PATCH",
            "/v1/namespaces/docs/schema",
            BodyPublishers.ofString("{\"attributes\":{\"year\":\"string\"}}"),
            "Content-Type",
            "application/json"),
        409,
        "conflict",
        "year");
    expect(
        server.send(
            "PATCH",
            "/v1/namespaces/docs/schema",
            BodyPublishers.ofString("{\"vector_dim\":5}"),
            "Content-Type",
            "application/json"),
        400,
        "invalid_request",
        "unknown key 'vector_dim'");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    expect(server.get("/v1/namespaces/nope"), 404, "not_found", "nope");
    expect(server.post("/v1/namespaces/nope/query", "{\"vector\":[1]}"), 404, "not_found", "nope");
    expect(server.post("/v1/namespaces/nope/query", "{}"), 400, "invalid_request", "none of");
    expect(server.post("/v1/namespaces/nope/upsert", "{}"), 404, "not_found", "nope");
    expect(server.send("DELETE", "/v1/namespaces/nope", BodyPublishers.noBody()), 404, "not_found");
    expect(server.get("/v1/namespaces/docs/documents/123456"), 404, "not_found", "123456");
    expect(server.get("/"), 404, "not_found");
    expect(server.get("/v2/namespaces"), 404, "not_found", "/v2/namespaces");
    expect(server.get("/v1/namespaces/docs/documents/"), 404, "not_found");
    expect(server.get("/v1/namespaces/"), 404, "not_found");
    expect(server.get("/health/"), 404, "not_found");
  }

  @Test
  void wrongMethodsNameTheRightOnes() {
    Answer query = server.get("/v1/namespaces/docs/query");
    expect(query, 405, "method_not_allowed", "GET", "POST");
    assertThat(query.response().headers().firstValue("Allow")).contains("POST");
    Answer namespace = server.post("/v1/namespaces/docs", "{}");
    expect(namespace, 405, "method_not_allowed");
    assertThat(namespace.response().headers().firstValue("Allow"))
        .contains("DELETE, GET, HEAD, PUT");
    expect(server.send("DELETE", "/health", BodyPublishers.noBody()), 405, "method_not_allowed");
    expect(
        server.send("BREW", "/v1/namespaces", BodyPublishers.noBody()), 405, "method_not_allowed");
  }

  @Test
  void otherContentTypesAreRefused() {
    for (String type :
        new String[] {
          "text/plain",
          "application/x-www-form-urlencoded",
          "application/jsonl",
          "application/json; charset=iso-8859-1",
          "application/json; charset=\"",
          "application/json; charset=\"utf-16\"",
          "application/json; charset=utf-8; charset=utf-16",
          "application/json charset=utf-8",
          "\"application/json\"",
          "application",
          ";",
          "nonsense"
        }) {
      expect(
          server.send(
              "POST",
              "/v1/namespaces/docs/query",
              BodyPublishers.ofString("{\"vector\":[1,0,0]}"),
              "Content-Type",
              type),
          415,
          "unsupported_media_type",
          "application/json");
    }
    expect(
        server.send(
            "POST", "/v1/namespaces/docs/query", BodyPublishers.ofString("{\"vector\":[1,0,0]}")),
        415,
        "unsupported_media_type",
        "Content-Type is missing",
        "application/json");
  }

  @Test
  void jsonIsToldByItsNameInAnyCaseAndItsOnlyCharset() {
    for (String type :
        new String[] {
          "application/json",
          "Application/JSON",
          "application/json ;charset=utf-8",
          "application/json;charset=UTF-8",
          "application/json; Charset=\"utf-8\"",
          "application/json; profile=x; charset=utf-8;",
          "application/json; odd=\""
        }) {
      Answer answer =
          server.send(
              "POST",
              "/v1/namespaces/docs/query",
              BodyPublishers.ofString("{\"vector\":[1,0,0]}"),
              "Content-Type",
              type);
      assertThat(answer.status()).describedAs(type).isEqualTo(200);
    }
  }

  @Test
  void wrongQueryParametersAreNamed() {
    expect(server.get("/v1/namespaces?limit=0"), 400, "invalid_request", "limit is '0'");
    expect(server.get("/v1/namespaces?limit=x"), 400, "invalid_request", "limit is 'x'");
    expect(server.get("/v1/namespaces?prefx=a"), 400, "invalid_request", "'prefx'");
  }

  @Test
  void whatIsNoHttpGetsTheSameErrorForm() {
    String post =
        "POST /v1/namespaces/docs/query HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    List<String> requests =
        List.of(
            "GET /health HTTP/1.1\r\n\r\n",
            "nonsense\r\n\r\n",
            post + "Content-Length: -5\r\n\r\n",
            post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            post + "Content-Encoding: gzip\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    for (String request : requests) {
      String answer = server.raw(request);
      assertThat(answer).describedAs(request).startsWith("HTTP/1.1 4");
      assertThat(answer).contains("{\"error\":{\"code\":\"invalid_request\"");
    }
    assertThat(server.get("/health").status()).isEqualTo(200);
  }

  @Test
  void onlyTheDigitsOfJsonAreANumberInAPath() {
    assertThat(server.get("/v1/namespaces/docs/documents/1").status()).isEqualTo(200);
    for (String id : new String[] {"01", "%2B1", "%D9%A1", "1.0", "0x1", "%EF%BC%91"}) {
      expect(server.get("/v1/namespaces/docs/documents/" + id), 404, "not_found", "no document");
    }
  }

  @Test
  void maintenanceHasNothingToBeTold() {
    for (String call : List.of("compact", "warm")) {
      String path = "/v1/namespaces/docs/" + call;
      for (String wrong : List.of("{\"deep\":true}", "[]", "nonsense", "{}{}")) {
        assertThat(server.post(path, wrong).status()).describedAs(call + wrong).isEqualTo(400);
      }
      assertThat(server.post(path, "{}").status()).isEqualTo(200);
      assertThat(server.post(path, "").status()).isEqualTo(200);
    }
  }
}
