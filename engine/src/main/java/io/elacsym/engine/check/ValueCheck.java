package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Makes values of an attribute's type of what a request gives. */
final class ValueCheck {
  private ValueCheck() {}

  /**
   * The value that is given for an attribute.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the place, what was given and what was
   *     expected
   */
  static Value typed(Given given, AttributeType type, Place place) {
    if (!type.isArray()) {
      return scalar(given, type.element(), place);
    }
    return switch (given) {
      case Value.Array list when type.accepts(list) -> list;
      case Value.Array list -> new Value.Array(scalars(list.values(), type.element(), place));
      case Given.Listing list -> new Value.Array(scalars(list.elements(), type.element(), place));
      default -> throw wrong(given, "an array of " + type.element().expectation(), place);
    };
  }

  /** The values that an array gives; {@link #typed} says what it throws. */
  static List<Value.Scalar> scalars(List<? extends Given> given, ElementType type, Place place) {
    List<Value.Scalar> values = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      values.add(scalar(given.get(i), type, place.index(i)));
    }
    return values;
  }

  /** A value that is no array; {@link #typed} says what it throws. */
  static Value.Scalar scalar(Given given, ElementType type, Place place) {
    if (type == ElementType.GEO && given instanceof Given.Members members) {
      return PointCheck.point(members, place);
    }
    return type.of(given)
        .orElseThrow(() ->
            type == ElementType.STRING && given instanceof Value.Text
                ? ElacsymException.invalid(
                    place
                        + " is "
                        + Given.shown(given)
                        + ", which has half a surrogate pair, expected Unicode text")
                : wrong(given, type.expectation(), place));
  }

  static ElacsymException wrong(Given given, String expectation, Place place) {
    return ElacsymException.invalid(
        place + " is " + Given.shown(given) + ", expected " + expectation);
  }
}
