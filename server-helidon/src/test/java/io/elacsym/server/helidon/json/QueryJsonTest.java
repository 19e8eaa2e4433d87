package io.elacsym.server.helidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Expansion;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Minimum;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class QueryJsonTest {
  private static QueryRequest query(String json) {
    QueryJson read = read(json);
    assertThat(read.many()).isFalse();
    return read.requests().getFirst();
  }

  private static QueryJson read(String json) {
    return QueryJson.read(json.getBytes(StandardCharsets.UTF_8));
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
        .isEqualTo(new Projection(Optional.empty(), Optional.of(List.of("title", "year"))));
    Ranking.Fusion fusion = (Ranking.Fusion) request.ranking();
    assertThat(fusion.method()).isEqualTo(new Ranking.Method.ReciprocalRank(7));
    assertThat(fusion.depth()).isEqualTo(2000);
    assertThat(fusion.clauses())
        .extracting(Ranking.WeightedClause::weight)
        .containsExactly(2.0, 0.0);
    Ranking.Nearest nearest = (Ranking.Nearest) fusion.clauses().getFirst().ranking();
    assertThat(nearest.effort()).isEqualTo(OptionalInt.of(16));
    assertThat(nearest.recallTarget()).isEqualTo(0.5);
    assertThat(nearest.place()).hasToString("vector");
    Place fields = Place.ROOT.field("full_text").field("fields");
    assertThat(fusion.clauses().getLast().ranking())
        .isEqualTo(
            new Ranking.Bm25(
                List.of(
                    new Ranking.WeightedField(fields.index(0), "title", 1),
                    new Ranking.WeightedField(fields.index(1), "body", 0.5)),
                new TextExpression.Words(
                    Place.ROOT.field("full_text").field("query"),
                    "q",
                    Minimum.ONE,
                    false,
                    Optional.empty(),
                    Expansion.DEFAULT)));
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
  void conditionsArriveAsJsonGivesThem() {
    assertThat(filter("price", "gt", "3"))
        .isEqualTo(condition("price", Operator.GREATER, Value.of(3)));
    assertThat(filter("at", "gte", "\"1970-01-01T00:00:01Z\""))
        .isEqualTo(condition("at", Operator.GREATER_OR_EQUAL, Value.of("1970-01-01T00:00:01Z")));
    assertThat(filter("numbers", "contains_any", "[1,2]"))
        .isEqualTo(
            condition(
                "numbers",
                Operator.CONTAINS_ANY,
                new Value.Array(List.of(new Value.Int(1), new Value.Int(2)))));
    assertThat(filter("year", "eq", "{}"))
        .isEqualTo(condition("year", Operator.EQUAL, new Given.Members(new LinkedHashMap<>())));
    assertThat(((Filter.Condition) filter("year", "eq", "null")).operand()).isEmpty();
    for (Operator operator : Operator.values()) {
      assertThat(filter("year", operator.id(), "1"))
          .isEqualTo(condition("year", operator, Value.of(1)));
    }
    assertThatThrownBy(() -> filter("year", "equals", "1"))
        .hasMessageStartingWith("filter.op is \"equals\", expected one of eq, ne, gt");
  }

  private static Filter condition(String field, Operator operator, Given operand) {
    return new Filter.Condition(
        Filter.Places.in(Place.ROOT.field("filter")), field, operator, Optional.of(operand));
  }

  @Test
  void conditionsInGroupsKnowTheirPlaces() {
    Filter filter =
        query(
                """
                {"filter":{"type":"or","conditions":[
                  {"type":"not","conditions":[{"field":"year","op":"eq","value":1}]}]}}
                """)
            .filter()
            .orElseThrow();
    Filter.Or or = (Filter.Or) filter;
    Filter.Not not = (Filter.Not) or.conditions().getFirst();
    Filter.Condition condition = (Filter.Condition) not.condition();
    assertThat(condition.places().operand())
        .hasToString("filter.conditions[0].conditions[0].value");
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

  @Test
  void clausesAreRankingsOfTheirOwn() {
    Ranking.Fusion fusion =
        (Ranking.Fusion)
            query(
                    """
                    {"clauses":[{"vector":[1,0],"vector_field":"image","recall_target":1,"weight":2},
                                {"full_text":{"field":"title","query":"q"}},
                                {"vector":"AACAPwAAAAA=","effort":3}],
                     "fusion":{"method":"score","depth":50}}
                    """)
                .ranking();
    assertThat(fusion.method()).isEqualTo(new Ranking.Method.NormalizedScore());
    assertThat(fusion.depth()).isEqualTo(50);
    assertThat(fusion.clauses())
        .extracting(Ranking.WeightedClause::weight)
        .containsExactly(2.0, 1.0, 1.0);
    Ranking.Nearest first = (Ranking.Nearest) fusion.clauses().getFirst().ranking();
    assertThat(first.field()).isEqualTo("image");
    assertThat(first.fieldPlace()).hasToString("clauses[0].vector_field");
    Ranking.Nearest last = (Ranking.Nearest) fusion.clauses().getLast().ranking();
    assertThat(last.field()).isEqualTo("vector");
    assertThat(last.vector()).containsExactly(1f, 0f);
    assertThat(last.place()).hasToString("clauses[2].vector");
  }

  @Test
  void clausesThatAreNoneAreRefused() {
    refuses(
        "{\"clauses\":[{\"weight\":1},{\"vector\":[1]}]}",
        "clauses[0] has none of vector, full_text and order");
    refuses(
        "{\"clauses\":[{\"vector\":[1],\"full_text\":{\"field\":\"a\",\"query\":\"b\"}}]}",
        "clauses[0] has 2 of vector, full_text and order");
    refuses("{\"vector\":[1],\"clauses\":[]}", "clauses stand beside vector");
    refuses("{\"clauses\":[{\"vektor\":[1]}]}", "'vektor' in clauses[0]; did you mean 'vector'?");
    refuses("{\"clauses\":{}}", "clauses is an object, expected an array");
    refuses("{\"vector\":[1],\"vector_field\":7}", "vector_field is 7, expected a string");
    refuses(
        "{\"filter\":{\"field\":\"a\",\"op\":\"exists\"},\"vector_field\":\"a\"}",
        "vector_field is given, but the query has not a vector");
    refuses("{\"vector\":[1],\"fusion\":{}}", "fusion is given");
    String two = "{\"clauses\":[{\"vector\":[1]},{\"vector\":[2]}],\"fusion\":%s}";
    refuses(two.formatted("{\"method\":\"sum\"}"), "fusion.method is \"sum\", expected");
    refuses(two.formatted("{\"method\":\"score\",\"k\":1}"), "fusion.k is given, but only");
    refuses(two.formatted("{\"vector_weight\":1}"), "'vector_weight' in fusion");
  }

  @Test
  void aCursorIsOfItsQueryAlone() {
    String query = "{\"vector\":[1,%s],\"top_k\":%d,\"cursor\":\"%s\"}";
    QueryJson first = read(query.formatted("0", 2, ""));
    assertThat(first.requests().getFirst().cursor()).contains(new Cursor.Start());
    List<Cursor> all =
        List.of(
            new Cursor.Behind(DocId.of("x\"y")),
            new Cursor.Behind(DocId.of(-1)),
            new Cursor.Unseen(List.of(DocId.of(7), DocId.of(8))));
    for (Cursor next : all) {
      String text = first.cursor(0, next);
      assertThat(text).matches("[A-Za-z0-9_-]+");
      assertThat(query(query.formatted("0", 9, text)).cursor()).contains(next);
      refuses(query.formatted("1", 2, text), "\"next\" of an answer to this very query");
    }
    refuses(query.formatted("0", 2, "bm9uZQ"), "\"next\" of an answer");
    refuses(query.formatted("0", 2, "%%%"), "\"next\" of an answer");
    refuses("{\"vector\":[1],\"cursor\":5}", "cursor is 5, expected a string");
  }

  @Test
  void severalQueriesHaveOneConsistency() {
    QueryJson read =
        read(
            """
            {"queries":[{"vector":[1],"top_k":3},{"filter":{"field":"a","op":"exists"},"cursor":""}],
             "consistency":"eventual"}
            """);
    assertThat(read.many()).isTrue();
    assertThat(read.requests())
        .extracting(QueryRequest::consistency)
        .containsExactly(Consistency.EVENTUAL, Consistency.EVENTUAL);
    assertThat(read.requests()).extracting(QueryRequest::topK).containsExactly(3, 10);
    refuses("{\"queries\":[]}", "queries has 0 elements, expected 1 to 16");
    refuses("{\"queries\":[{\"vector\":[1]}],\"top_k\":3}", "unknown key 'top_k'");
    refuses(
        "{\"queries\":[{\"vector\":[1],\"consistency\":\"strong\"}]}",
        "queries[0].consistency is given for one of several");
    refuses("{\"queries\":[{\"queries\":[]}]}", "unknown key 'queries' in queries[0]");
    refuses("{\"queries\":[{}]}", "queries[0] has none of vector");
    String one = "{\"vector\":[1]},";
    refuses("{\"queries\":[" + one.repeat(16) + "{\"vector\":[1]}]}", "queries has 17 elements");
  }

  private static void refuses(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining(message);
  }
}
