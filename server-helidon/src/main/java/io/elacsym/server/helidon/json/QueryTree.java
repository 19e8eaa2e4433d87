package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Place;
import java.io.IOException;
import java.util.List;

/**
 * Reads a query into a tree in which vectors are arrays of floats: they go straight into floats, as
 * those of documents do, and all else is small. For one request.
 */
final class QueryTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final SmallTree small = new SmallTree();
  private final VectorJson vectors = new VectorJson();

  /** The object a parser stands on, of these keys. */
  ObjectNode query(JsonParser parser, Place place, List<String> keys) throws IOException {
    return object(parser, place, keys);
  }

  /** The vector that stands in a tree. */
  static float[] vector(JsonNode node) {
    return (float[]) ((POJONode) node).getPojo();
  }

  private ObjectNode object(JsonParser parser, Place place, List<String> keys) throws IOException {
    require(parser, JsonToken.START_OBJECT, place, "an object");
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (!keys.contains(key)) {
        throw Fields.unknown(place, key, keys);
      }
      parser.nextToken();
      object.set(key, value(parser, place.field(key), key));
    }
    return object;
  }

  private JsonNode value(JsonParser parser, Place place, String key) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return NODES.nullNode();
    }
    return switch (key) {
      case "vector" -> NODES.pojoNode(vectors.read(parser, place));
      case "clauses" -> array(parser, place, RankingJson.CLAUSE_KEYS);
      case "queries" -> array(parser, place, QueryJson.KEYS);
      default -> small.read(parser);
    };
  }

  private ArrayNode array(JsonParser parser, Place place, List<String> keys) throws IOException {
    require(parser, JsonToken.START_ARRAY, place, "an array");
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(object(parser, place.index(array.size()), keys));
    }
    return array;
  }

  private static void require(JsonParser parser, JsonToken token, Place place, String expectation)
      throws IOException {
    if (parser.currentToken() != token) {
      throw ElacsymException.invalid(
          place + " is " + Json.shown(parser) + ", expected " + expectation);
    }
  }
}
