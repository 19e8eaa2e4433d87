package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of {@code docs/http.md}: every operator, with empty operands too, on documents with and
 * without the field. Each line holds for a field with and without an index, for rows in memory, in
 * a segment, and in a segment that is older than the field, as it is and turned round by {@code
 * not}.
 */
class FilterTableTest {
  private static final String DOCS = "/v1/namespaces/docs";

  /** The places of the four kinds of documents: what the id of a kind is, in memory and stored. */
  private static final int STORED = 10;

  private static final int LIVE = 20;

  /** A document of a segment that was stored before there were attributes. */
  private static final int OLD = 1;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    expect(server.put(DOCS, "{}"));
    expect(server.post(DOCS + "/upsert", "{\"documents\":[{\"id\":" + OLD + "}]}"));
    expect(server.post(DOCS + "/compact", ""));
    List<String> attributes = new ArrayList<>();
    for (String type : List.of("string", "array_string", "int")) {
      attributes.add("\"%s\":\"%s\"".formatted(type, type));
      attributes.add("\"%s_indexed\":{\"type\":\"%s\",\"indexed\":true}".formatted(type, type));
    }
    expect(
        server.send(
            "PATCH",
            DOCS + "/schema",
            java.net.http.HttpRequest.BodyPublishers.ofString(
                "{\"attributes\":{" + String.join(",", attributes) + "}}"),
            "Content-Type",
            "application/json"));
    upsert(STORED);
    server.engine.namespace("docs").flush();
    upsert(LIVE);
    assertThat(server.engine.namespace("docs").stats().segments()).isEqualTo(2);
    assertThat(server.engine.namespace("docs").stats().liveRows()).isEqualTo(4);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void expect(Answer answer) {
    assertThat(answer.status()).describedAs(answer.text()).isBetween(200, 201);
  }

  /** Four documents: without the fields, with empty values, and with two more. */
  private static void upsert(int base) {
    List<String> documents =
        List.of(
            "",
            fields("\"\"", "[]", "0"),
            fields("\"ab\"", "[\"ab\"]", "5"),
            fields("\"b\"", "[\"b\",\"\"]", "-5"));
    expect(
        server.post(
            DOCS + "/upsert",
            "{\"documents\":["
                + String.join(
                    ",",
                    IntStream.range(0, 4)
                        .mapToObj(i ->
                            "{\"id\":%d,\"attributes\":{%s}}"
                                .formatted(base + i + 1, documents.get(i)))
                        .toList())
                + "]}"));
  }

  private static String fields(String string, String array, String number) {
    return ("\"string\":%1$s,\"string_indexed\":%1$s,\"array_string\":%2$s,"
            + "\"array_string_indexed\":%2$s,\"int\":%3$s,\"int_indexed\":%3$s")
        .formatted(string, array, number);
  }

  private static List<Integer> matches(String filter) {
    Answer answer = server.post(DOCS + "/scan", "{\"filter\":" + filter + "}");
    expect(answer);
    List<Integer> ids = new ArrayList<>();
    for (JsonNode document : answer.json().get("documents")) {
      ids.add(document.get("id").asInt());
    }
    return ids;
  }

  /** The ids of kinds of documents; the document of the old segment is one without the field. */
  private static List<Integer> ids(List<Integer> kinds) {
    return Stream.of(
            kinds.contains(1) ? Stream.of(OLD) : Stream.<Integer>of(),
            kinds.stream().map(kind -> STORED + kind),
            kinds.stream().map(kind -> LIVE + kind))
        .flatMap(ids -> ids)
        .toList();
  }

  private static List<Integer> kinds(String digits) {
    return digits.equals("-")
        ? List.of()
        : digits.chars().map(Character::getNumericValue).boxed().toList();
  }

  private static void check(String filter, List<Integer> expected) {
    assertThat(matches(filter)).as(filter).isEqualTo(ids(expected));
    String not = "{\"type\":\"not\",\"conditions\":[" + filter + "]}";
    List<Integer> others =
        IntStream.rangeClosed(1, 4).boxed().filter(kind -> !expected.contains(kind)).toList();
    assertThat(matches(not)).as(not).isEqualTo(ids(others));
    String either = "{\"type\":\"or\",\"conditions\":[" + filter + "," + filter + "]}";
    assertThat(matches(either)).as(either).isEqualTo(ids(expected));
  }

  private static void check(String type, String op, String value, String expected) {
    for (String field : List.of(type, type + "_indexed")) {
      check(
          "{\"field\":\"%s\",\"op\":\"%s\"%s}"
              .formatted(field, op, value.isEmpty() ? "" : ",\"value\":" + value),
          kinds(expected));
    }
  }

  /** 1 lacks the field, 2 has "", 3 has "ab", 4 has "b". */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "eq \"\" 2",
        "eq \"ab\" 3",
        "eq \"x\" -",
        "ne \"\" 134",
        "ne \"ab\" 124",
        "ne \"x\" 1234",
        "gt \"\" 34",
        "gt \"ab\" 4",
        "gte \"\" 234",
        "gte \"ab\" 34",
        "lt \"\" -",
        "lt \"ab\" 2",
        "lte \"\" 2",
        "lte \"ab\" 23",
        "in [] -",
        "in [\"\"] 2",
        "in [\"ab\",\"b\"] 34",
        "not_in [] 1234",
        "not_in [\"\"] 134",
        "not_in [\"ab\",\"b\"] 12",
        "contains \"\" 234",
        "contains \"a\" 3",
        "contains \"b\" 34",
        "contains_any [] -",
        "contains_any [\"\"] 234",
        "contains_any [\"a\",\"x\"] 3",
        "contains_any [\"a\",\"\"] 234",
        "contains_all [] 234",
        "contains_all [\"\"] 234",
        "contains_all [\"a\",\"b\"] 3",
        "contains_all [\"b\",\"\"] 34",
        "prefix \"\" 234",
        "prefix \"a\" 3",
        "glob \"\" 2",
        "glob \"*\" 234",
        "glob \"?\" 4",
        "glob \"a*\" 3",
        "regex \"\" 234",
        "regex \"b\" 34",
        "regex \"^b\" 4",
        "exists `` 234",
        "exists true 234",
        "exists false 1"
      })
  void onAString(String op, String value, String expected) {
    check("string", op, value, expected);
  }

  /** 1 lacks the field, 2 has [], 3 has ["ab"], 4 has ["b", ""]. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "contains \"\" 4",
        "contains \"ab\" 3",
        "contains \"a\" -",
        "contains_any [] -",
        "contains_any [\"\"] 4",
        "contains_any [\"ab\",\"\"] 34",
        "contains_all [] 234",
        "contains_all [\"\"] 4",
        "contains_all [\"b\",\"\"] 4",
        "contains_all [\"ab\",\"b\"] -",
        "contains_all [\"ab\",\"ab\"] 3",
        "prefix \"\" 34",
        "prefix \"a\" 3",
        "glob \"\" 4",
        "glob \"*\" 34",
        "glob \"b\" 4",
        "regex \"\" 34",
        "regex \"b$\" 34",
        "regex \"^$\" 4",
        "exists `` 234",
        "exists true 234",
        "exists false 1"
      })
  void onAnArray(String op, String value, String expected) {
    check("array_string", op, value, expected);
  }

  /** 1 lacks the field, 2 has 0, 3 has 5, 4 has -5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "eq 0 2",
        "ne 0 134",
        "gt 0 3",
        "gte 0 23",
        "lt 0 4",
        "lte 0 24",
        "in [] -",
        "in [0,5] 23",
        "not_in [] 1234",
        "not_in [0,5] 14",
        "exists `` 234",
        "exists true 234",
        "exists false 1"
      })
  void onANumber(String op, String value, String expected) {
    check("int", op, value, expected);
  }

  @Test
  void groupsWithoutConditions() {
    check("{\"type\":\"and\",\"conditions\":[]}", List.of(1, 2, 3, 4));
    check("{\"type\":\"or\",\"conditions\":[]}", List.of());
  }

  @Test
  void onTheId() {
    List<Integer> everything = ids(List.of(1, 2, 3, 4));
    assertThat(matches("{\"field\":\"id\",\"op\":\"in\",\"value\":[]}")).isEmpty();
    assertThat(matches("{\"field\":\"id\",\"op\":\"not_in\",\"value\":[]}")).isEqualTo(everything);
    assertThat(matches("{\"field\":\"id\",\"op\":\"exists\"}")).isEqualTo(everything);
    assertThat(matches("{\"field\":\"id\",\"op\":\"exists\",\"value\":false}")).isEmpty();
    assertThat(matches("{\"field\":\"id\",\"op\":\"in\",\"value\":[1,12,24,99]}"))
        .containsExactly(1, 12, 24);
  }

  @Test
  void aDeleteByNoPartsLeavesTheDocumentsWithoutTheField() {
    String path = "/v1/namespaces/deletes";
    expect(server.put(path, "{\"attributes\":{\"s\":\"string\"}}"));
    expect(
        server.post(
            path + "/upsert",
            "{\"documents\":[{\"id\":1},{\"id\":2,\"attributes\":{\"s\":\"x\"}}]}"));
    Answer deleted =
        server.post(
            path + "/delete",
            "{\"filter\":{\"field\":\"s\",\"op\":\"contains_all\",\"value\":[]}}");
    assertThat(deleted.json().get("deleted").asInt()).isEqualTo(1);
    assertThat(server.get(path + "/documents/1").status()).isEqualTo(200);
  }

  @Test
  void groupsNestAsDeepAsIsSaidAndNoDeeper() {
    String leaf = "{\"field\":\"int\",\"op\":\"eq\",\"value\":0}";
    for (String type : List.of("and", "or", "not")) {
      String open = "{\"type\":\"" + type + "\",\"conditions\":[";
      assertThat(matches(open.repeat(64) + leaf + "]}".repeat(64))).isEqualTo(ids(List.of(2)));
      Answer deeper =
          server.post(
              DOCS + "/scan", "{\"filter\":" + open.repeat(65) + leaf + "]}".repeat(65) + "}");
      assertThat(deeper.status()).isEqualTo(400);
      assertThat(deeper.errorMessage()).contains("nested deeper than 64");
    }
  }
}
