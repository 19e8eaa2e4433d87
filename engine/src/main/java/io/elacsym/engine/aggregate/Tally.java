package io.elacsym.engine.aggregate;

import io.elacsym.engine.order.RowOrder;
import java.util.List;
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

  RowOrder order() {
    return RowOrder.ascending(keys.stream().map(TallyKey::field).toList());
  }
}
