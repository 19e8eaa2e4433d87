package io.elacsym.engine.aggregate;

import io.elacsym.engine.order.RowOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What is computed of the rows of each part: rows with the same key are a group, and of each group
 * some measures are taken. Without keys all rows are one group.
 *
 * @param keys at most one of them has several values for one row
 * @param first if given, only so many groups are wanted, the first ones in the ascending order of
 *     their keys, a missing value last
 */
public record Tally(List<TallyKey> keys, List<Measure> measures, OptionalInt first) {
  public Tally {
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
  }

  /** The names of all attributes that are looked at, each once. */
  public List<String> fields() {
    return Stream.concat(
            keys.stream().map(TallyKey::field), measures.stream().flatMap(Measure::fields))
        .distinct()
        .toList();
  }

  /**
   * The attribute of which it is made alone, so that it can be made of that one's distinct values;
   * empty when it looks at several, at none, or at one twice.
   */
  public Optional<String> onlyField() {
    List<String> fields = fields();
    return fields.size() == 1 && keys.size() <= 1
        ? Optional.of(fields.getFirst())
        : Optional.empty();
  }

  /** Whether it is nothing but the least or the greatest value of all rows. */
  Optional<Measure.Extreme> onlyExtreme() {
    return keys.isEmpty()
            && measures.size() == 1
            && measures.getFirst() instanceof Measure.Extreme extreme
        ? Optional.of(extreme)
        : Optional.empty();
  }

  RowOrder order() {
    return RowOrder.ascending(keys.stream().map(TallyKey::field).toList());
  }
}
