package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Attribute values. What JSON may stand for which type is told in {@code docs/http.md}. */
public final class ValueJson {
  private ValueJson() {}

  /** Reads the value a parser stands on, which must be of {@code type}. */
  public static Value read(JsonParser parser, AttributeType type, JsonPath path)
      throws IOException {
    Built.count(Footprint.FIELD);
    if (!type.isArray()) {
      Value.Scalar value = readScalar(parser, type, path);
      Built.count(Footprint.content(value));
      return value;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(parser, "an array of " + expectation(type.element()), path);
    }
    List<Value.Scalar> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Value.Scalar element = readScalar(parser, type.element(), path.index(elements.size()));
      Built.count(Footprint.element(Footprint.content(element)));
      elements.add(element);
    }
    return new Value.Array(elements);
  }

  /** Reads one value of an {@linkplain AttributeType#element element type}. */
  static Value.Scalar readScalar(JsonParser parser, AttributeType type, JsonPath path)
      throws IOException {
    Optional<Value.Scalar> value = scalar(parser, type);
    if (value.isEmpty()) {
      throw wrong(parser, expectation(type), path);
    }
    if (value.get() instanceof Value.Text text && !Strings.isWellFormed(text.value())) {
      throw ElacsymException.invalid(
          path
              + " is "
              + Json.shown(parser)
              + ", which has half a surrogate pair, expected Unicode text");
    }
    return value.get();
  }

  static Value.Scalar readScalar(JsonNode node, AttributeType type, JsonPath path) {
    try {
      return readScalar(Json.parserOf(node), type, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Value.Scalar> scalar(JsonParser parser, AttributeType type)
      throws IOException {
    boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
    return switch (type.element()) {
      case STRING -> text ? Optional.of(new Value.Text(parser.getText())) : Optional.empty();
      case INT -> boxed(Numbers.signed(parser)).map(Value.Int::new);
      case UINT -> boxed(Numbers.unsigned(parser)).map(Value.Uint::new);
      case FLOAT -> real(parser).map(Value.Real::new);
      case BOOL ->
          parser.currentToken().isBoolean()
              ? Optional.of(new Value.Bool(parser.getBooleanValue()))
              : Optional.empty();
      case DATETIME ->
          (text ? epochMillis(parser.getText()) : boxed(Numbers.signed(parser)))
              .map(Value.DateTime::new);
      case UUID -> text ? uuid(parser.getText()).map(Value.Uuid::new) : Optional.empty();
      default -> throw new IllegalStateException(type.id() + " has no scalar form");
    };
  }

  private static Optional<Long> boxed(OptionalLong value) {
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }

  private static Optional<Double> real(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return Optional.empty();
    }
    double value = parser.getDoubleValue();
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  private static Optional<Long> epochMillis(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<UUID> uuid(String text) {
    // UUID.fromString alone accepts "1-1-1-1-1".
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ElacsymException wrong(JsonParser parser, String expectation, JsonPath path)
      throws IOException {
    return ElacsymException.invalid(
        path + " is " + Json.shown(parser) + ", expected " + expectation);
  }

  private static String expectation(AttributeType element) {
    return switch (element) {
      case STRING -> "string";
      case INT -> "int (a whole number that fits 64 bits)";
      case UINT -> "uint (a whole number from 0 to 18446744073709551615)";
      case FLOAT -> "float (a finite number)";
      case BOOL -> "bool (true or false)";
      case DATETIME ->
          "datetime (such as \"2026-01-31T12:00:00Z\", or whole milliseconds since 1970)";
      case UUID -> "uuid (such as \"123e4567-e89b-12d3-a456-426614174000\")";
      default -> element.id();
    };
  }

  public static void write(Value value, JsonGenerator out) throws IOException {
    switch (value) {
      case Value.Text text -> out.writeString(text.value());
      case Value.Int number -> out.writeNumber(number.value());
      case Value.Uint number -> out.writeNumber(Long.toUnsignedString(number.value()));
      case Value.Real number -> out.writeNumber(number.value());
      case Value.Bool flag -> out.writeBoolean(flag.value());
      case Value.DateTime time ->
          out.writeString(Instant.ofEpochMilli(time.epochMillis()).toString());
      case Value.Uuid uuid -> out.writeString(uuid.value().toString());
      case Value.Array list -> {
        out.writeStartArray();
        for (Value.Scalar element : list.values()) {
          write(element, out);
        }
        out.writeEndArray();
      }
    }
  }
}
