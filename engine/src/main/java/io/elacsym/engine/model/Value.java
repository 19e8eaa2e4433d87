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

  /**
   * A point on the earth, in ten-millionths of a degree, which are about a centimetre. So it is the
   * same number wherever it has been.
   *
   * @param latitude from the equator to the north, {@value #MAX_LATITUDE} at most on either side
   * @param longitude from Greenwich to the east, {@value #MAX_LONGITUDE} at most on either side
   */
  record Geo(int latitude, int longitude) implements Scalar {
    public static final int DEGREE = 10_000_000;
    public static final int MAX_LATITUDE = 90 * DEGREE;
    public static final int MAX_LONGITUDE = 180 * DEGREE;

    public double latitudeDegrees() {
      return (double) latitude / DEGREE;
    }

    public double longitudeDegrees() {
      return (double) longitude / DEGREE;
    }
  }

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
