package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;

/**
 * Reads the parts of a request that are small into trees, which are easy to look at, and sees to it
 * that they are small: each value of a tree takes some hundred bytes, whatever it takes in the
 * request. For one request.
 */
final class SmallTree {
  /** Most values, keys not counted: what a filter may have, several times over. */
  static final int MAX_VALUES = 200_000;

  /** Most characters of all strings and keys. */
  static final int MAX_CHARACTERS = 12 << 20;

  private static final int VALUE_BYTES = 100;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private int values;
  private long characters;

  /** The value the parser stands on; leaves it on the value's last token. */
  JsonNode read(JsonParser parser) throws IOException {
    if (++values > MAX_VALUES) {
      throw tooLarge(MAX_VALUES + " values");
    }
    Built.count(VALUE_BYTES);
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(counted(parser.getText()));
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = counted(parser.currentName());
      parser.nextToken();
      object.set(key, read(parser));
    }
    return object;
  }

  private ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(parser));
    }
    return array;
  }

  private String counted(String text) {
    characters += text.length();
    if (characters > MAX_CHARACTERS) {
      throw tooLarge(MAX_CHARACTERS + " characters in strings");
    }
    Built.count(2L * text.length());
    return text;
  }

  private static ElacsymException tooLarge(String most) {
    return new ElacsymException(
        ErrorKind.TOO_LARGE,
        "the request has more than " + most + " besides documents and vectors");
  }
}
