package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.server.helidon.TestServer.Answer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The limits that {@code docs/http.md} states, with the formats and indexes of the distribution:
 * what is just allowed is stored, merged, branched and found again, one more is refused.
 */
class DocumentedLimitsTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ObjectNode object() {
    return TestServer.JSON.createObjectNode();
  }

  private Answer create(ObjectNode schema) {
    return server.put("/v1/namespaces/docs", schema.toString());
  }

  private Answer upsert(Object id, ObjectNode document) {
    ObjectNode body = object();
    ArrayNode documents = body.putArray("documents");
    document.set("id", TestServer.JSON.valueToTree(id));
    documents.add(document);
    return server.post("/v1/namespaces/docs/upsert", body.toString());
  }

  private static void ok(Answer answer) {
    assertThat(answer.status()).describedAs(start(answer)).isBetween(200, 201);
  }

  private static String start(Answer answer) {
    return answer.text().substring(0, Math.min(500, answer.text().length()));
  }

  private static void refused(Answer answer, int status, String message) {
    assertThat(answer.status()).describedAs(start(answer)).isEqualTo(status);
    assertThat(answer.errorMessage()).contains(message).hasSizeLessThan(4_000);
  }

  private int hits(String namespace, ObjectNode query) {
    Answer answer = server.post("/v1/namespaces/" + namespace + "/query", query.toString());
    ok(answer);
    return answer.json().get("results").size();
  }

  /** Two segments, merged, and a branch of them. */
  private void store(ObjectNode one, ObjectNode two) {
    Engine engine = server.engine;
    ok(upsert(1, one));
    engine.namespace("docs").flush();
    ok(upsert(2, two));
    ok(server.post("/v1/namespaces/docs/branch", "{\"name\":\"branch\"}"));
    ok(server.post("/v1/namespaces/docs/compact", ""));
    assertThat(engine.namespace("docs").stats().segments()).isEqualTo(1);
    assertThat(engine.branch("docs", "second", Optional.empty()).stats().documents()).isEqualTo(2);
    assertThat(engine.verify("docs", bytes -> {}).findings()).isEmpty();
    assertThat(engine.verify("branch", bytes -> {}).findings()).isEmpty();
  }

  private static ObjectNode attributes(String name, Object value) {
    ObjectNode document = object();
    document.putObject("attributes").set(name, TestServer.JSON.valueToTree(value));
    return document;
  }

  private static ObjectNode text(String name, String query) {
    ObjectNode request = object();
    request.putObject("full_text").put("field", name).put("query", query);
    return request;
  }

  private static ObjectNode equal(String name, String value) {
    ObjectNode request = object();
    request.putObject("filter").put("field", name).put("op", "eq").put("value", value);
    return request;
  }

  static Stream<String> longestNames() {
    return Stream.of(
        "a".repeat(128),
        "\u0416".repeat(64),
        "\u6f22".repeat(42) + "ab",
        "\ud83d\ude00".repeat(32));
  }

  @ParameterizedTest
  @MethodSource("longestNames")
  void theLongestNameOfAnAttribute(String name) {
    ObjectNode schema = object();
    schema
        .putObject("attributes")
        .putObject(name)
        .put("type", "string")
        .put("indexed", true)
        .put("full_text", true);
    ok(create(schema));
    store(attributes(name, "first words"), attributes(name, "second words"));
    for (String namespace : new String[] {"docs", "branch", "second"}) {
      assertThat(hits(namespace, text(name, "words"))).isEqualTo(2);
      assertThat(hits(namespace, equal(name, "first words"))).isEqualTo(1);
    }
    ObjectNode longer = object();
    longer.putObject("attributes").put(name + "x", "string");
    refused(
        server.put("/v1/namespaces/other", longer.toString()), 400, "129 bytes, expected 1 to 128");
  }

  @Test
  void theLongestString() {
    ObjectNode schema = object();
    schema
        .putObject("attributes")
        .putObject("text")
        .put("type", "string")
        .put("indexed", true)
        .put("full_text", true);
    ok(create(schema));
    String longest = "\u00fcber".repeat((8 << 20) / 5) + "xyz";
    store(attributes("text", longest), attributes("text", "short words"));
    assertThat(hits("docs", equal("text", longest))).isEqualTo(1);
    assertThat(hits("branch", text("text", "words"))).isEqualTo(1);
    refused(upsert(3, attributes("text", longest + "x")), 413, "expected at most 8388608");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cosine", "l2", "dot"})
  void theLongestVector(String metric) {
    ok(create(object().put("vector_dim", Schema.MAX_DIMENSION).put("vector_metric", metric)));
    store(vector(Schema.MAX_DIMENSION, 1), vector(Schema.MAX_DIMENSION, -1));
    ObjectNode query = vector(Schema.MAX_DIMENSION, 1);
    assertThat(hits("docs", query)).isEqualTo(2);
    assertThat(hits("branch", query)).isEqualTo(2);
    refused(
        server.put("/v1/namespaces/other", "{\"vector_dim\":65537}"),
        400,
        "65537, expected a whole number from 1 to 65536");
  }

  private static ObjectNode vector(int dimension, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(dimension * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < dimension; i++) {
      bytes.putFloat(i % 7 == 0 ? 1 : value);
    }
    return object().put("vector", Base64.getEncoder().encodeToString(bytes.array()));
  }

  @Test
  void theLongestId() {
    ok(create(object()));
    String longest = "\ud83d\ude00".repeat(16);
    ok(upsert(longest, object()));
    server.engine.namespace("docs").flush();
    ok(upsert("A".repeat(64), object()));
    ok(server.post("/v1/namespaces/docs/compact", ""));
    assertThat(server.post("/v1/namespaces/docs/scan", "").json().get("documents")).hasSize(2);
    refused(upsert(longest + "x", object()), 400, "64");
    refused(upsert("", object()), 400, "64");
  }

  @Test
  void theLongestNameOfANamespace() {
    String longest = "n".repeat(128);
    ok(server.put("/v1/namespaces/" + longest, "{}"));
    ok(server.post("/v1/namespaces/" + longest + "/upsert", "{\"documents\":[{\"id\":1}]}"));
    ok(server.post("/v1/namespaces/" + longest + "/compact", ""));
    String branch = "b".repeat(128);
    ok(server.post("/v1/namespaces/" + longest + "/branch", "{\"name\":\"" + branch + "\"}"));
    assertThat(server.get("/v1/namespaces/" + branch + "/documents/1").status()).isEqualTo(200);
    refused(server.put("/v1/namespaces/" + longest + "n", "{}"), 400, "1 to 128");
    refused(
        server.post("/v1/namespaces/" + longest + "/branch", "{\"name\":\"" + branch + "b\"}"),
        400,
        "1 to 128");
  }

  @Test
  void theGreatestAndSmallestVectors() {
    ok(create(object().put("vector_dim", 2).put("vector_metric", "dot")));
    ok(upsert(1, numbers(9e18, 0)));
    refused(upsert(2, numbers(1e19, 0)), 400, "expected at most 9e18");
    for (ObjectNode query : new ObjectNode[] {numbers(9e18, 0), numbers(-9e18, 0)}) {
      Answer answer = server.post("/v1/namespaces/docs/query", query.toString());
      assertThat(answer.json().at("/results/0/score").isNumber()).isTrue();
    }
    ok(server.put("/v1/namespaces/unit", "{\"vector_dim\":2,\"vector_metric\":\"cosine\"}"));
    String path = "/v1/namespaces/unit/upsert";
    ok(server.post(path, "{\"documents\":[{\"id\":1,\"vector\":[1.1e-15,0]}]}"));
    refused(
        server.post(path, "{\"documents\":[{\"id\":2,\"vector\":[1e-16,0]}]}"),
        400,
        "expected at least 1e-15");
  }

  private static ObjectNode numbers(double x, double y) {
    ObjectNode document = object();
    document.putArray("vector").add(x).add(y);
    return document;
  }

  /** The bound follows the heap, and there are as many documents as a small one allows. */
  @Test
  void theMostDocumentsOfADeleteByFilter() {
    long most = Math.clamp(Runtime.getRuntime().maxMemory() / 8, 32L << 20, 512L << 20) / 200;
    assumeTrue(most < 200_000, "the tests run with a small heap");
    ok(create(object()));
    Namespace namespace = server.engine.namespace("docs");
    for (long from = 0; from <= most; from += 50_000) {
      namespace.write(
          new WriteRequest(
              LongStream.rangeClosed(from, Math.min(most, from + 49_999))
                  .<WriteOp>mapToObj(
                      id -> new WriteOp.Upsert(new Document(DocId.of(id), Map.of(), Map.of())))
                  .toList()));
      namespace.flush();
    }
    String delete = "{\"filter\":{\"field\":\"id\",\"op\":\"gte\",\"value\":%d}}";
    refused(
        server.post("/v1/namespaces/docs/delete", delete.formatted(0)),
        413,
        "the filter matches more than " + most + " documents");
    Answer deleted = server.post("/v1/namespaces/docs/delete", delete.formatted(1));
    ok(deleted);
    assertThat(deleted.json().get("deleted").asLong()).isEqualTo(most);
  }
}
