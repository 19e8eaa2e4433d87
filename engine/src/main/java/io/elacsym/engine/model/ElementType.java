package io.elacsym.engine.model;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * The type of an attribute's value, or of one element if it has many. The ids stand in requests and
 * in stored data.
 */
public enum ElementType {
  STRING("string", "string"),
  INT("int", "int (a whole number that fits 64 bits)"),
  UINT("uint", "uint (a whole number from 0 to 18446744073709551615)"),
  FLOAT("float", "float (a finite number)"),
  BOOL("bool", "bool (true or false)"),
  DATETIME(
      "datetime", "datetime (such as \"2026-01-31T12:00:00Z\", or whole milliseconds since 1970)"),
  UUID("uuid", "uuid (such as \"123e4567-e89b-12d3-a456-426614174000\")"),
  GEO("geo", "geo (a point such as {\"lat\": 52.52, \"lon\": 13.405})");

  private static final int UUID_LENGTH = 36;

  private final String id;
  private final String expectation;

  ElementType(String id, String expectation) {
    this.id = id;
    this.expectation = expectation;
  }

  public String id() {
    return id;
  }

  /** What may be given, for a message. */
  public String expectation() {
    return expectation;
  }

  /** Whether {@code value} is of this type and can be stored: floats are finite, text is whole. */
  public boolean accepts(Value.Scalar value) {
    return switch (value) {
      case Value.Text t -> this == STRING && Strings.isWellFormed(t.value());
      case Value.Int i -> this == INT;
      case Value.Uint u -> this == UINT;
      case Value.Real r -> this == FLOAT && Double.isFinite(r.value());
      case Value.Bool b -> this == BOOL;
      case Value.DateTime d -> this == DATETIME;
      case Value.Uuid u -> this == UUID;
      case Value.Geo point ->
          this == GEO
              && Math.abs((long) point.latitude()) <= Value.Geo.MAX_LATITUDE
              && Math.abs((long) point.longitude()) <= Value.Geo.MAX_LONGITUDE;
    };
  }

  /** The value of this type that is given; empty when what is given is none. */
  public Optional<Value.Scalar> of(Given given) {
    return given instanceof Value.Scalar value && accepts(value)
        ? Optional.of(value)
        : converted(given).filter(this::accepts);
  }

  private Optional<Value.Scalar> converted(Given given) {
    return switch (given) {
      case Value.Int number -> ofWhole(number.value());
      case Value.Uint number when this == FLOAT -> Optional.of(unsigned(number.value()));
      case Given.Huge number when this == FLOAT ->
          Optional.of(new Value.Real(number.value().doubleValue()));
      case Value.Text text when this == DATETIME -> time(text.value());
      case Value.Text text when this == UUID -> uuid(text.value());
      default -> Optional.empty();
    };
  }

  private Optional<Value.Scalar> ofWhole(long number) {
    return switch (this) {
      case UINT -> number < 0 ? Optional.empty() : Optional.of(new Value.Uint(number));
      case FLOAT -> Optional.of(new Value.Real((double) number));
      case DATETIME -> Optional.of(new Value.DateTime(number));
      default -> Optional.empty();
    };
  }

  private static Value.Real unsigned(long bits) {
    return new Value.Real(Double.parseDouble(Long.toUnsignedString(bits)));
  }

  private static Optional<Value.Scalar> time(String text) {
    try {
      return Optional.of(new Value.DateTime(OffsetDateTime.parse(text).toInstant().toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Value.Scalar> uuid(String text) {
    // The JDK alone accepts "1-1-1-1-1".
    if (text.length() != UUID_LENGTH) {
      return Optional.empty();
    }
    try {
      java.util.UUID uuid = java.util.UUID.fromString(text);
      return uuid.toString().equalsIgnoreCase(text)
          ? Optional.of(new Value.Uuid(uuid))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Optional<ElementType> byId(String id) {
    return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
  }
}
