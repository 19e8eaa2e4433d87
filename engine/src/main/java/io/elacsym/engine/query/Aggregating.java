package io.elacsym.engine.query;

import io.elacsym.engine.aggregate.AskedAggregation;
import io.elacsym.engine.aggregate.Tally;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.order.ValueBudget;
import io.elacsym.engine.task.Parallel;
import java.util.List;

/** Computes what documents of all parts are together: of each part by itself, and then of all. */
final class Aggregating {
  private Aggregating() {}

  /**
   * What was asked of the accepted rows.
   *
   * @param parts those that have rows
   */
  static Aggregated of(AskedAggregation asked, List<PartRows> parts) {
    List<Tally> tallies = asked.tallies();
    ValueBudget budget = ValueBudget.ofRequest();
    return asked.answer(
        Parallel.map(parts, rows -> rows.part().tallied(tallies, rows.accept(), budget)));
  }
}
