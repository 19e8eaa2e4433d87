package io.elacsym.engine.filter;

import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import java.util.Comparator;
import java.util.UUID;

/** The order of values of one type: of filters, attribute indexes and statistics alike. */
public final class ScalarOrder implements Comparator<Value.Scalar> {
  public static final ScalarOrder INSTANCE = new ScalarOrder();

  private ScalarOrder() {}

  /** The same for all values that are equal in this order, as the two zeros are. */
  public static Value.Scalar canonical(Value.Scalar value) {
    return value instanceof Value.Real(double number) && number == 0 ? new Value.Real(0) : value;
  }

  @Override
  public int compare(Value.Scalar a, Value.Scalar b) {
    return switch (a) {
      case Value.Text x when b instanceof Value.Text y ->
          Strings.compareCodePoints(x.value(), y.value());
      case Value.Int x when b instanceof Value.Int y -> Long.compare(x.value(), y.value());
      case Value.Uint x when b instanceof Value.Uint y ->
          Long.compareUnsigned(x.value(), y.value());
      // -0.0 and 0.0 are one value, unlike in Double.compare.
      case Value.Real x when b instanceof Value.Real y ->
          x.value() == y.value() ? 0 : Double.compare(x.value(), y.value());
      case Value.Bool x when b instanceof Value.Bool y -> Boolean.compare(x.value(), y.value());
      case Value.DateTime x when b instanceof Value.DateTime y ->
          Long.compare(x.epochMillis(), y.epochMillis());
      case Value.Uuid x when b instanceof Value.Uuid y -> compareUuids(x.value(), y.value());
      case Value.Geo x when b instanceof Value.Geo y ->
          Long.compareUnsigned(GeoKey.of(x), GeoKey.of(y));
      default -> throw new IllegalArgumentException("cannot compare " + a + " with " + b);
    };
  }

  /** As the 128-bit numbers that they print; {@link UUID#compareTo} is signed. */
  private static int compareUuids(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }
}
