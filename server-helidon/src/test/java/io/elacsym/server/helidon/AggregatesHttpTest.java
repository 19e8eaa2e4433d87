package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders, aggregates, facets, groups and few results of a value, as {@code docs/http.md} says. */
class AggregatesHttpTest {
  private static final String NS = "/v1/namespaces/books";
  private static final Path DOCS = Path.of("..", "docs", "http.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\n(.*?)```");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    ok(
        server.put(
            NS,
            """
            {"vector_dim":2,"vector_metric":"l2","attributes":{
              "title":{"type":"string","full_text":true},
              "author":{"type":"string","indexed":true},
              "year":"int","price":"float","serial":"uint","sold":"bool","key":"uuid",
              "added":{"type":"datetime","indexed":true},
              "tags":{"type":"array_string","indexed":true},
              "sizes":"array_int"}}
            """));
    upsert(
        """
        {"id":1,"vector":[0,0],"attributes":{"title":"sea otters","author":"Ada","year":2001,"price":7.5,
          "tags":["sea","kelp"],"added":"2026-03-15T12:00:00Z","serial":18446744073709551615,"sold":true}},
        {"id":2,"vector":[0,1],"attributes":{"title":"the sea","author":"Ada","year":2010,"price":15,
          "tags":["sea"],"added":"2026-03-31T22:30:00Z","serial":18446744073709551615}}
        """);
    server.engine.namespace("books").flush();
    upsert(
        """
        {"id":3,"vector":[0,2],"attributes":{"title":"kelp","author":"Bob","year":2021,"price":30,
          "tags":["kelp","sea","sea","reef"],"added":"2026-04-10T00:00:00Z"}},
        {"id":5,"vector":[9,9],"attributes":{"title":"old sea","author":"Ada","year":1999,"price":1,
          "tags":["old"],"added":"2025-01-01T00:00:00Z","sizes":[1,2,2]}}
        """);
    server.engine.namespace("books").flush();
    upsert("{\"id\":4,\"vector\":[0,3],\"attributes\":{\"year\":2005,\"tags\":[]}}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void upsert(String documents) {
    ok(server.post(NS + "/upsert", "{\"documents\":[" + documents + "]}"));
  }

  private static JsonNode ok(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
    return answer.json();
  }

  private static JsonNode query(String body) {
    return ok(server.post(NS + "/query", body));
  }

  private static List<Integer> ids(String body) {
    return ids(query(body));
  }

  private static List<Integer> ids(JsonNode answer) {
    return answer.get("results").findValuesAsText("id").stream().map(Integer::valueOf).toList();
  }

  /** The examples of a section of the documentation. */
  private static List<String> examples(String section) throws IOException {
    String docs = Files.readString(DOCS);
    String from = docs.substring(docs.indexOf("\n### " + section + "\n") + 1);
    Matcher example = EXAMPLE.matcher(from.substring(0, from.indexOf("\n### ")));
    List<String> examples = new ArrayList<>();
    while (example.find()) {
      examples.add(example.group(1));
    }
    assertThat(examples).as(section).isNotEmpty();
    return examples;
  }

  @Test
  void theExamplesOfTheDocumentationHaveTheseAnswers() throws IOException {
    assertThat(ids(examples("Order by attributes").getFirst())).containsExactly(3, 2, 4, 1);
    assertThat(ids(examples("Few results with the same value").getFirst()))
        .containsExactly(2, 1, 3, 4);
    List<String> together = examples("Aggregates, facets and groups");
    ObjectNode answer = (ObjectNode) query(together.getFirst());
    ObjectNode documented = (ObjectNode) TestServer.JSON.readTree(together.get(1));
    answer.remove("took_ms");
    documented.remove("took_ms");
    assertThat(answer).isEqualTo(documented);
  }

  @Test
  void anOrderPutsMissingValuesFirstOrLastInEitherDirection() {
    String order = "{\"order\":[{\"field\":\"price\",\"desc\":%s,\"missing\":\"%s\"}]}";
    assertThat(ids(order.formatted(false, "last"))).containsExactly(5, 1, 2, 3, 4);
    assertThat(ids(order.formatted(false, "first"))).containsExactly(4, 5, 1, 2, 3);
    assertThat(ids(order.formatted(true, "last"))).containsExactly(3, 2, 1, 5, 4);
    assertThat(ids(order.formatted(true, "first"))).containsExactly(4, 3, 2, 1, 5);
    assertThat(ids("{\"order\":[{\"field\":\"author\"},{\"field\":\"id\",\"desc\":true}]}"))
        .containsExactly(5, 2, 1, 3, 4);
    assertThat(ids("{\"order\":[{\"field\":\"serial\",\"desc\":true},{\"field\":\"sold\"}]}"))
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void anOrderIsReadPageByPageWhileOthersWrite() {
    String order =
        """
        {"order":[{"field":"author","missing":"first"},{"field":"added","desc":true},{"field":"price"}],
         "filter":{"field":"id","op":"lte","value":%s},"top_k":2,"include_attributes":false,
         "cursor":"%s"}
        """;
    JsonNode first = query(order.formatted(5, ""));
    assertThat(ids(first)).containsExactly(4, 2);
    assertThat(first.at("/results/0/score").asDouble()).isEqualTo(1);
    String next = first.get("next").asText();
    upsert("{\"id\":100,\"attributes\":{\"author\":\"Ada\"}}");
    ok(server.post(NS + "/delete", "{\"ids\":[100]}"));
    JsonNode second = query(order.formatted(5, next));
    assertThat(ids(second)).containsExactly(1, 5);
    JsonNode third = query(order.formatted(5, second.get("next").asText()));
    assertThat(ids(third)).containsExactly(3);
    assertThat(third.get("next").isNull()).isTrue();
    refused(order.formatted(4, next), "cursor is", "of an answer to this very query");
  }

  @Test
  void fewResultsHaveTheSameValueInEveryRanking() {
    String distinct = "\"distinct\":{\"field\":\"author\"},\"top_k\":3}";
    assertThat(ids("{\"vector\":[0,0]," + distinct)).containsExactly(1, 3, 4);
    assertThat(ids("{\"order\":[{\"field\":\"year\",\"desc\":true}]," + distinct))
        .containsExactly(3, 2, 4);
    assertThat(ids("{\"filter\":{\"type\":\"and\",\"conditions\":[]}," + distinct))
        .containsExactly(1, 3, 4);
    assertThat(
            ids("{\"full_text\":{\"field\":\"title\",\"query\":\"sea kelp otters\"}," + distinct))
        .hasSize(2)
        .contains(3);
    assertThat(
            ids(
                "{\"vector\":[0,0],\"full_text\":{\"field\":\"title\",\"query\":\"kelp\"},"
                    + distinct))
        .containsExactlyInAnyOrder(1, 3, 4);
    assertThat(
            ids("{\"vector\":[0,0],\"distinct\":{\"fields\":[\"author\",\"sold\"],\"limit\":1}}"))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void aTextRestrictsWhatIsComputedAndAVectorDoesNot() {
    String count = "\"top_k\":0,\"aggregates\":{\"n\":{\"count\":true}}}";
    assertThat(query("{" + count).at("/aggregates/n").asInt()).isEqualTo(5);
    assertThat(
            query("{\"full_text\":{\"field\":\"title\",\"query\":\"sea\"}," + count)
                .at("/aggregates/n")
                .asInt())
        .isEqualTo(3);
    assertThat(query("{\"vector\":[0,0]," + count).at("/aggregates/n").asInt()).isEqualTo(5);
    assertThat(
            query(
                    "{\"vector\":[0,0],\"full_text\":{\"field\":\"title\",\"query\":\"sea\"},"
                        + count)
                .at("/aggregates/n")
                .asInt())
        .isEqualTo(5);
    JsonNode many =
        query(
            "{\"queries\":[{"
                + count
                + ",{\"filter\":{\"field\":\"id\",\"op\":\"eq\",\"value\":1},"
                + count
                + "]}");
    assertThat(many.at("/answers/0/aggregates/n").asInt()).isEqualTo(5);
    assertThat(many.at("/answers/1/aggregates/n").asInt()).isEqualTo(1);
  }

  @Test
  void sumsAreExactAndNothingIsMadeOfNothing() {
    assertThat(
            query(
                    "{\"top_k\":0,\"aggregates\":{\"s\":{\"sum\":\"serial\"},\"a\":{\"avg\":\"serial\"}}}")
                .get("aggregates"))
        .hasToString("{\"s\":36893488147419103230,\"a\":1.8446744073709552E19}");
    assertThat(
            query(
                    """
                    {"top_k":0,"filter":{"field":"id","op":"eq","value":77},
                     "aggregates":{"n":{"count":true},"i":{"sum":"year"},"f":{"sum":"price"},
                       "a":{"avg":"price"},"m":{"min":"title"},"x":{"max":"key"}},
                     "facets":{"t":{"field":"tags"},"r":{"field":"year","ranges":[{"from":1}]}},
                     "group_by":{"fields":["author"]}}
                    """)
                .toString())
        .startsWith(
            "{\"results\":[],"
                + "\"aggregates\":{\"n\":0,\"i\":0,\"f\":0.0,\"a\":null,\"m\":null,\"x\":null},"
                + "\"facets\":{\"t\":{\"buckets\":[],\"more\":false},"
                + "\"r\":{\"buckets\":[{\"from\":1,\"count\":0}],\"more\":false}},"
                + "\"groups\":{\"buckets\":[],\"more\":false}");
  }

  @Test
  void facetsOfTimeHaveCalendarsAndLengths() {
    String facet = "{\"top_k\":0,\"facets\":{\"f\":{\"field\":\"added\",\"interval\":\"%s\"%s}}}";
    assertThat(query(facet.formatted("year", "")).at("/facets/f/buckets"))
        .hasToString(
            "[{\"from\":\"2025-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\",\"count\":1},"
                + "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2027-01-01T00:00:00Z\",\"count\":3}]");
    assertThat(query(facet.formatted("36500d", "")).at("/facets/f/buckets"))
        .hasToString(
            "[{\"from\":\"1970-01-01T00:00:00Z\",\"to\":\"2069-12-07T00:00:00Z\",\"count\":4}]");
    assertThat(query(facet.formatted("hour", ",\"limit\":1")).at("/facets/f"))
        .hasToString(
            "{\"buckets\":[{\"from\":\"2025-01-01T00:00:00Z\",\"to\":\"2025-01-01T01:00:00Z\","
                + "\"count\":1}],\"more\":true}");
  }

  private static void refused(String body, String... parts) {
    Answer answer = server.post(NS + "/query", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.errorMessage()).contains(parts);
  }

  @Test
  void wrongOrdersAreNamed() {
    refused("{\"order\":[]}", "order is empty");
    refused("{\"order\":{\"field\":\"year\"}}", "order is an object, expected an array");
    refused("{\"order\":[{\"desc\":true}]}", "order[0].field is missing");
    refused("{\"order\":[{\"field\":\"yaer\"}]}", "order[0].field", "did you mean 'year'?");
    refused("{\"order\":[{\"field\":\"year\",\"asc\":true}]}", "unknown key 'asc' in order[0]");
    refused("{\"order\":[{\"field\":\"year\",\"missing\":\"no\"}]}", "order[0].missing is \"no\"");
    refused(
        "{\"order\":[{\"field\":\"tags\"}]}",
        "order[0].field is \"tags\", which is of type array_string, expected an attribute with"
            + " single values");
    refused(
        "{\"order\":[{\"field\":\"year\"},{\"field\":\"year\"}]}",
        "order[1].field is \"year\" for the second time");
    refused(
        "{\"order\":[" + "{\"field\":\"year\"},".repeat(8) + "{\"field\":\"id\"}]}",
        "order has 9 fields, expected 1 to 8");
    refused("{\"order\":[{\"field\":\"year\"}],\"vector\":[0,0]}", "order is given beside vector");
    refused("{\"order\":[{\"field\":\"year\"}],\"top_k\":0}", "top_k is 0", "from 1 to 1000");
  }

  @Test
  void wrongDistinctsAreNamed() {
    String query = "{\"vector\":[0,0],\"distinct\":%s%s}";
    refused(query.formatted("{\"field\":\"nobody\"}", ""), "distinct.field", "no attribute");
    refused(query.formatted("{}", ""), "distinct.field: expected exactly one of field and fields");
    refused(query.formatted("{\"fields\":[]}", ""), "distinct has 0 fields, expected 1 to 8");
    refused(
        query.formatted("{\"fields\":[\"year\",\"year\"]}", ""),
        "distinct.fields[1] is \"year\" for the second time");
    refused(
        query.formatted("{\"field\":\"tags\"}", ""), "distinct.field is \"tags\"", "array_string");
    refused(query.formatted("{\"field\":\"year\",\"limit\":0}", ""), "distinct.limit is 0");
    refused(query.formatted("{\"field\":\"year\"}", ",\"cursor\":\"\""), "cursor is given beside");
  }

  private static void refusedAggregate(String aggregate, String... parts) {
    refused("{\"aggregates\":{\"a\":" + aggregate + "}}", parts);
  }

  @Test
  void wrongAggregatesAreNamed() {
    refused("{\"aggregates\":[]}", "aggregates is an array, expected an object");
    refusedAggregate("7", "aggregates.a is 7, expected an object");
    refusedAggregate("{}", "aggregates.a has none, expected one of count, sum, min, max, avg");
    refusedAggregate("{\"sum\":\"year\",\"avg\":\"year\"}", "aggregates.a has sum, avg, expected");
    refusedAggregate("{\"count\":false}", "aggregates.a.count is false, expected true");
    refusedAggregate("{\"sum\":7}", "aggregates.a.sum is 7, expected a string");
    refusedAggregate("{\"sum\":\"yaer\"}", "aggregates.a.sum", "did you mean 'year'?");
    refusedAggregate(
        "{\"sum\":\"title\"}",
        "aggregates.a.sum is \"title\", which is of type string, expected an attribute of type int,"
            + " uint or float");
    refusedAggregate("{\"avg\":\"sizes\"}", "aggregates.a.avg is \"sizes\"", "array_int");
    refusedAggregate(
        "{\"min\":\"sold\"}", "aggregates.a.min is \"sold\"", "no array, no bool and no geo");
    refused(
        "{\"aggregates\":{" + labels(65, "{\"count\":true}") + "}}",
        "aggregates has 65 labels, expected at most 64");
    refused("{\"aggregates\":{}}", "none of vector, full_text, clauses, order, filter, aggregates");
  }

  private static String labels(int count, String value) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add("\"l" + i + "\":" + value);
    }
    return String.join(",", labels);
  }

  private static void refusedFacet(String facet, String... parts) {
    refused("{\"facets\":{\"f\":" + facet + "}}", parts);
  }

  @Test
  void wrongFacetsAreNamed() {
    refusedFacet("{}", "facets.f.field is missing");
    refusedFacet("{\"field\":\"tag\"}", "facets.f.field", "did you mean 'tags'?");
    refusedFacet("{\"field\":\"tags\",\"size\":1}", "unknown key 'size' in facets.f");
    refusedFacet("{\"field\":\"tags\",\"limit\":0}", "facets.f.limit is 0", "1 to 10000");
    refusedFacet("{\"field\":\"tags\",\"limit\":10001}", "facets.f.limit is 10001");
    refusedFacet("{\"field\":\"year\",\"ranges\":[]}", "facets.f.field has 0 ranges");
    refusedFacet(
        "{\"field\":\"year\",\"ranges\":[{}]}", "facets.f.ranges[0] has neither from nor to");
    refusedFacet(
        "{\"field\":\"year\",\"ranges\":[{\"from\":\"x\"}]}", "facets.f.ranges[0].from is \"x\"");
    refusedFacet(
        "{\"field\":\"year\",\"ranges\":[{\"from\":2,\"to\":1}]}",
        "facets.f.ranges[0] goes from 2 to 1");
    refusedFacet(
        "{\"field\":\"year\",\"ranges\":[" + "{\"to\":1},".repeat(1_000) + "{\"to\":1}]}",
        "has 1001 ranges, expected 1 to 1000");
    refusedFacet("{\"field\":\"tags\",\"ranges\":[{\"to\":\"x\"}]}", "facets.f.field is \"tags\"");
    refusedFacet("{\"field\":\"sold\",\"ranges\":[{\"to\":true}]}", "facets.f.field is \"sold\"");
    refusedFacet(
        "{\"field\":\"year\",\"ranges\":[{\"to\":1}],\"limit\":1}",
        "facets.f.limit is given beside");
    refusedFacet(
        "{\"field\":\"year\",\"ranges\":[{\"to\":1}],\"interval\":\"day\"}",
        "facets.f.interval is given beside ranges");
    refusedFacet(
        "{\"field\":\"year\",\"interval\":\"day\"}",
        "facets.f.field is \"year\", which is of type int, expected an attribute of type datetime");
    refusedFacet(
        "{\"field\":\"added\",\"interval\":\"days\"}",
        "facets.f.interval is \"days\", expected one of minute, hour, day, week, month, quarter,"
            + " year, or a length");
    refusedFacet("{\"field\":\"added\",\"interval\":\"0s\"}", "an interval of PT0S");
    refusedFacet("{\"field\":\"added\",\"interval\":\"36601d\"}", "up to 36600 days");
    refusedFacet(
        "{\"field\":\"added\",\"interval\":\"day\",\"time_zone\":\"Mars/Base\"}",
        "facets.f.time_zone is \"Mars/Base\"");
    refusedFacet("{\"field\":\"added\",\"time_zone\":\"UTC\"}", "facets.f.time_zone is given");
    refusedFacet(
        "{\"field\":\"added\",\"interval\":\"1h\",\"time_zone\":\"UTC\"}",
        "facets.f.time_zone is given");
    refused(
        "{\"facets\":{" + labels(65, "{\"field\":\"tags\"}") + "}}",
        "facets has 65 labels, expected at most 64");
  }

  private static void refusedGroups(String groups, String... parts) {
    refused("{\"group_by\":" + groups + "}", parts);
  }

  @Test
  void wrongGroupsAreNamed() {
    refusedGroups("[\"year\"]", "group_by is an array, expected an object");
    refusedGroups("{}", "group_by.fields is missing");
    refusedGroups("{\"fields\":[]}", "group_by has 0 fields, expected 1 to 8");
    refusedGroups("{\"fields\":[7]}", "group_by.fields[0] is 7, expected the name of an attribute");
    refusedGroups("{\"fields\":[\"nobody\"]}", "group_by.fields[0]", "no attribute 'nobody'");
    refusedGroups("{\"fields\":[{\"label\":\"x\"}]}", "group_by.fields[0].field is missing");
    refusedGroups(
        "{\"fields\":[\"tags\",\"sizes\"]}",
        "group_by.fields[1] is \"sizes\", the second array beside 'tags'");
    refusedGroups(
        "{\"fields\":[\"year\",{\"field\":\"price\",\"label\":\"year\"}]}",
        "has the label \"year\" for the second time");
    refusedGroups("{\"fields\":[\"year\"],\"limit\":10001}", "group_by.limit is 10001");
    refusedGroups(
        "{\"fields\":[\"year\"],\"aggregates\":{\"a\":{\"sum\":\"title\"}}}",
        "group_by.aggregates.a.sum is \"title\"");
    refusedGroups(
        "{\"fields\":[\"year\"],\"aggregates\":{" + labels(65, "{\"count\":true}") + "}}",
        "group_by.aggregates has 65 labels, expected at most 64");
  }
}
