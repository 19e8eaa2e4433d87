package io.elacsym.engine.plan;

import io.elacsym.engine.check.OrderCheck;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.plan.FilterPlan.Access;
import io.elacsym.engine.plan.Plan.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Decides how a query is answered. */
public final class Planner {
  /**
   * With more parts documents are not read before it is known which are wanted: most of what each
   * part finds is not among the results then.
   */
  private static final int FEW_PARTS = 4;

  private Planner() {}

  /** How the accepted rows of each part are found. */
  public static List<FilterPlan> filter(Optional<TypedFilter> filter, List<PartFacts> parts) {
    return IntStream.range(0, parts.size())
        .filter(part -> parts.get(part).alive() > 0)
        .mapToObj(part ->
            new FilterPlan(
                part,
                filter.map(f -> access(f, parts.get(part))).orElse(Access.ALL),
                parts.get(part).alive()))
        .toList();
  }

  private static Access access(TypedFilter filter, PartFacts part) {
    Predicate<String> indexed = field -> field.equals(Schema.ID) || part.indexed().contains(field);
    Set<String> fields = filter.fields();
    if (fields.stream().allMatch(indexed)) {
      return Access.INDEXES;
    }
    return fields.stream().anyMatch(indexed) ? Access.INDEXES_AND_COLUMNS : Access.COLUMNS;
  }

  /**
   * How the best rows are found and read.
   *
   * @param parts of the snapshot
   * @param accepted for each part how many of its rows may be results
   */
  public static Plan plan(
      QueryRequest request, Schema schema, List<PartFacts> parts, List<Long> accepted) {
    return new Planning(request, schema, parts, accepted).plan();
  }

  private record Planning(
      QueryRequest request, Schema schema, List<PartFacts> parts, List<Long> accepted) {
    Plan plan() {
      return new Plan(few(ranking(request.ranking(), request.topK())), reading());
    }

    /** A clause of a fusion ranks few of the same values, too: so all of them together suffice. */
    private RankPlan few(RankPlan plan) {
      if (request.distinct().isEmpty()) {
        return plan;
      }
      int all = atMost(Integer.MAX_VALUE, searched(part -> true));
      return new RankPlan.Few(
          request.distinct().get(),
          plan.k(),
          plan instanceof RankPlan.Fused ? plan.withK(all) : plan);
    }

    /** An order of attributes has scores where it is a clause. */
    private RankPlan clause(Ranking ranking, int wanted) {
      RankPlan plan = ranking(ranking, wanted);
      return plan instanceof RankPlan.ByAttributes order
          ? new RankPlan.ByValue(order.order(), order.k(), order.parts())
          : plan;
    }

    private RankPlan ranking(Ranking ranking, int wanted) {
      return switch (ranking) {
        case Ranking.Nearest nearest -> {
          List<Integer> searched = searched(part -> part.vectors().contains(nearest.field()));
          yield new RankPlan.Nearest(nearest, atMost(wanted, searched), searched);
        }
        case Ranking.Bm25 bm25 -> {
          List<Integer> alive =
              IntStream.range(0, parts.size())
                  .filter(part -> parts.get(part).alive() > 0)
                  .boxed()
                  .toList();
          yield new RankPlan.Text(bm25, atMost(wanted, alive), alive);
        }
        case Ranking.Fusion fusion ->
            new RankPlan.Fused(
                fusion,
                atMost(wanted, searched(part -> true)),
                fusion.clauses().stream()
                    .map(clause -> few(clause(clause.ranking(), fusion.depth())))
                    .toList());
        case Ranking.AttributeOrder(List<SortKey> keys) -> {
          List<Integer> searched = searched(part -> true);
          RowOrder order = OrderCheck.order(keys, schema);
          yield new RankPlan.ByAttributes(order, atMost(wanted, searched), after(order), searched);
        }
        case Ranking.IdOrder _ -> {
          List<Integer> searched = searched(part -> true);
          yield new RankPlan.ById(atMost(wanted, searched), after(), searched);
        }
      };
    }

    private List<Integer> searched(Predicate<PartFacts> has) {
      return IntStream.range(0, parts.size())
          .filter(part -> accepted.get(part) > 0 && has.test(parts.get(part)))
          .boxed()
          .toList();
    }

    private int atMost(int wanted, List<Integer> searched) {
      return (int) Math.min(wanted, searched.stream().mapToLong(accepted::get).sum());
    }

    private Optional<DocId> after() {
      return request
          .cursor()
          .filter(Cursor.Behind.class::isInstance)
          .map(cursor -> ((Cursor.Behind) cursor).id());
    }

    /** The check has seen to it that the place is one of this order. */
    private Optional<Position> after(RowOrder order) {
      return request
          .cursor()
          .filter(Cursor.BehindValues.class::isInstance)
          .map(Cursor.BehindValues.class::cast)
          .map(cursor -> OrderCheck.position(cursor, order, schema, Optional.empty()));
    }

    /** The hits of a fusion are not known before all its clauses are done. */
    private Reading reading() {
      if (request.projection().of(schema).isEmpty() && request.highlight().isEmpty()) {
        return Reading.NOTHING;
      }
      return request.ranking() instanceof Ranking.Nearest
              && request.distinct().isEmpty()
              && searched(part -> true).size() <= FEW_PARTS
          ? Reading.AHEAD
          : Reading.AFTER;
    }
  }
}
