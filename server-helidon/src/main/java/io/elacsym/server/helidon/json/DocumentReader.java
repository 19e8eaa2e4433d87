package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteOp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads documents, {@code {"id":1,"vector":[..],"vectors":{..},"attributes":{..}}}, into changes.
 * An attribute that is {@code null} is given no value.
 *
 * <p>Documents are read straight from the stream; no tree of the request is built. For one request.
 */
final class DocumentReader {
  private static final List<String> KEYS = List.of("id", "vector", "vectors", "attributes");

  /** What a document of the request is to do. */
  @FunctionalInterface
  interface Change {
    WriteOp of(
        Place place,
        DocId id,
        Map<String, float[]> vectors,
        Map<String, ? extends Given> attributes);
  }

  private final VectorJson reader = new VectorJson();

  /** Reads the array of documents that the parser stands on; one change for each, in order. */
  List<WriteOp> documents(JsonParser parser, Place place, Change change) throws IOException {
    expect(parser, JsonToken.START_ARRAY, place, "an array of documents");
    List<WriteOp> operations = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      operations.add(document(parser, place.index(operations.size()), change));
    }
    return operations;
  }

  private WriteOp document(JsonParser parser, Place place, Change change) throws IOException {
    expect(parser, JsonToken.START_OBJECT, place, "a document: an object with an id");
    Built.count(Footprint.DOCUMENT);
    Optional<DocId> id = Optional.empty();
    Map<String, float[]> vectors = new HashMap<>();
    Map<String, Given> attributes = Map.of();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "id" -> id = Optional.of(IdJson.read(parser, place.field(key)));
        case "vector" -> vectors.put(Schema.VECTOR, vector(parser, place.field(key)));
        case "vectors" -> named(parser, place.field(key), vectors);
        case "attributes" -> attributes = attributes(parser, place.field(key));
        default -> throw Fields.unknown(place, key, KEYS);
      }
    }
    return change.of(
        place,
        id.orElseThrow(() ->
            ElacsymException.invalid(
                place.field("id") + " is missing, expected a whole number or a string")),
        vectors,
        attributes);
  }

  private float[] vector(JsonParser parser, Place place) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      throw ElacsymException.invalid(
          place + " is null, expected an array of numbers; leave it out to keep a stored one");
    }
    return reader.read(parser, place);
  }

  private void named(JsonParser parser, Place place, Map<String, float[]> vectors)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(parser, JsonToken.START_OBJECT, place, "an object of vectors");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(Schema.VECTOR)) {
        throw ElacsymException.invalid(
            place.field(name) + " stands among named vectors, expected it beside vectors");
      }
      vectors.put(name, vector(parser, place.field(name)));
    }
  }

  static Map<String, Given> attributes(JsonParser parser, Place place) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    expect(parser, JsonToken.START_OBJECT, place, "an object of attributes");
    Map<String, Given> attributes = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      attributes.put(name, GivenJson.read(parser));
    }
    return attributes;
  }

  private static void expect(JsonParser parser, JsonToken token, Place place, String expectation)
      throws IOException {
    if (parser.currentToken() != token) {
      throw ElacsymException.invalid(
          place + " is " + Json.shown(parser) + ", expected " + expectation);
    }
  }
}
