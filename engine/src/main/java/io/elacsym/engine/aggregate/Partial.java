package io.elacsym.engine.aggregate;

import io.elacsym.engine.filter.ScalarOrder;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Value;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a {@link Measure} is of some rows. What is known of two sets of rows gives what is known of
 * both, without any error, so that it makes no difference how rows are spread over parts.
 */
public sealed interface Partial {

  /** Of {@link Measure.Rows}. */
  record Rows(long count) implements Partial {}

  /**
   * Of {@link Measure.Total}: {@code mantissa} times two to the power of {@code exponent}.
   *
   * @param exponent 0 for whole numbers, at least {@link #LEAST_EXPONENT} for floats
   * @param count how many values were added up
   */
  record Total(BigInteger mantissa, int exponent, long count) implements Partial {
    /** That of the smallest float. */
    public static final int LEAST_EXPONENT = -1074;

    /** More than any sum of so many floats as there can be rows has. */
    public static final int MOST_BITS = 2_200;

    static final Total NONE = new Total(BigInteger.ZERO, 0, 0);

    private Total plus(Total other) {
      int least = Math.min(exponent, other.exponent);
      BigInteger sum =
          mantissa
              .shiftLeft(exponent - least)
              .add(other.mantissa.shiftLeft(other.exponent - least));
      return new Total(sum, least, count + other.count);
    }
  }

  /** Of {@link Measure.Extreme}; empty when no row has a value. */
  record Extreme(boolean greatest, Optional<Value.Scalar> value) implements Partial {
    static Extreme none(boolean greatest) {
      return new Extreme(greatest, Optional.empty());
    }

    private Extreme or(Extreme other) {
      return other.value.isEmpty() || (value.isPresent() && !other.isBeyond(value.get()))
          ? this
          : other;
    }

    private boolean isBeyond(Value.Scalar held) {
      int compared = ScalarOrder.INSTANCE.compare(value.orElseThrow(), held);
      return greatest ? compared > 0 : compared < 0;
    }
  }

  /** What is known of both sets of rows; the other one is of the same measure. */
  default Partial and(Partial other) {
    return switch (this) {
      case Rows(long count) -> new Rows(count + ((Rows) other).count());
      case Total total -> total.plus((Total) other);
      case Extreme extreme -> extreme.or((Extreme) other);
    };
  }

  /** About how much memory it takes. */
  default long bytes() {
    return switch (this) {
      case Rows _ -> Footprint.element(0);
      case Total(BigInteger mantissa, int _, long _) ->
          Footprint.FIELD + mantissa.bitLength() / Byte.SIZE;
      case Extreme(boolean _, Optional<Value.Scalar> value) ->
          Footprint.element(value.map(Footprint::content).orElse(0L));
    };
  }
}
