package io.elacsym.engine.aggregate;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Aggregate.Function;
import io.elacsym.engine.model.Aggregated.Nothing;
import io.elacsym.engine.model.Aggregated.Outcome;
import io.elacsym.engine.model.Aggregated.Single;
import io.elacsym.engine.model.Aggregated.Whole;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Value;
import java.math.BigInteger;

/** An aggregate that fits its attribute. */
public sealed interface AskedAggregate {

  /** How many rows there are. */
  record Count() implements AskedAggregate {}

  /**
   * Something of the values of an attribute.
   *
   * @param place for the message, if there is no answer
   * @param isFloat whether its values are floats
   */
  record OfValues(Place place, Function function, String field, boolean isFloat)
      implements AskedAggregate {}

  /** What is taken of the rows for it. */
  default Measure measure() {
    return switch (this) {
      case Count _ -> new Measure.Rows();
      case OfValues(Place _, Function function, String field, boolean _) ->
          switch (function) {
            case SUM, AVG -> new Measure.Total(field);
            case MIN -> new Measure.Extreme(field, false);
            case MAX -> new Measure.Extreme(field, true);
          };
    };
  }

  /**
   * What it is, when that was taken of all rows.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when no float is great enough
   */
  default Outcome outcome(Partial partial) {
    return switch (partial) {
      case Partial.Rows(long count) -> new Whole(BigInteger.valueOf(count));
      case Partial.Extreme extreme ->
          extreme.value().<Outcome>map(Single::new).orElseGet(Nothing::new);
      case Partial.Total total -> ofTotal(total);
    };
  }

  private Outcome ofTotal(Partial.Total total) {
    OfValues asked = (OfValues) this;
    if (asked.function() == Function.AVG) {
      return total.count() == 0
          ? new Nothing()
          : real(NearestFloat.of(total.mantissa(), total.exponent(), total.count()));
    }
    if (!asked.isFloat()) {
      return new Whole(total.mantissa());
    }
    double sum = NearestFloat.of(total.mantissa(), total.exponent(), 1);
    if (Double.isInfinite(sum)) {
      throw ElacsymException.invalid(
          asked.place()
              + ": the sum of '"
              + asked.field()
              + "' is beyond the greatest float, 1.8e308; ask for avg and count, or narrow the"
              + " filter");
    }
    return real(sum);
  }

  private static Outcome real(double number) {
    return new Single(new Value.Real(number));
  }
}
