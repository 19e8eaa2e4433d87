package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.server.helidon.mapping.Built;
import io.elacsym.server.helidon.mapping.DocumentKeys;
import io.elacsym.server.helidon.mapping.IdJson;
import io.elacsym.server.helidon.mapping.Json;
import io.elacsym.server.helidon.mapping.JsonPath;
import io.elacsym.server.helidon.mapping.ValueJson;
import io.elacsym.server.helidon.mapping.VectorJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads documents of one schema, {@code {"id":1,"vector":[..],"attributes":{..}}}, into changes.
 *
 * <p>With {@code vector} (or in a namespace without vectors) a document is an upsert; an attribute
 * that is {@code null} is absent. Without {@code vector} it is a patch: the attributes given are
 * set, those that are {@code null} are removed, all else stays.
 *
 * <p>Documents are read straight from the stream; no tree of the request is built. Immutable; safe
 * for use by many threads.
 */
public final class DocumentReader {
  private final Schema schema;
  private final Optional<VectorField> vectorField;

  public DocumentReader(Schema schema) {
    this.schema = schema;
    this.vectorField = schema.vector(Schema.VECTOR);
  }

  /**
   * Reads {@code {"documents":[..]}}.
   *
   * @return one change per document, in order
   * @throws ElacsymException {@code INVALID_REQUEST} naming the place, the value and what was
   *     expected
   * @throws IOException when {@code in} fails
   */
  public List<WriteOp> readAll(InputStream in) throws IOException {
    return Json.read(in, this::documents);
  }

  /**
   * Reads one document, such as a line of a JSON Lines file.
   *
   * @param json the document
   * @param place what to call it in errors, such as {@code line 7}
   * @throws ElacsymException {@code INVALID_REQUEST}
   */
  public WriteOp read(String json, String place) {
    try {
      return Json.read(json, parser -> document(parser, JsonPath.named(place)));
    } catch (ElacsymException e) {
      String message = String.valueOf(e.getMessage());
      throw message.contains(place) ? e : new ElacsymException(e.kind(), place + ": " + message, e);
    }
  }

  private List<WriteOp> documents(JsonParser parser) throws IOException {
    expect(parser, JsonToken.START_OBJECT, JsonPath.ROOT, "an object");
    JsonPath path = JsonPath.ROOT.field("documents");
    List<WriteOp> operations = new ArrayList<>();
    boolean found = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (!parser.currentName().equals("documents")) {
        throw DocumentKeys.unknown(JsonPath.ROOT, parser.currentName(), List.of("documents"));
      }
      found = true;
      parser.nextToken();
      expect(parser, JsonToken.START_ARRAY, path, "an array of documents");
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        operations.add(document(parser, path.index(operations.size())));
      }
    }
    if (!found) {
      throw ElacsymException.invalid("documents is missing, expected an array of documents");
    }
    return operations;
  }

  private WriteOp document(JsonParser parser, JsonPath path) throws IOException {
    expect(parser, JsonToken.START_OBJECT, path, "a document: an object with an id");
    Built.count(Footprint.DOCUMENT);
    Parts parts = new Parts();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "id" -> parts.id = Optional.of(IdJson.read(parser, path.field(key)));
        case "vector" -> parts.vectors = vectors(parser, path.field(key));
        case "attributes" -> attributes(parser, path.field(key), parts);
        default -> throw DocumentKeys.unknown(path, key, DocumentKeys.ALL);
      }
    }
    return operation(parts, path);
  }

  /** What has been read of one document. */
  private static final class Parts {
    private Optional<DocId> id = Optional.empty();
    private Map<String, float[]> vectors = Map.of();
    private Map<String, Value> attributes = Map.of();
    private Set<String> removed = Set.of();
  }

  private WriteOp operation(Parts parts, JsonPath path) {
    DocId id =
        parts.id.orElseThrow(() ->
            ElacsymException.invalid(
                path.field("id") + " is missing, expected a whole number or a string"));
    boolean whole = vectorField.isEmpty() || !parts.vectors.isEmpty();
    return whole
        ? new WriteOp.Upsert(new Document(id, parts.vectors, parts.attributes))
        : new WriteOp.Patch(id, Map.of(), parts.attributes, parts.removed);
  }

  private Map<String, float[]> vectors(JsonParser parser, JsonPath path) throws IOException {
    VectorField field =
        vectorField.orElseThrow(() ->
            ElacsymException.invalid(
                path + ": the namespace has no vectors, its schema has no vector_dim"));
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      throw ElacsymException.invalid(
          path
              + " is null, expected an array of "
              + field.dimension()
              + " numbers; leave vector out to keep a stored one");
    }
    return Map.of(Schema.VECTOR, VectorJson.read(parser, field.dimension(), path));
  }

  private void attributes(JsonParser parser, JsonPath path, Parts parts) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(parser, JsonToken.START_OBJECT, path, "an object of attributes");
    Map<String, Value> attributes = new HashMap<>();
    Set<String> removed = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Attribute attribute =
          schema.attribute(name).orElseThrow(() -> DocumentKeys.noAttribute(path, name, schema));
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        Built.count(Footprint.FIELD);
        removed.add(name);
      } else {
        attributes.put(name, ValueJson.read(parser, attribute.type(), path.field(name)));
      }
    }
    parts.attributes = attributes;
    parts.removed = removed;
  }

  private static void expect(JsonParser parser, JsonToken token, JsonPath path, String expectation)
      throws IOException {
    if (parser.currentToken() != token) {
      throw ElacsymException.invalid(
          path + " is " + Json.shown(parser) + ", expected " + expectation);
    }
  }
}
