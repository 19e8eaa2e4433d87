package io.elacsym.engine.aggregate;

import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.order.ValueBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The groups of one tally while the rows of a part come, in the order of their keys. If only the
 * first ones are wanted, no others are kept. For one thread.
 */
final class Groups {
  private final Tally tally;
  private final RowOrder order;
  private final ValueBudget budget;

  /** In order: many keys of one hash, which a client can make, must not make it slow. */
  private final TreeMap<List<Optional<Value.Scalar>>, List<Accumulator>> groups;

  private boolean more;

  Groups(Tally tally, ValueBudget budget) {
    this.tally = tally;
    this.order = tally.order();
    this.budget = budget;
    this.groups = new TreeMap<>(order::compare);
  }

  Tally tally() {
    return tally;
  }

  /** The measures of a group; empty when it is not among those that are wanted. */
  Optional<List<Accumulator>> group(List<Optional<Value.Scalar>> key) {
    List<Accumulator> found = groups.get(key);
    if (found != null) {
      return Optional.of(found);
    }
    int wanted = tally.first().orElse(Integer.MAX_VALUE);
    if (groups.size() == wanted && order.compare(key, groups.lastKey()) > 0) {
      more = true;
      return Optional.empty();
    }
    budget.take(bytes(key));
    List<Accumulator> added =
        tally.measures().stream().map(measure -> Accumulator.of(measure, budget)).toList();
    groups.put(List.copyOf(key), added);
    if (groups.size() > wanted) {
      Map.Entry<List<Optional<Value.Scalar>>, List<Accumulator>> last = groups.pollLastEntry();
      budget.giveBack(bytes(last.getKey()));
      last.getValue().forEach(measure -> budget.giveBack(measure.keptBytes()));
      more = true;
    }
    return Optional.of(added);
  }

  private long bytes(List<Optional<Value.Scalar>> key) {
    return Tallied.keyBytes(key) + Accumulator.BYTES * tally.measures().size();
  }

  Tallied tallied() {
    List<Tallied.Group> found = new ArrayList<>(groups.size());
    groups.forEach((key, measures) ->
        found.add(new Tallied.Group(key, measures.stream().map(Accumulator::partial).toList())));
    return new Tallied(found, more);
  }
}
