package io.elacsym.engine.order;

import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An order of rows by the values of some fields: by the first one, where those are equal by the
 * second one, and so on.
 *
 * @param keys at least one
 */
public record RowOrder(List<Key> keys) {
  public RowOrder {
    keys = List.copyOf(keys);
  }

  /**
   * One of the fields.
   *
   * @param field an attribute with single values, or {@code id}
   * @param descending greatest first
   * @param missingFirst whether rows without a value come before all others
   */
  public record Key(String field, boolean descending, boolean missingFirst) {
    int compare(Optional<Value.Scalar> a, Optional<Value.Scalar> b) {
      if (a.isEmpty() || b.isEmpty()) {
        int missing = Boolean.compare(a.isEmpty(), b.isEmpty());
        return missingFirst ? -missing : missing;
      }
      int compared = ScalarOrder.INSTANCE.compare(a.get(), b.get());
      return descending ? -compared : compared;
    }
  }

  /** Ascending, rows without a value last. */
  public static RowOrder ascending(List<String> fields) {
    return new RowOrder(fields.stream().map(field -> new Key(field, false, false)).toList());
  }

  /** The names of the fields. */
  public Stream<String> fields() {
    return keys.stream().map(Key::field);
  }

  /** Compares by values alone, one for each key. */
  public int compare(List<Optional<Value.Scalar>> a, List<Optional<Value.Scalar>> b) {
    for (int i = 0; i < keys.size(); i++) {
      int compared = keys.get(i).compare(a.get(i), b.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }
}
