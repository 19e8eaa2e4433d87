package io.elacsym.engine.aggregate;

import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;

/** What puts a row into a group, or into several. */
public sealed interface TallyKey {
  /** The attribute that it looks at. */
  String field();

  /**
   * The value itself; of an array each distinct element.
   *
   * @param missing whether rows without a value are a group, too
   */
  record Values(String field, boolean missing) implements TallyKey {}

  /** The numbers of the ranges that the value is in, from 0. */
  record Ranges(String field, List<Range> ranges) implements TallyKey {
    public Ranges {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * A range of values.
   *
   * @param from its least value
   * @param to what its values are less than
   */
  record Range(Optional<Value.Scalar> from, Optional<Value.Scalar> to) {}

  /** When the piece of time begins that the value is in. */
  record Dates(String field, DateInterval interval) implements TallyKey {}
}
