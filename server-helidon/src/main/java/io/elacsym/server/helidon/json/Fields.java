package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A JSON object that may have certain keys and no others. {@code null} counts as absent. Every
 * getter fails with {@code INVALID_REQUEST} naming place, value and expectation.
 */
final class Fields {
  private final JsonNode object;
  private final Place place;

  private Fields(JsonNode object, Place place) {
    this.object = object;
    this.place = place;
  }

  static Fields of(JsonNode node, Place place, List<String> known) {
    if (!node.isObject()) {
      throw ElacsymException.invalid(place + " is " + Json.shown(node) + ", expected an object");
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw unknown(place, name, known);
          }
        });
    return new Fields(node, place);
  }

  /** {@link #of(JsonNode, Place, List)} of what a parser stands on. */
  static Fields of(JsonParser parser, Place place, List<String> known) throws IOException {
    return of(Json.tree(parser), place, known);
  }

  static ElacsymException unknown(Place place, String name, List<String> known) {
    return ElacsymException.invalid(
        "unknown key '" + Strings.shown(name) + "' in " + place + Suggestion.of(name, known));
  }

  /** Where the object stands. */
  Place whole() {
    return place;
  }

  Place place(String name) {
    return place.field(name);
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  Optional<JsonNode> find(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  JsonNode require(String name, String expectation) {
    return find(name)
        .orElseThrow(
            () -> ElacsymException.invalid(place(name) + " is missing, expected " + expectation));
  }

  ElacsymException wrong(String name, JsonNode value, String expectation) {
    return ElacsymException.invalid(
        place(name) + " is " + Json.shown(value) + ", expected " + expectation);
  }

  /** Something that should be one of some words and is another one. */
  ElacsymException unknownWord(String name, String given, List<String> known) {
    return unknownWord(place(name), given, known);
  }

  static ElacsymException unknownWord(Place place, String given, List<String> known) {
    return ElacsymException.invalid(
        place + " is \"" + Strings.shown(given) + "\", " + Suggestion.expected(given, known));
  }

  Optional<String> text(String name) {
    return find(name)
        .map(value -> {
          if (!value.isTextual()) {
            throw wrong(name, value, "a string");
          }
          return value.textValue();
        });
  }

  Optional<Boolean> flag(String name) {
    return find(name)
        .map(value -> {
          if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
          }
          return value.booleanValue();
        });
  }

  OptionalInt integer(String name, int min, int max) {
    Optional<JsonNode> value = find(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode number = value.get();
    if (!number.isIntegralNumber()
        || !number.canConvertToInt()
        || number.intValue() < min
        || number.intValue() > max) {
      throw wrong(name, number, "a whole number from " + min + " to " + max);
    }
    return OptionalInt.of(number.intValue());
  }

  /** A finite number. */
  OptionalDouble number(String name, double min, double max) {
    Optional<JsonNode> value = find(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    JsonNode number = value.get();
    double found = number.isNumber() ? number.doubleValue() : Double.NaN;
    if (!Double.isFinite(found) || found < min || found > max) {
      throw wrong(
          name, number, "a number from " + min + (max == Double.MAX_VALUE ? "" : " to " + max));
    }
    return OptionalDouble.of(found);
  }

  /** The elements of an array, each with its place. */
  Optional<List<Element>> elements(String name) {
    return find(name)
        .map(value -> {
          if (!value.isArray()) {
            throw wrong(name, value, "an array");
          }
          List<Element> elements = new ArrayList<>(value.size());
          for (int i = 0; i < value.size(); i++) {
            elements.add(new Element(value.get(i), place(name).index(i)));
          }
          return elements;
        });
  }

  /** A name in a request. */
  record Name(String text, Place place) {}

  /** One element of an array. */
  record Element(JsonNode node, Place place) {
    String text() {
      if (!node.isTextual()) {
        throw ElacsymException.invalid(place + " is " + Json.shown(node) + ", expected a string");
      }
      return node.textValue();
    }
  }
}
