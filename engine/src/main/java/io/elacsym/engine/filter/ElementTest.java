package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;

/** What a condition asks of a single value, or of each element of an array. For one thread. */
@FunctionalInterface
interface ElementTest {
  /** How many values of a range pass a test. */
  enum Share {
    NONE,
    /** Some of them, or nobody knows. */
    SOME,
    ALL;

    /** How many do not pass. */
    Share turned() {
      return switch (this) {
        case NONE -> ALL;
        case SOME -> SOME;
        case ALL -> NONE;
      };
    }
  }

  boolean passes(Value.Scalar value);

  /**
   * How many of the values between two pass, both included, in the order of {@link ScalarOrder}.
   * What is known of a range needs no look at its values: blocks of an index, or pages of a column,
   * are passed over or taken as a whole.
   */
  default Share between(Value.Scalar least, Value.Scalar greatest) {
    return Share.SOME;
  }
}
