package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Values of attributes and filters, as JSON gives them. What JSON may stand for which type is told
 * in {@code docs/http.md}.
 */
final class GivenJson {
  /** No object that is a value has more. */
  private static final int MOST_MEMBERS = 8;

  private GivenJson() {}

  /** Reads the value a parser stands on, whatever it is; leaves it on the value's last token. */
  static Given read(JsonParser parser) throws IOException {
    Built.count(Footprint.FIELD);
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return array(parser);
    }
    Given given = single(parser);
    Built.count(Footprint.content(given));
    return given;
  }

  static Given of(JsonNode node) {
    try {
      JsonParser parser = node.traverse();
      parser.nextToken();
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Given array(JsonParser parser) throws IOException {
    List<Value.Scalar> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Given element = element(parser);
      if (!(element instanceof Value.Scalar value)) {
        return listing(new ArrayList<>(values), element, parser);
      }
      values.add(value);
    }
    return new Value.Array(values);
  }

  private static Given listing(List<Given> elements, Given odd, JsonParser parser)
      throws IOException {
    elements.add(odd);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element(parser));
    }
    return new Given.Listing(elements);
  }

  private static Given element(JsonParser parser) throws IOException {
    Given element = single(parser);
    Built.count(Footprint.element(Footprint.content(element)));
    return element;
  }

  /** Reads a value that is no array, and does not count it; an array is no value then. */
  static Given single(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return plain(parser);
    }
    SequencedMap<String, Given> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (members.size() == MOST_MEMBERS) {
        return tooMany(parser);
      }
      String key = parser.currentName();
      parser.nextToken();
      members.put(key, plain(parser));
    }
    return new Given.Members(members);
  }

  /** Leaves an object of which a key has been read. */
  private static Given tooMany(JsonParser parser) throws IOException {
    do {
      parser.nextToken();
      parser.skipChildren();
    } while (parser.nextToken() == JsonToken.FIELD_NAME);
    return new Given.Other("an object");
  }

  /** Reads a value without parts; one that has some is no value then. */
  private static Given plain(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new Value.Text(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        yield Double.isFinite(number)
            ? new Value.Real(number)
            : new Given.Other(Json.shown(parser));
      }
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NULL -> Given.Other.NULL;
      default -> {
        Given other = new Given.Other(Json.shown(parser));
        parser.skipChildren();
        yield other;
      }
    };
  }

  private static Given whole(JsonParser parser) throws IOException {
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return new Value.Int(parser.getLongValue());
    }
    BigInteger number = parser.getBigIntegerValue();
    return number.signum() > 0 && number.bitLength() <= Long.SIZE
        ? new Value.Uint(number.longValue())
        : new Given.Huge(number);
  }

  static void write(Value value, JsonGenerator out) throws IOException {
    switch (value) {
      case Value.Text text -> out.writeString(text.value());
      case Value.Int number -> out.writeNumber(number.value());
      case Value.Uint number -> out.writeNumber(Long.toUnsignedString(number.value()));
      case Value.Real number -> out.writeNumber(number.value());
      case Value.Bool flag -> out.writeBoolean(flag.value());
      case Value.DateTime time ->
          out.writeString(Instant.ofEpochMilli(time.epochMillis()).toString());
      case Value.Uuid uuid -> out.writeString(uuid.value().toString());
      case Value.Geo point -> {
        out.writeStartObject();
        out.writeNumberField("lat", point.latitudeDegrees());
        out.writeNumberField("lon", point.longitudeDegrees());
        out.writeEndObject();
      }
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
