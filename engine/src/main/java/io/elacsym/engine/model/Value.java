package io.elacsym.engine.model;

import java.util.List;
import java.util.UUID;

/** An attribute's value. Absence is the lack of an entry, never a value. */
public sealed interface Value extends Given {
  /** A value that is not a list. */
  sealed interface Scalar extends Value {}

  /** Unicode text without halves of surrogate pairs. */
  record Text(String value) implements Scalar {}

  /** A signed 64-bit integer. */
  record Int(long value) implements Scalar {}

  /** An unsigned 64-bit integer, as its 64 bits. */
  record Uint(long value) implements Scalar {}

  /** A finite 64-bit float. */
  record Real(double value) implements Scalar {}

  record Bool(boolean value) implements Scalar {}

  /** Milliseconds since 1970-01-01T00:00Z. */
  record DateTime(long epochMillis) implements Scalar {}

  record Uuid(UUID value) implements Scalar {}

  /** A list of values of one type; may be empty, which is not the same as absent. */
  record Array(List<Scalar> values) implements Value {
    public Array {
      values = List.copyOf(values);
    }
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(long number) {
    return new Int(number);
  }

  static Value of(double number) {
    return new Real(number);
  }

  static Value of(boolean flag) {
    return new Bool(flag);
  }
}
