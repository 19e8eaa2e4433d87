package io.elacsym.engine.model;

import java.util.List;
import java.util.Optional;

/**
 * A condition on one document, as a request asks for it. Which operators a field has and what its
 * operands must be depends on the field's type, so it is checked against the schema of the snapshot
 * that answers.
 */
public sealed interface Filter {
  /** Deepest nesting of {@link And}, {@link Or} and {@link Not}. */
  int MAX_DEPTH = 64;

  /** Most groups and conditions in one filter. */
  int MAX_CONDITIONS = 4_096;

  /** Most operands of all conditions together. */
  int MAX_VALUES = 65_536;

  /** Most UTF-16 characters of all operands together: as many as one string may have. */
  int MAX_CHARACTERS = Strings.MAX_BYTES;

  /**
   * Most UTF-16 characters of all parts, prefixes, globs and regular expressions together: they are
   * compiled.
   */
  int MAX_PATTERN_CHARS = 131_072;

  /** Most code points of one regular expression. */
  int MAX_REGEX_LENGTH = 1_024;

  /** Most steps of the program that one regular expression becomes. */
  int MAX_REGEX_STEPS = 2_048;

  /** Most code points of one glob. */
  int MAX_GLOB_LENGTH = 1_024;

  /**
   * A condition on one field. A document without the field matches only {@link Operator#NOT_EQUAL},
   * {@link Operator#NOT_IN} and {@link Operator#EXISTS} that asks for its absence.
   *
   * @param places where its parts stand
   * @param field an attribute, or {@code id}
   * @param operand a value, or an array of them, as the operator wants it; empty when there is none
   */
  record Condition(Places places, String field, Operator operator, Optional<Given> operand)
      implements Filter {
    /** The same with another operand. */
    public Condition with(Given other) {
      return new Condition(places, field, operator, Optional.of(other));
    }
  }

  /** Where the parts of a condition stand in a request. */
  record Places(Place field, Place operator, Place operand) {
    /** In an object that has them under these keys. */
    public static Places in(Place object) {
      return new Places(object.field("field"), object.field("op"), object.field("value"));
    }
  }

  /** All match; true when empty. */
  record And(List<Filter> conditions) implements Filter {
    public And {
      conditions = List.copyOf(conditions);
    }
  }

  /** At least one matches; false when empty. */
  record Or(List<Filter> conditions) implements Filter {
    public Or {
      conditions = List.copyOf(conditions);
    }
  }

  /** The plain opposite, so it matches documents without the field. */
  record Not(Filter condition) implements Filter {}

  /** A condition that stands in no request. */
  static Filter of(String field, Operator operator, Given operand) {
    return new Condition(
        Places.in(Place.named("filter on '" + Strings.shown(field) + "'")),
        field,
        operator,
        Optional.of(operand));
  }

  /** {@link #of(String, Operator, Given)} with several operands. */
  static Filter of(String field, Operator operator, List<Value.Scalar> operands) {
    return of(field, operator, new Value.Array(operands));
  }
}
