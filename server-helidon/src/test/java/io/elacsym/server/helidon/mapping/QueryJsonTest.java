package io.elacsym.server.helidon.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.server.helidon.json.SchemaJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryJsonTest {
  private static final Schema SCHEMA =
      schema(
          """
          {"vector_dim":2,"vector_metric":"l2","attributes":{
            "title":{"type":"string","full_text":true},
            "body":{"type":"array_string","full_text":true},
            "year":"int","size":"uint","price":"float","on":"bool","at":"datetime","key":"uuid",
            "tags":"array_string","numbers":"array_float"}}
          """);

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Schema schema(String json) {
    try {
      return SchemaJson.read(stream(json), Metric.COSINE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static QueryRequest query(String json) {
    return QueryJson.read(json.getBytes(StandardCharsets.UTF_8), SCHEMA);
  }

  private static Filter filter(String field, String op, String value) {
    return query(
            "{\"filter\":{\"field\":\"%s\",\"op\":\"%s\",\"value\":%s}}"
                .formatted(field, op, value))
        .filter()
        .orElseThrow();
  }

  @Test
  void defaultsAreTheContracts() {
    QueryRequest request = query("{\"vector\":[1,0]}");
    assertThat(request.topK()).isEqualTo(10);
    assertThat(request.filter()).isEmpty();
    assertThat(request.projection()).isEqualTo(Projection.ATTRIBUTES);
    assertThat(request.consistency()).isEqualTo(Consistency.STRONG);
    assertThat(request.explain()).isFalse();
    assertThat(request.ranking())
        .isInstanceOfSatisfying(
            Ranking.Nearest.class,
            nearest -> {
              assertThat(nearest.vector()).containsExactly(1f, 0f);
              assertThat(nearest.field()).isEqualTo("vector");
              assertThat(nearest.recallTarget()).isEqualTo(0.95);
              assertThat(nearest.effort()).isEqualTo(OptionalInt.empty());
            });
  }

  @Test
  void everyKeyArrives() {
    QueryRequest request =
        query(
            """
            {"explain":true,"effort":16,"recall_target":0.5,"consistency":"eventual",
             "include_attributes":["title","year"],"include_vector":true,"top_k":1000,
             "filter":{"field":"year","op":"eq","value":1},"vector":[1,0],
             "full_text":{"fields":["title","body"],"query":"q","weights":{"body":0.5}},
             "fusion":{"vector_weight":2,"text_weight":0,"k":7,"depth":2000}}
            """);
    assertThat(request.topK()).isEqualTo(1000);
    assertThat(request.explain()).isTrue();
    assertThat(request.consistency()).isEqualTo(Consistency.EVENTUAL);
    assertThat(request.projection())
        .isEqualTo(new Projection(true, Optional.of(Set.of("title", "year"))));
    Ranking.Fusion fusion = (Ranking.Fusion) request.ranking();
    assertThat(fusion.constant()).isEqualTo(7);
    assertThat(fusion.depth()).isEqualTo(2000);
    assertThat(fusion.clauses())
        .extracting(Ranking.WeightedClause::weight)
        .containsExactly(2.0, 0.0);
    Ranking.Nearest nearest = (Ranking.Nearest) fusion.clauses().getFirst().ranking();
    assertThat(nearest.effort()).isEqualTo(OptionalInt.of(16));
    assertThat(nearest.recallTarget()).isEqualTo(0.5);
    assertThat(fusion.clauses().getLast().ranking())
        .isEqualTo(
            new Ranking.Bm25(
                List.of(
                    new Ranking.WeightedField("title", 1), new Ranking.WeightedField("body", 0.5)),
                "q"));
  }

  @Test
  void nullCountsAsAbsent() {
    QueryRequest request =
        query(
            """
            {"vector":null,"full_text":null,"fusion":null,"top_k":null,
             "filter":{"field":"year","op":"exists"},"include_attributes":null}
            """);
    assertThat(request.ranking()).isEqualTo(new Ranking.IdOrder());
    assertThat(request.topK()).isEqualTo(10);
  }

  @Test
  void operandsBecomeTheFieldsType() {
    assertThat(filter("price", "gt", "3"))
        .isEqualTo(new Filter.Compare("price", Filter.Order.GREATER, new Value.Real(3)));
    assertThat(filter("size", "lte", "18446744073709551615"))
        .isEqualTo(new Filter.Compare("size", Filter.Order.LESS_OR_EQUAL, new Value.Uint(-1)));
    assertThat(filter("at", "gte", "\"1970-01-01T00:00:01Z\""))
        .isEqualTo(
            new Filter.Compare("at", Filter.Order.GREATER_OR_EQUAL, new Value.DateTime(1000)));
    assertThat(filter("on", "eq", "true")).isEqualTo(new Filter.Equal("on", new Value.Bool(true)));
    assertThat(filter("id", "lt", "5"))
        .isEqualTo(new Filter.Compare("id", Filter.Order.LESS, new Value.Uint(5)));
    assertThat(filter("id", "ne", "\"a\""))
        .isEqualTo(new Filter.NotEqual("id", new Value.Text("a")));
    assertThat(filter("numbers", "contains_any", "[1,2]"))
        .isEqualTo(
            new Filter.ContainsAny("numbers", List.of(new Value.Real(1), new Value.Real(2))));
  }

  @Test
  void containsMeansElementsOfArraysAndPartsOfStrings() {
    assertThat(filter("tags", "contains", "\"a\""))
        .isEqualTo(new Filter.ContainsAny("tags", List.of(new Value.Text("a"))));
    assertThat(filter("title", "contains", "\"a\"")).isEqualTo(new Filter.Substring("title", "a"));
    assertThat(filter("title", "contains_any", "[\"a\",\"b\"]"))
        .isEqualTo(new Filter.SubstringAny("title", List.of("a", "b")));
    assertThat(filter("title", "contains_all", "[\"a\"]"))
        .isEqualTo(new Filter.SubstringAll("title", List.of("a")));
  }

  @Test
  void operatorsThatAFieldDoesNotHaveAreRefusedWithAWayOut() {
    refused("tags", "eq", "\"a\"", "use contains");
    refused("tags", "in", "[\"a\"]", "use contains_any");
    refused("year", "contains", "1", "use eq");
    refused("year", "contains_any", "[1]", "use in");
    refused("on", "gt", "true", "use eq or ne");
    refused("year", "prefix", "\"1\"", "use eq");
    refused("year", "eq", "null", "filter.value is missing");
    refused("key", "eq", "\"x\"", "expected uuid");
    refused("year", "eq", "[1]", "is an array");
    refused("year", "exists", "1", "expected true or false");
  }

  private static void refused(String field, String op, String value, String part) {
    assertThatThrownBy(() -> filter(field, op, value))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("filter")
        .hasMessageContaining(part);
  }

  private static String nested(int groups) {
    return "{\"filter\":"
        + "{\"type\":\"not\",\"conditions\":[".repeat(groups)
        + "{\"field\":\"year\",\"op\":\"eq\",\"value\":1}"
        + "]}".repeat(groups)
        + "}";
  }

  @Test
  void groupsNestSixtyFourDeepAndNoDeeper() {
    assertThat(query(nested(64)).filter()).isPresent();
    assertThatThrownBy(() -> query(nested(65)))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("nested deeper than 64");
  }

  @Test
  void theValuesOfAFilterAreCounted() {
    String many = "1,".repeat(FilterJson.MAX_OPERANDS - 1) + "1";
    assertThat(filter("year", "in", "[" + many + "]")).isInstanceOf(Filter.In.class);
    assertThatThrownBy(() -> filter("year", "in", "[" + many + ",1]"))
        .hasMessageContaining("more than 65536 values");
    String two =
        "{\"field\":\"year\",\"op\":\"in\",\"value\":["
            + "1,".repeat(FilterJson.MAX_OPERANDS / 2)
            + "1]}";
    assertThatThrownBy(
            () -> query("{\"filter\":{\"type\":\"or\",\"conditions\":[" + two + "," + two + "]}}"))
        .hasMessageContaining("more than 65536 values");
  }

  @Test
  void theCharactersOfAFilterAreCounted() {
    String most = "x".repeat(FilterJson.MAX_OPERAND_CHARACTERS);
    assertThat(filter("title", "eq", "\"" + most + "\"")).isNotNull();
    assertThatThrownBy(() -> filter("title", "in", "[\"" + most + "\",\"x\"]"))
        .hasMessageContaining("8388608 characters");
    assertThatThrownBy(() -> filter("title", "contains_any", "[\"" + most + "\",\"x\"]"))
        .hasMessageContaining("8388608 characters");
  }

  @Test
  void weightsThatMakeAScoreInfiniteAreRefused() {
    assertThatThrownBy(() ->
            query(
                "{\"full_text\":{\"field\":\"title\",\"query\":\"a\","
                    + "\"weights\":{\"title\":1e300}}}"))
        .hasMessageContaining("weights.title");
    assertThatThrownBy(() ->
            query(
                "{\"vector\":[1,2],\"full_text\":{\"field\":\"title\",\"query\":\"a\"},"
                    + "\"fusion\":{\"vector_weight\":1e308}}"))
        .hasMessageContaining("fusion.vector_weight");
  }

  @Test
  void halfASurrogatePairIsNoOperand() {
    assertThatThrownBy(() -> filter("title", "eq", "\"\\ud83d\""))
        .hasMessageContaining("half a surrogate pair");
  }

  @Test
  void fusionLooksTenThousandDeepAndNoDeeper() {
    String fused =
        "{\"vector\":[1,0],\"full_text\":{\"field\":\"title\",\"query\":\"a\"},"
            + "\"fusion\":{\"depth\":%d}}";
    Ranking.Fusion fusion = (Ranking.Fusion) query(fused.formatted(10_000)).ranking();
    assertThat(fusion.depth()).isEqualTo(10_000);
    assertThatThrownBy(() -> query(fused.formatted(10_001)))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("from 1 to 10000");
  }

  @Test
  void effortIsUpToAMillion() {
    assertThat(query("{\"vector\":[1,0],\"effort\":1000000}")).isNotNull();
    assertThatThrownBy(() -> query("{\"vector\":[1,0],\"effort\":1000001}"))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("from 1 to 1000000");
  }
}
