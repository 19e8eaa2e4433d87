package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The JSON this program sends and reads. */
final class Json {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array(float[] vector) {
    ArrayNode array = MAPPER.createArrayNode();
    for (float value : vector) {
      array.add(value);
    }
    return array;
  }

  /** Reads a JSON text that stands in this program. */
  static ObjectNode parse(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON object: " + text, e);
    }
  }

  static String write(JsonNode node) {
    return node.toString();
  }

  /** Writes an entry as an Elacsym document: {@code {"id":..,"vector":[..],"attributes":{..}}}. */
  static void writeDocument(JsonGenerator json, Entry entry, float[] vector) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", entry.id());
    json.writeArrayFieldStart("vector");
    for (float value : vector) {
      json.writeNumber(value);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("attributes");
    json.writeStringField("word", entry.word());
    writeStrings(json, "words", entry.words());
    json.writeStringField("pos", entry.partOfSpeech().label());
    json.writeStringField("category", entry.category());
    json.writeStringField("gloss", entry.gloss().definition());
    if (!entry.gloss().examples().isEmpty()) {
      writeStrings(json, "examples", entry.gloss().examples());
    }
    json.writeNumberField("lemmas", entry.words().size());
    json.writeNumberField("frequency", entry.frequency());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeStrings(JsonGenerator json, String name, Iterable<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
