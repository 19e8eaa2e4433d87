package io.elacsym.engine.aggregate;

import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.order.ValueBudget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The groups of one tally while the rows of a part come. If only the first ones are wanted, others
 * are dropped from time to time: never one of those that are wanted, because more than those that
 * are before it never come to be fewer. For one thread.
 */
final class Groups {
  private final Tally tally;
  private final RowOrder order;
  private final ValueBudget budget;
  private final Map<List<Optional<Value.Scalar>>, List<Accumulator>> groups = new HashMap<>();
  private Optional<List<Optional<Value.Scalar>>> last = Optional.empty();
  private boolean more;

  Groups(Tally tally, ValueBudget budget) {
    this.tally = tally;
    this.order = tally.order();
    this.budget = budget;
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
    if (last.isPresent() && order.compare(key, last.get()) > 0) {
      more = true;
      return Optional.empty();
    }
    budget.take(bytes(key));
    List<Accumulator> added =
        tally.measures().stream().map(measure -> Accumulator.of(measure, budget)).toList();
    groups.put(List.copyOf(key), added);
    int first = tally.first().orElse(Integer.MAX_VALUE / 2);
    if (groups.size() > 2 * first) {
      drop(first);
      return Optional.ofNullable(groups.get(key));
    }
    return Optional.of(added);
  }

  private void drop(int wanted) {
    List<List<Optional<Value.Scalar>>> keys = sortedKeys();
    last = Optional.of(keys.get(wanted - 1));
    for (List<Optional<Value.Scalar>> key : keys.subList(wanted, keys.size())) {
      budget.giveBack(bytes(key));
      Objects.requireNonNull(groups.remove(key))
          .forEach(measure -> budget.giveBack(measure.keptBytes()));
    }
    more = true;
  }

  private List<List<Optional<Value.Scalar>>> sortedKeys() {
    return groups.keySet().stream()
        .sorted(Comparator.comparing(key -> key, order::compare))
        .toList();
  }

  private long bytes(List<Optional<Value.Scalar>> key) {
    long bytes = Footprint.DOCUMENT + Accumulator.BYTES * tally.measures().size();
    for (Optional<Value.Scalar> value : key) {
      bytes += Footprint.element(value.map(Footprint::content).orElse(0L));
    }
    return bytes;
  }

  Tallied tallied() {
    List<List<Optional<Value.Scalar>>> keys = sortedKeys();
    int wanted = Math.min(keys.size(), tally.first().orElse(Integer.MAX_VALUE));
    List<Tallied.Group> found = new ArrayList<>(wanted);
    for (List<Optional<Value.Scalar>> key : keys.subList(0, wanted)) {
      List<Accumulator> measures = groups.getOrDefault(key, List.of());
      found.add(new Tallied.Group(key, measures.stream().map(Accumulator::partial).toList()));
    }
    return new Tallied(found, more || wanted < keys.size());
  }
}
