package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values of one type that are looked for, found by hash; equal as {@link ScalarOrder} has it.
 * Immutable.
 */
final class ValueSet {
  /**
   * The values as types of the JDK. These are comparable, so that a hash set stays fast even when
   * many values have the same hash.
   */
  private final Set<Object> keys = new HashSet<>();

  ValueSet(List<Value.Scalar> values) {
    values.forEach(value -> keys.add(key(value)));
  }

  private static Object key(Value.Scalar value) {
    return switch (value) {
      case Value.Text text -> text.value();
      case Value.Int number -> number.value();
      case Value.Uint number -> number.value();
      // -0.0 and 0.0 are one value.
      case Value.Real number -> number.value() == 0 ? 0.0 : number.value();
      case Value.Bool flag -> flag.value();
      case Value.DateTime time -> time.epochMillis();
      case Value.Uuid uuid -> uuid.value();
    };
  }

  boolean contains(Value.Scalar value) {
    return keys.contains(key(value));
  }

  /** Whether every value of the set is among these. */
  boolean isWithin(List<Value.Scalar> values) {
    if (values.size() < keys.size()) {
      return false;
    }
    Set<Object> found = new HashSet<>();
    for (Value.Scalar value : values) {
      Object key = key(value);
      if (keys.contains(key)) {
        found.add(key);
      }
      if (found.size() == keys.size()) {
        return true;
      }
    }
    return found.size() == keys.size();
  }
}
