package io.elacsym.engine.query;

import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.order.ValueBudget;
import io.elacsym.engine.task.Parallel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The first documents of all parts in an order of attributes: each part gives its own.
 *
 * @param after only those behind this place
 */
record OrderedSearch(RowOrder order, Optional<Position> after) {

  /**
   * A row and what has put it in its place.
   *
   * @param values one for each key of the order
   */
  record Placed(Candidate candidate, List<Optional<Value.Scalar>> values) {
    /** From where the order goes on behind this row. */
    Position position() {
      return new Position(values, candidate.id());
    }
  }

  /**
   * The first accepted rows, equal ones by ascending id.
   *
   * @param limit at most so many, at least one
   */
  List<Placed> first(List<PartRows> parts, int limit) {
    ValueBudget budget = ValueBudget.ofRequest();
    List<Placed> all = new ArrayList<>();
    Parallel.map(parts, rows -> first(rows, limit, budget)).forEach(all::addAll);
    all.sort(
        Comparator.comparing(Placed::values, order::compare)
            .thenComparing(placed -> placed.candidate().id()));
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  /**
   * The first of the accepted rows that have a value of the first key, which is their score, or its
   * opposite if the least come first; 0 for values that are no numbers. Rows without one must come
   * last in this order.
   */
  List<Candidate> byValue(List<PartRows> parts, int limit) {
    boolean descending = order.keys().getFirst().descending();
    List<Candidate> candidates = new ArrayList<>();
    for (Placed placed : first(parts, limit)) {
      placed
          .values()
          .getFirst()
          .ifPresent(value -> {
            double number = number(value);
            candidates.add(
                new Candidate(
                    placed.candidate().part(),
                    placed.candidate().row(),
                    descending ? number : 0 - number));
          });
    }
    return candidates;
  }

  private static double number(Value.Scalar value) {
    return value instanceof Value.DateTime time
        ? time.epochMillis()
        : ElementType.FLOAT.of(value).map(number -> ((Value.Real) number).value()).orElse(0.0);
  }

  private List<Placed> first(PartRows rows, int limit, ValueBudget budget) {
    return rows.part().inOrder(order, rows.accept(), after, limit, budget).stream()
        .map(row -> new Placed(new Candidate(rows.part(), row.row(), 1), row.values()))
        .toList();
  }
}
