package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Aggregate;
import io.elacsym.engine.model.Aggregate.Function;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Aggregated.Counts;
import io.elacsym.engine.model.Aggregated.Single;
import io.elacsym.engine.model.Aggregated.Term;
import io.elacsym.engine.model.Aggregated.Whole;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Distinct;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Explanation;
import io.elacsym.engine.model.Facet;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Grouping;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.memory.MemoryStorage;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read of a segment for orders and for what is computed of many documents. */
class AggregateReadsTest {
  private static final int DOCUMENTS = 2_000;

  private final CountingFormat format = new CountingFormat();
  private final Engine engine =
      TestEngine.open(new MemoryStorage(), Map.of(), Seams.real(), format);
  private final Namespace namespace = engine.create("ns", TestEngine.schema());

  @BeforeEach
  void oneSegment() {
    namespace.write(
        TestEngine.upsert(
            LongStream.range(0, DOCUMENTS)
                .mapToObj(id ->
                    TestEngine.document(
                        id,
                        (float) id,
                        0,
                        Map.of("year", Value.of(id % 1_000), "price", Value.of(id / 4.0))))
                .toArray(Document[]::new)));
    namespace.flush();
    format.reads();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static Aggregation aggregates(Map<String, Aggregate> aggregates) {
    return new Aggregation(
        new LinkedHashMap<>(aggregates), new LinkedHashMap<>(), Optional.empty());
  }

  private static Aggregation facet(Facet facet) {
    SequencedMap<String, Facet> facets = new LinkedHashMap<>();
    facets.put("f", facet);
    return new Aggregation(new LinkedHashMap<>(), facets, Optional.empty());
  }

  private static QueryRequest request(Aggregation aggregation) {
    return QueryRequest.of(new Ranking.IdOrder()).withTopK(0).withAggregation(aggregation);
  }

  private Aggregated ask(QueryRequest request) {
    return namespace.query(request).aggregated().orElseThrow();
  }

  @Test
  void documentsAreCountedWithoutReadingAny() {
    QueryRequest count = request(aggregates(Map.of("n", new Aggregate.Count())));
    Whole all = new Whole(BigInteger.valueOf(DOCUMENTS));
    assertThat(ask(count).aggregates()).containsEntry("n", all);
    Filter half = Filter.of("year", Operator.LESS, Value.of(500L));
    assertThat(ask(count.withFilter(Optional.of(half))).aggregates())
        .containsEntry("n", new Whole(BigInteger.valueOf(DOCUMENTS / 2)));
    assertThat(format.reads()).isEmpty();
  }

  @Test
  void whatIsMadeOfOneIndexedAttributeReadsNoDocument() {
    Facet terms = new Facet.Terms("year", 2);
    assertThat(ask(request(facet(terms))).facets())
        .containsEntry(
            "f",
            new Counts(
                List.of(new Term(new Value.Int(0), 2), new Term(new Value.Int(1), 2)), true));
    assertThat(
            ask(request(aggregates(Map.of("max", new Aggregate.OfValues(Function.MAX, "year")))))
                .aggregates())
        .containsEntry("max", new Single(new Value.Int(999)));
    Grouping years = new Grouping(List.of(new Grouping.Key("year")), new LinkedHashMap<>(), 3);
    assertThat(
            ask(request(
                    new Aggregation(
                        new LinkedHashMap<>(), new LinkedHashMap<>(), Optional.of(years))))
                .groups()
                .orElseThrow()
                .groups())
        .hasSize(3);
    assertThat(format.reads()).isEmpty();
  }

  @Test
  void otherwiseTheNeededColumnsAreReadOnceForAllThatNeedThem() {
    SequencedMap<String, Aggregate> aggregates = new LinkedHashMap<>();
    aggregates.put("sum", new Aggregate.OfValues(Function.SUM, "price"));
    aggregates.put("min", new Aggregate.OfValues(Function.MIN, "price"));
    Grouping years = new Grouping(List.of(new Grouping.Key("year")), aggregates, 3);
    Aggregated found =
        ask(request(new Aggregation(aggregates, new LinkedHashMap<>(), Optional.of(years))));
    assertThat(found.aggregates())
        .containsEntry("sum", new Single(new Value.Real(DOCUMENTS * (DOCUMENTS - 1) / 8.0)))
        .containsEntry("min", new Single(new Value.Real(0)));
    assertThat(format.reads()).containsExactly("scan [price, year]");
  }

  @Test
  void ofFewDocumentsOnlyTheirsAreRead() {
    QueryRequest sum =
        request(aggregates(Map.of("sum", new Aggregate.OfValues(Function.SUM, "price"))))
            .withFilter(Optional.of(Filter.of("year", Operator.EQUAL, Value.of(8L))));
    assertThat(ask(sum).aggregates())
        .containsEntry("sum", new Single(new Value.Real(8 / 4.0 + 1_008 / 4.0)));
    assertThat(format.reads()).containsExactly("fetch 2 [price]");
  }

  @Test
  void anOrderReadsItsColumnsAndWithAnIndexOnlyOfTheFirstRows() {
    QueryRequest byPrice =
        QueryRequest.of(new Ranking.AttributeOrder(List.of(new SortKey("price", true, false))))
            .withTopK(3)
            .withProjection(Projection.IDS);
    assertThat(ids(byPrice)).containsExactly("1999", "1998", "1997");
    assertThat(format.reads()).containsExactly("scan [price]");
    QueryRequest byYear =
        QueryRequest.of(
                new Ranking.AttributeOrder(
                    List.of(new SortKey("year", true, false), new SortKey("price", false, false))))
            .withTopK(3)
            .withProjection(Projection.IDS);
    assertThat(ids(byYear)).containsExactly("999", "1999", "998");
    assertThat(format.reads()).containsExactly("fetch 4 [year, price]");
  }

  @Test
  void whatIsComputedOfAllDoesNotWaitForTheBest() {
    MemoryStorage storage = new MemoryStorage();
    try (Engine writer = TestEngine.open(storage.attach())) {
      Namespace written = writer.create("cold", TestEngine.schema());
      for (long id = 0; id < 50; id++) {
        written.write(
            TestEngine.upsert(
                TestEngine.document(id, (float) id, 0, Map.of("price", Value.of(id / 4.0)))));
      }
      written.flush();
    }
    QueryRequest best =
        QueryRequest.of(TestEngine.nearest(3, 0))
            .withConsistency(Consistency.EVENTUAL)
            .withProjection(Projection.IDS);
    Aggregation sum = aggregates(Map.of("sum", new Aggregate.OfValues(Function.SUM, "price")));
    int ranking = coldWaves(storage, best);
    int computing = coldWaves(storage, best.withTopK(0).withAggregation(sum));
    assertThat(ranking).isPositive();
    assertThat(computing).isPositive();
    assertThat(coldWaves(storage, best.withAggregation(sum)))
        .isEqualTo(Math.max(ranking, computing));
  }

  /** Without those that open the namespace. */
  private static int coldWaves(MemoryStorage storage, QueryRequest request) {
    try (Engine engine = TestEngine.open(storage.attach())) {
      QueryCost cost = engine.namespace("cold").query(request).cost();
      return cost.waves() - cost.openWaves();
    }
  }

  private List<String> ids(QueryRequest request) {
    return namespace.query(request).hits().stream()
        .map(hit -> hit.document().id().toString())
        .toList();
  }

  @Test
  void anExplanationTellsOfAggregatesAndOfDistinctHits() {
    Aggregation ranges =
        facet(
            new Facet.Ranges(
                "price", List.of(new Facet.Range(Optional.of(Value.of(1L)), Optional.empty()))));
    Explanation explained =
        namespace
            .query(
                QueryRequest.of(TestEngine.nearest(0, 0))
                    .withDistinct(Optional.of(new Distinct(List.of(new Distinct.Field("year")), 1)))
                    .withAggregation(ranges)
                    .withExplain(true))
            .explanation()
            .orElseThrow();
    assertThat(explained.plan().all().map(Explanation.Node::operation))
        .containsSubsequence("fetch", "distinct", "nearest", "part", "filter", "aggregate");
    assertThat(explained.plan().all().map(Explanation.Node::what))
        .contains("at most 1 of each [year]", "all that are found");
  }
}
