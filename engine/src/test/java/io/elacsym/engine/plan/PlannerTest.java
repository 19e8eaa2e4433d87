package io.elacsym.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.Distinct;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Ranking.Method.ReciprocalRank;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.plan.FilterPlan.Access;
import io.elacsym.engine.plan.Plan.Reading;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(new VectorField("vector", 2, Metric.L2), new VectorField("image", 2, Metric.L2)),
          new LinkedHashMap<>(
              Map.of(
                  "year", Attribute.indexed(AttributeType.INT),
                  "price", Attribute.of(AttributeType.INT))));

  private static final Ranking.Nearest NEAREST = Ranking.Nearest.of("vector", new float[] {1, 0});
  private static final Ranking.Bm25 TEXT =
      new Ranking.Bm25(List.of(new Ranking.WeightedField("title", 1)), "otter");
  private static final TypedFilter YEAR = new TypedFilter.Equal("year", new Value.Int(1));
  private static final TypedFilter PRICE = new TypedFilter.Equal("price", new Value.Int(1));
  private static final TypedFilter ID = new TypedFilter.Equal("id", new Value.Int(1));

  private static PartFacts part(long alive) {
    return new PartFacts(alive, Set.of("year"), Set.of("vector"));
  }

  private static Plan plan(QueryRequest request, List<PartFacts> parts, Long... accepted) {
    return Planner.plan(request, SCHEMA, parts, List.of(accepted));
  }

  private static Ranking.Fusion fusion(Ranking one, Ranking other) {
    return new Ranking.Fusion(
        List.of(new Ranking.WeightedClause(one, 1), new Ranking.WeightedClause(other, 1)),
        new ReciprocalRank(60),
        200);
  }

  private static Access access(TypedFilter filter) {
    return Planner.filter(Optional.of(filter), List.of(part(5))).getFirst().access();
  }

  @Test
  void aFilterLooksAtIndexesFirstAndAtColumnsOnlyForWhatHasNone() {
    assertThat(access(YEAR)).isEqualTo(Access.INDEXES);
    assertThat(access(ID)).isEqualTo(Access.INDEXES);
    assertThat(access(new TypedFilter.And(List.of(YEAR, ID)))).isEqualTo(Access.INDEXES);
    assertThat(access(PRICE)).isEqualTo(Access.COLUMNS);
    assertThat(access(new TypedFilter.Not(new TypedFilter.Or(List.of(PRICE, YEAR)))))
        .isEqualTo(Access.INDEXES_AND_COLUMNS);
  }

  @Test
  void partsWithoutRowsAreNotFiltered() {
    assertThat(Planner.filter(Optional.empty(), List.of(part(0), part(7))))
        .containsExactly(new FilterPlan(1, Access.ALL, 7));
  }

  @Test
  void onlyPartsThatCanFindSomethingAreSearched() {
    PartFacts withoutVectors = new PartFacts(9, Set.of(), Set.of());
    assertThat(
            plan(QueryRequest.of(NEAREST), List.of(part(9), part(9), withoutVectors), 9L, 0L, 9L)
                .ranking())
        .isEqualTo(new RankPlan.Nearest(NEAREST, 9, List.of(0)));
    assertThat(plan(QueryRequest.of(TEXT), List.of(part(9), withoutVectors), 9L, 4L).ranking())
        .isEqualTo(new RankPlan.Text(TEXT, 10, List.of(0, 1)));
  }

  @Test
  void noMoreAreWantedThanThereAre() {
    QueryRequest hundred = QueryRequest.of(NEAREST).withTopK(100);
    List<PartFacts> two = List.of(part(50), part(900));
    assertThat(plan(hundred, two, 3L, 4L).ranking().k()).isEqualTo(7);
    assertThat(plan(hundred, two, 50L, 900L).ranking().k()).isEqualTo(100);
    assertThat(plan(hundred, two, 0L, 0L).ranking().k()).isZero();
  }

  @Test
  void clausesOfAFusionRankAsDeepAsItLooks() {
    Ranking.Fusion fusion = fusion(NEAREST, TEXT);
    Plan plan = plan(QueryRequest.of(fusion), List.of(part(1_000)), 1_000L);
    assertThat(plan.ranking())
        .isEqualTo(
            new RankPlan.Fused(
                fusion,
                10,
                List.of(
                    new RankPlan.Nearest(NEAREST, 200, List.of(0)),
                    new RankPlan.Text(TEXT, 200, List.of(0)))));
    assertThat(plan.reading()).isEqualTo(Reading.AFTER);
  }

  @Test
  void documentsOfFewPartsAreReadWhileTheNearestAreFound() {
    QueryRequest request = QueryRequest.of(NEAREST);
    List<PartFacts> five = Collections.nCopies(5, part(9));
    assertThat(plan(request, five, 9L, 9L, 9L, 9L, 0L).reading()).isEqualTo(Reading.AHEAD);
    assertThat(plan(request, five, 9L, 9L, 9L, 9L, 9L).reading()).isEqualTo(Reading.AFTER);
    assertThat(plan(QueryRequest.of(TEXT), five, 9L, 0L, 0L, 0L, 0L).reading())
        .isEqualTo(Reading.AFTER);
    assertThat(plan(request.withProjection(Projection.IDS), five, 9L, 0L, 0L, 0L, 0L).reading())
        .isEqualTo(Reading.NOTHING);
  }

  @Test
  void aPageInTheOrderOfIdsBeginsBehindTheLastOne() {
    Cursor behind = new Cursor.Behind(DocId.of(7));
    QueryRequest byId = QueryRequest.of(new Ranking.IdOrder()).withCursor(Optional.of(behind));
    assertThat(plan(byId, List.of(part(9)), 9L).ranking())
        .isEqualTo(new RankPlan.ById(9, Optional.of(DocId.of(7)), List.of(0)));
  }

  @Test
  void aPageInAnOrderOfAttributesBeginsBehindThePlaceOfTheLastOne() {
    QueryRequest byYear =
        QueryRequest.of(
                new Ranking.AttributeOrder(
                    List.of(new SortKey("year", true, false), new SortKey("id", true, false))))
            .withCursor(
                Optional.of(
                    new Cursor.BehindValues(
                        List.of(Optional.of(new Value.Int(5)), Optional.empty()), DocId.of(7))));
    RowOrder order =
        new RowOrder(
            List.of(new RowOrder.Key("year", true, false), new RowOrder.Key("id", true, false)));
    Position after =
        new Position(
            List.of(Optional.of(new Value.Int(5)), Optional.of(new Value.Uint(7))), DocId.of(7));
    assertThat(plan(byYear, List.of(part(9), part(9)), 9L, 0L).ranking())
        .isEqualTo(new RankPlan.ByAttributes(order, 9, Optional.of(after), List.of(0)));
  }

  @Test
  void anOrderIsRankedByItsValuesWhereItIsAClause() {
    Ranking order = new Ranking.AttributeOrder(List.of(new SortKey("year", true, false)));
    Ranking.Fusion fusion = fusion(NEAREST, order);
    RowOrder byYear = new RowOrder(List.of(new RowOrder.Key("year", true, false)));
    assertThat(plan(QueryRequest.of(fusion), List.of(part(1_000), part(50)), 700L, 0L).ranking())
        .isEqualTo(
            new RankPlan.Fused(
                fusion,
                10,
                List.of(
                    new RankPlan.Nearest(NEAREST, 200, List.of(0)),
                    new RankPlan.ByValue(byYear, 200, List.of(0)))));
  }

  @Test
  void fewOfTheSameValuesAreRankedByEachClauseAndThenOfTheWhole() {
    Distinct distinct = new Distinct(List.of(new Distinct.Field("year")), 2);
    QueryRequest nearest = QueryRequest.of(NEAREST).withDistinct(Optional.of(distinct));
    assertThat(plan(nearest, List.of(part(9)), 9L))
        .isEqualTo(
            new Plan(
                new RankPlan.Few(distinct, 9, new RankPlan.Nearest(NEAREST, 9, List.of(0))),
                Reading.AFTER));
    Ranking.Fusion fusion = fusion(NEAREST, TEXT);
    QueryRequest fused = QueryRequest.of(fusion).withDistinct(Optional.of(distinct));
    assertThat(plan(fused, List.of(part(1_000)), 700L).ranking())
        .isEqualTo(
            new RankPlan.Few(
                distinct,
                10,
                new RankPlan.Fused(
                    fusion,
                    700,
                    List.of(
                        new RankPlan.Few(
                            distinct, 200, new RankPlan.Nearest(NEAREST, 200, List.of(0))),
                        new RankPlan.Few(
                            distinct, 200, new RankPlan.Text(TEXT, 200, List.of(0)))))));
  }
}
