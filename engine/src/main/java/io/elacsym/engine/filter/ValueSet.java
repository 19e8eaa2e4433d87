package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values of one type that are looked for, found by hash; equal as {@link ScalarOrder} has it.
 * Immutable.
 */
final class ValueSet implements ElementTest {
  /**
   * The values as types of the JDK. These are comparable, so that a hash set stays fast even when
   * many values have the same hash.
   */
  private final Set<Object> keys = new HashSet<>();

  private final List<Value.Scalar> ascending;

  ValueSet(List<Value.Scalar> values) {
    values.forEach(value -> keys.add(key(value)));
    ascending = values.stream().sorted(ScalarOrder.INSTANCE).toList();
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
      case Value.Geo point -> GeoKey.of(point);
    };
  }

  @Override
  public boolean passes(Value.Scalar value) {
    return keys.contains(key(value));
  }

  @Override
  public Share between(Value.Scalar least, Value.Scalar greatest) {
    if (ScalarOrder.INSTANCE.compare(least, greatest) == 0) {
      return passes(least) ? Share.ALL : Share.NONE;
    }
    int found = Collections.binarySearch(ascending, least, ScalarOrder.INSTANCE);
    int next = found >= 0 ? found : -found - 1;
    boolean apart =
        next == ascending.size() || ScalarOrder.INSTANCE.compare(ascending.get(next), greatest) > 0;
    return apart ? Share.NONE : Share.SOME;
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
