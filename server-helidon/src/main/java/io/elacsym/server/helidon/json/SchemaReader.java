package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SchemaChange;
import io.elacsym.engine.model.TimeToLive;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Reads schemas. */
public final class SchemaReader {
  private static final String WRAPPER = "schema";
  private static final String TTL = "ttl";
  private static final List<String> TTL_KEYS = List.of("attribute", "after", "on_write");
  private static final List<String> SCHEMA_KEYS =
      List.of("vector_dim", "vector_metric", "vectors", "attributes", TTL);
  private static final List<String> VECTOR_KEYS = List.of("dim", "metric");
  private static final List<String> ATTRIBUTE_KEYS = List.of("type", "indexed", "full_text");

  private SchemaReader() {}

  /** The schema of a new namespace, wrapped in {@code schema} or not. */
  public static Schema schema(JsonParser parser, Metric defaultMetric) throws IOException {
    Fields fields = unwrapped(Json.tree(parser), SCHEMA_KEYS);
    return new Schema(vectors(fields, defaultMetric), attributes(fields), timeToLive(fields));
  }

  /** What is to become of a schema: attributes, or when documents expire. */
  public static SchemaChange change(JsonParser parser) throws IOException {
    Fields fields = unwrapped(Json.tree(parser), List.of("attributes", TTL));
    if (!fields.has(TTL)) {
      fields.require("attributes", "an object of attributes to add");
    }
    return new SchemaChange(attributes(fields), timeToLive(fields), endsTimeToLive(fields));
  }

  private static boolean endsTimeToLive(Fields fields) {
    return fields.find(TTL).filter(node -> node.isBoolean() && !node.booleanValue()).isPresent();
  }

  private static Optional<TimeToLive> timeToLive(Fields schema) {
    Optional<JsonNode> given = schema.find(TTL);
    if (given.isEmpty() || endsTimeToLive(schema)) {
      return Optional.empty();
    }
    if (!given.get().isObject()) {
      throw schema.wrong(
          TTL, given.get(), "false or an object with " + String.join(", ", TTL_KEYS));
    }
    Fields fields = Fields.of(given.get(), schema.place(TTL), TTL_KEYS);
    String attribute =
        fields
            .text("attribute")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.place("attribute")
                        + " is missing, expected the name of an indexed datetime"));
    Duration after =
        fields
            .text("after")
            .map(text -> SpanJson.read(text, fields.place("after")))
            .orElse(Duration.ZERO);
    return Optional.of(new TimeToLive(attribute, after, fields.flag("on_write").orElse(false)));
  }

  private static Fields unwrapped(JsonNode root, List<String> keys) {
    if (!root.has(WRAPPER)) {
      return Fields.of(root, Place.ROOT, keys);
    }
    JsonNode inner =
        Fields.of(root, Place.ROOT, List.of(WRAPPER)).require(WRAPPER, "a schema object");
    return Fields.of(inner, Place.ROOT.field(WRAPPER), keys);
  }

  /** The field {@code vector} first, if it is declared, then the named ones. */
  private static List<VectorField> vectors(Fields fields, Metric defaultMetric) {
    List<VectorField> vectors = new ArrayList<>();
    OptionalInt dimension = fields.integer("vector_dim", 1, Schema.MAX_DIMENSION);
    if (dimension.isPresent()) {
      vectors.add(
          new VectorField(
              Schema.VECTOR,
              dimension.getAsInt(),
              metric(fields, "vector_metric").orElse(defaultMetric)));
    } else if (fields.has("vector_metric")) {
      throw ElacsymException.invalid(
          fields.place("vector_metric") + " is given without vector_dim");
    }
    Optional<JsonNode> named = fields.find("vectors");
    if (named.isPresent()) {
      if (!named.get().isObject()) {
        throw fields.wrong("vectors", named.get(), "an object of vector fields");
      }
      Place place = fields.place("vectors");
      for (Map.Entry<String, JsonNode> entry : named.get().properties()) {
        String name = entry.getKey();
        if (name.equals(Schema.VECTOR)) {
          throw ElacsymException.invalid(
              place.field(name) + " is the field that vector_dim declares, expected another name");
        }
        vectors.add(
            vector(
                name, Fields.of(entry.getValue(), place.field(name), VECTOR_KEYS), defaultMetric));
      }
    }
    return vectors;
  }

  private static VectorField vector(String name, Fields fields, Metric defaultMetric) {
    OptionalInt dimension = fields.integer("dim", 1, Schema.MAX_DIMENSION);
    return new VectorField(
        name,
        dimension.orElseThrow(() ->
            ElacsymException.invalid(
                fields.place("dim")
                    + " is missing, expected a whole number from 1 to "
                    + Schema.MAX_DIMENSION)),
        metric(fields, "metric").orElse(defaultMetric));
  }

  private static Optional<Metric> metric(Fields fields, String key) {
    return fields
        .text(key)
        .map(id -> Metric.byId(id).orElseThrow(() -> fields.unknownWord(key, id, metrics())));
  }

  private static List<String> metrics() {
    return Arrays.stream(Metric.values()).map(Metric::id).toList();
  }

  private static SequencedMap<String, Attribute> attributes(Fields fields) {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    Optional<JsonNode> given = fields.find("attributes");
    if (given.isEmpty()) {
      return attributes;
    }
    Place place = fields.place("attributes");
    if (!given.get().isObject()) {
      throw fields.wrong("attributes", given.get(), "an object of attributes");
    }
    for (Map.Entry<String, JsonNode> entry : given.get().properties()) {
      attributes.put(entry.getKey(), attribute(entry.getValue(), place.field(entry.getKey())));
    }
    return attributes;
  }

  private static Attribute attribute(JsonNode node, Place place) {
    if (node.isTextual()) {
      return Attribute.of(type(node.textValue(), place));
    }
    Fields fields = Fields.of(node, place, ATTRIBUTE_KEYS);
    String type =
        fields
            .text("type")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    place.field("type") + " is missing, expected one of " + types()));
    return new Attribute(
        type(type, place.field("type")), fields.flag("indexed").orElse(false), fullText(fields));
  }

  private static AttributeType type(String id, Place place) {
    return AttributeType.byId(id)
        .orElseThrow(() -> Fields.unknownWord(place, id, AttributeType.ids()));
  }

  private static String types() {
    return String.join(", ", AttributeType.ids());
  }

  private static Optional<TextAnalysis> fullText(Fields attribute) {
    Optional<JsonNode> given = attribute.find("full_text");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = given.get();
    if (node.isBoolean()) {
      return node.booleanValue() ? Optional.of(TextAnalysis.DEFAULT) : Optional.empty();
    }
    if (!node.isObject()) {
      throw attribute.wrong(
          "full_text",
          node,
          "true, false or an object with " + String.join(", ", AnalysisReader.KEYS));
    }
    return Optional.of(
        AnalysisReader.read(Fields.of(node, attribute.place("full_text"), AnalysisReader.KEYS)));
  }
}
