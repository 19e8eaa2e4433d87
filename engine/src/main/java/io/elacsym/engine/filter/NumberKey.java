package io.elacsym.engine.filter;

import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Value;
import java.util.Optional;

/**
 * Values of every type that fits 64 bits as whole numbers whose order, without a sign, is that of
 * {@link ScalarOrder}.
 */
final class NumberKey {
  private NumberKey() {}

  /** Whether a type has such numbers. */
  static boolean has(ElementType type) {
    return switch (type) {
      case STRING, UUID -> false;
      case INT, UINT, FLOAT, BOOL, DATETIME, GEO -> true;
    };
  }

  static long of(Value.Scalar value) {
    return switch (value) {
      case Value.Int number -> number.value() ^ Long.MIN_VALUE;
      case Value.Uint number -> number.value();
      case Value.Real number -> ofBits(Double.doubleToLongBits(number.value() + 0.0));
      case Value.Bool flag -> flag.value() ? 1 : 0;
      case Value.DateTime time -> time.epochMillis() ^ Long.MIN_VALUE;
      case Value.Geo point -> GeoKey.of(point);
      case Value.Text text -> throw new IllegalArgumentException(text.toString());
      case Value.Uuid uuid -> throw new IllegalArgumentException(uuid.toString());
    };
  }

  /** Negative numbers have their sign and then their magnitude, so all of their bits are turned. */
  private static long ofBits(long bits) {
    return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
  }

  /** The value of a key; empty when the type has no such value. */
  static Optional<Value.Scalar> value(ElementType type, long key) {
    Value.Scalar value =
        switch (type) {
          case INT -> new Value.Int(key ^ Long.MIN_VALUE);
          case UINT -> new Value.Uint(key);
          case FLOAT ->
              new Value.Real(Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key));
          case BOOL -> new Value.Bool(key == 1);
          case DATETIME -> new Value.DateTime(key ^ Long.MIN_VALUE);
          case GEO -> GeoKey.point(key);
          case STRING, UUID -> throw new IllegalArgumentException(type.id());
        };
    return type.accepts(value) && of(value) == key ? Optional.of(value) : Optional.empty();
  }
}
