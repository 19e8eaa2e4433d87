package io.elacsym.engine.aggregate;

import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What a key of a tally makes of the values of its attribute. For one thread. */
final class KeyValues {
  private static final List<Optional<Value.Scalar>> NOTHING = List.of();
  private static final List<Optional<Value.Scalar>> MISSING = List.of(Optional.empty());

  private final TallyKey key;
  private final Optional<Pieces> pieces;

  KeyValues(TallyKey key) {
    this.key = key;
    this.pieces =
        key instanceof TallyKey.Dates dates
            ? Optional.of(new Pieces(dates.interval()))
            : Optional.empty();
  }

  /** In which groups a row with this value is. */
  List<Optional<Value.Scalar>> of(Optional<Value> value) {
    return switch (key) {
      case TallyKey.Values values ->
          value.map(KeyValues::itself).orElse(values.missing() ? MISSING : NOTHING);
      case TallyKey.Ranges(String _, List<TallyKey.Range> ranges) ->
          value.map(found -> ranges((Value.Scalar) found, ranges)).orElse(NOTHING);
      case TallyKey.Dates _ ->
          value
              .map(found -> pieces.orElseThrow().start(((Value.DateTime) found).epochMillis()))
              .map(start -> List.of(Optional.<Value.Scalar>of(new Value.DateTime(start))))
              .orElse(NOTHING);
    };
  }

  private static List<Optional<Value.Scalar>> itself(Value value) {
    return switch (value) {
      case Value.Scalar scalar -> List.of(Optional.of(ScalarOrder.canonical(scalar)));
      case Value.Array array -> {
        LinkedHashSet<Optional<Value.Scalar>> distinct = new LinkedHashSet<>();
        array
            .values()
            .forEach(element -> distinct.add(Optional.of(ScalarOrder.canonical(element))));
        yield List.copyOf(distinct);
      }
    };
  }

  private static List<Optional<Value.Scalar>> ranges(
      Value.Scalar value, List<TallyKey.Range> ranges) {
    List<Optional<Value.Scalar>> found = new ArrayList<>(1);
    for (int i = 0; i < ranges.size(); i++) {
      TallyKey.Range range = ranges.get(i);
      boolean above =
          range.from().isEmpty() || ScalarOrder.INSTANCE.compare(value, range.from().get()) >= 0;
      boolean below =
          range.to().isEmpty() || ScalarOrder.INSTANCE.compare(value, range.to().get()) < 0;
      if (above && below) {
        found.add(Optional.of(new Value.Int(i)));
      }
    }
    return found;
  }
}
