package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Strings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A JSON object that may have certain keys and no others. {@code null} counts as absent. Every
 * getter fails with {@code INVALID_REQUEST} naming path, value and expectation.
 */
final class Fields {
  private final JsonNode object;
  private final JsonPath path;

  private Fields(JsonNode object, JsonPath path) {
    this.object = object;
    this.path = path;
  }

  static Fields of(JsonNode node, JsonPath path, List<String> known) {
    if (!node.isObject()) {
      throw ElacsymException.invalid(path + " is " + Json.shown(node) + ", expected an object");
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw unknown(path, name, known);
          }
        });
    return new Fields(node, path);
  }

  /** {@link #of(JsonNode, JsonPath, List)} of what a parser stands on. */
  static Fields of(JsonParser parser, JsonPath path, List<String> known) throws IOException {
    return of(Json.tree(parser), path, known);
  }

  static ElacsymException unknown(JsonPath path, String name, List<String> known) {
    return ElacsymException.invalid(
        "unknown key '" + Strings.shown(name) + "' in " + path + Suggestion.of(name, known));
  }

  JsonPath path(String name) {
    return path.field(name);
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
            () -> ElacsymException.invalid(path(name) + " is missing, expected " + expectation));
  }

  ElacsymException wrong(String name, JsonNode value, String expectation) {
    return ElacsymException.invalid(
        path(name) + " is " + Json.shown(value) + ", expected " + expectation);
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

  /** The elements of an array, each with its path. */
  Optional<List<Element>> elements(String name) {
    return find(name)
        .map(value -> {
          if (!value.isArray()) {
            throw wrong(name, value, "an array");
          }
          List<Element> elements = new ArrayList<>(value.size());
          for (int i = 0; i < value.size(); i++) {
            elements.add(new Element(value.get(i), path(name).index(i)));
          }
          return elements;
        });
  }

  /** One element of an array. */
  record Element(JsonNode node, JsonPath path) {
    String text() {
      if (!node.isTextual()) {
        throw ElacsymException.invalid(path + " is " + Json.shown(node) + ", expected a string");
      }
      return node.textValue();
    }
  }
}
