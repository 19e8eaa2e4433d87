package io.elacsym.engine.aggregate;

import java.util.stream.Stream;

/** What is taken of the rows of a group. */
public sealed interface Measure {

  /** How many rows there are. */
  record Rows() implements Measure {}

  /** The sum of the values of an attribute, and how many there are. */
  record Total(String field) implements Measure {}

  /** The least value of an attribute, or the greatest. */
  record Extreme(String field, boolean greatest) implements Measure {}

  /** The names of the attributes that it looks at. */
  default Stream<String> fields() {
    return switch (this) {
      case Rows _ -> Stream.empty();
      case Total(String field) -> Stream.of(field);
      case Extreme(String field, boolean _) -> Stream.of(field);
    };
  }

  /** What it is of no rows at all. */
  default Partial ofNothing() {
    return switch (this) {
      case Rows _ -> new Partial.Rows(0);
      case Total _ -> Partial.Total.NONE;
      case Extreme(String _, boolean greatest) -> Partial.Extreme.none(greatest);
    };
  }
}
