package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A schema that suits the first documents of a file. Strings of several words become full text, all
 * other attributes are indexed for filters.
 */
final class SchemaGuess {
  private static final int SAMPLE = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SequencedMap<String, TypeGuess> attributes = new LinkedHashMap<>();
  private int dimension;
  private int documents;

  boolean wantsMore() {
    return documents < SAMPLE;
  }

  /** There is an attribute of this name, whether or not a document of the sample has it. */
  void know(String attribute) {
    attributes.computeIfAbsent(attribute, name -> new TypeGuess());
  }

  /** Takes a document, in the form of the HTTP interface, into account. */
  void add(byte[] json) throws IOException {
    documents++;
    JsonNode document = JSON.readTree(json);
    JsonNode vector = document.path("vector");
    if (vector.isArray()) {
      dimension = vector.size();
    } else if (vector.isTextual()) {
      dimension = base64Length(vector.asText());
    }
    for (Map.Entry<String, JsonNode> field : document.path("attributes").properties()) {
      attributes.computeIfAbsent(field.getKey(), name -> new TypeGuess()).add(field.getValue());
    }
  }

  private static int base64Length(String text) {
    try {
      return Base64.getDecoder().decode(text).length / Float.BYTES;
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  /** The schema; vectors are compared by cosine. */
  Schema schema() {
    SequencedMap<String, Attribute> declared = new LinkedHashMap<>();
    attributes.forEach((name, guess) -> declared.put(name, guess.attribute()));
    return schema(dimension, declared);
  }

  static Schema schema(int dimension, SequencedMap<String, Attribute> attributes) {
    return new Schema(
        dimension == 0
            ? List.of()
            : List.of(new VectorField(Schema.VECTOR, dimension, Metric.COSINE)),
        attributes);
  }

  /** How an attribute is declared; prose is ranked, all else is filtered on. */
  static Attribute attribute(AttributeType type, boolean prose) {
    return prose
        ? new Attribute(type, false, Optional.of(TextAnalysis.DEFAULT))
        : Attribute.indexed(type);
  }
}
