package io.elacsym.engine.manifest;

import static io.elacsym.engine.manifest.ManifestJson.byId;
import static io.elacsym.engine.manifest.ManifestJson.flag;
import static io.elacsym.engine.manifest.ManifestJson.list;
import static io.elacsym.engine.manifest.ManifestJson.member;
import static io.elacsym.engine.manifest.ManifestJson.number;
import static io.elacsym.engine.manifest.ManifestJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.TimeToLive;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The schema as it stands in the manifest. */
final class SchemaJson {
  private SchemaJson() {}

  static ObjectNode write(Schema schema) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode vectors = root.putArray("vectors");
    for (VectorField field : schema.vectors()) {
      vectors
          .addObject()
          .put("name", field.name())
          .put("dimension", field.dimension())
          .put("metric", field.metric().id());
    }
    ArrayNode attributes = root.putArray("attributes");
    schema
        .attributes()
        .forEach((name, attribute) -> {
          ObjectNode node = attributes.addObject();
          node.put("name", name).put("type", attribute.type().id());
          node.put("indexed", attribute.indexed());
          attribute
              .fullText()
              .ifPresent(text -> AnalysisJson.write(text, node.putObject("full_text")));
        });
    schema
        .timeToLive()
        .ifPresent(ttl ->
            root.putObject("ttl")
                .put("attribute", ttl.attribute())
                .put("after_millis", ttl.after().toMillis())
                .put("on_write", ttl.onWrite()));
    return root;
  }

  static Schema read(JsonNode root) {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    for (JsonNode node : member(root, "attributes")) {
      Optional<TextAnalysis> fullText =
          Optional.ofNullable(node.get("full_text")).map(AnalysisJson::read);
      attributes.put(
          text(node, "name"),
          new Attribute(
              byId(node, "type", AttributeType.all(), AttributeType::id),
              flag(node, "indexed"),
              fullText));
    }
    return new Schema(
        list(
            root,
            "vectors",
            node ->
                new VectorField(
                    text(node, "name"),
                    Math.toIntExact(number(node, "dimension")),
                    byId(node, "metric", List.of(Metric.values()), Metric::id))),
        attributes,
        Optional.ofNullable(root.get("ttl")).map(SchemaJson::timeToLive));
  }

  private static TimeToLive timeToLive(JsonNode node) {
    return new TimeToLive(
        text(node, "attribute"),
        Duration.ofMillis(number(node, "after_millis")),
        flag(node, "on_write"));
  }
}
