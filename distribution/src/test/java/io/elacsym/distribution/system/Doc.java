package io.elacsym.distribution.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A document as a client sees it, of the one schema of these tests.
 *
 * @param vector {@link #DIMENSION} components; empty when it has none
 * @param attributes a {@code Long}, a {@code String} or a list of strings, by name
 */
record Doc(long id, Optional<List<Float>> vector, SortedMap<String, Object> attributes) {
  static final int DIMENSION = 8;

  /** Attributes of every kind that is stored or found in a way of its own. */
  static final String SCHEMA =
      """
      {"vector_dim":8,"vector_metric":"l2","attributes":{
        "owner":{"type":"int","indexed":true},
        "marker":{"type":"int"},
        "year":{"type":"int","indexed":true},
        "tags":{"type":"array_string","indexed":true},
        "title":{"type":"string","full_text":true},
        "body":{"type":"string","full_text":true}}}
      """;

  /** Words that are their own stems and no stop words. */
  static final List<String> WORDS =
      List.of("star", "sea", "otter", "kelp", "moon", "tide", "reef", "whale", "salt", "wind");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int COMPONENTS = 50;

  /** A whole document with random contents. */
  static Doc random(long id, long owner, long marker, Random random) {
    return new Doc(id, Optional.of(randomVector(random)), attributes(owner, marker, random));
  }

  /** Random contents of the attributes, some of them left out. */
  static SortedMap<String, Object> attributes(long owner, long marker, Random random) {
    SortedMap<String, Object> attributes = new TreeMap<>();
    attributes.put("owner", owner);
    attributes.put("marker", marker);
    if (random.nextInt(5) > 0) {
      attributes.put("year", 2000L + random.nextInt(10));
    }
    if (random.nextBoolean()) {
      attributes.put("tags", List.of(word(random), word(random)));
    }
    if (random.nextInt(4) > 0) {
      attributes.put("title", words(3, random));
    }
    if (random.nextInt(3) > 0) {
      attributes.put("body", words(12, random));
    }
    return attributes;
  }

  /** Small whole numbers: distances between them are exact. */
  static List<Float> randomVector(Random random) {
    List<Float> vector = new ArrayList<>();
    for (int i = 0; i < DIMENSION; i++) {
      vector.add((float) random.nextInt(COMPONENTS));
    }
    return vector;
  }

  static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static String words(int most, Random random) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(most) + 1; i > 0; i--) {
      words.add(word(random));
    }
    return String.join(" ", words);
  }

  static Doc of(JsonNode json) {
    Optional<List<Float>> vector = Optional.empty();
    if (json.has("vector")) {
      List<Float> components = new ArrayList<>();
      json.path("vector").forEach(component -> components.add(component.floatValue()));
      vector = Optional.of(components);
    }
    SortedMap<String, Object> attributes = new TreeMap<>();
    json.path("attributes").properties().forEach(e -> attributes.put(e.getKey(), of(e)));
    return new Doc(json.path("id").longValue(), vector, attributes);
  }

  private static Object of(Map.Entry<String, JsonNode> attribute) {
    JsonNode value = attribute.getValue();
    if (value.isIntegralNumber()) {
      return value.longValue();
    }
    if (value.isTextual()) {
      return value.textValue();
    }
    List<String> texts = new ArrayList<>();
    value.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  /** In the form of a request; without a vector it is a patch there. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    vector.ifPresent(components -> json.put("vector", components));
    json.put("attributes", attributes);
    return json;
  }

  static String json(Map<String, ?> object) {
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Body of an upsert of these documents. */
  static String upsert(List<Doc> documents) {
    return json(Map.of("documents", documents.stream().map(Doc::toJson).toList()));
  }

  /** What a patch with {@code change} makes of this document. */
  Doc patched(SortedMap<String, Object> change) {
    SortedMap<String, Object> merged = new TreeMap<>(attributes);
    merged.putAll(change);
    return new Doc(id, vector, merged);
  }

  Optional<Long> number(String attribute) {
    return attributes.get(attribute) instanceof Long number
        ? Optional.of(number)
        : Optional.empty();
  }

  Optional<String> text(String attribute) {
    return attributes.get(attribute) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  List<?> array(String attribute) {
    return attributes.get(attribute) instanceof List<?> array ? array : List.of();
  }
}
