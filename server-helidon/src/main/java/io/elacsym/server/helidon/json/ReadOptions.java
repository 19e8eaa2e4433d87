package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Projection;
import java.util.List;
import java.util.Optional;

/** What queries and scans have in common: which fields come back, and what must be seen. */
final class ReadOptions {
  private static final String ATTRIBUTES = "include_attributes";
  private static final String VECTORS = "include_vector";

  private ReadOptions() {}

  static Projection projection(Fields fields) {
    return new Projection(
        names(fields, VECTORS, Optional.of(List.of()), "an array of names of vector fields"),
        names(fields, ATTRIBUTES, Optional.empty(), "an array of attribute names"));
  }

  /** Some names; empty for all. */
  private static Optional<List<String>> names(
      Fields fields, String key, Optional<List<String>> otherwise, String expectation) {
    Optional<JsonNode> node = fields.find(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    if (node.get().isBoolean()) {
      return node.get().booleanValue() ? Optional.empty() : Optional.of(List.of());
    }
    if (!node.get().isArray()) {
      throw fields.wrong(key, node.get(), expectation + ", true or false");
    }
    return fields.elements(key).map(names -> names.stream().map(Fields.Element::text).toList());
  }

  static Consistency consistency(Fields fields) {
    return switch (fields.text("consistency").orElse("strong")) {
      case "strong" -> Consistency.STRONG;
      case "eventual" -> Consistency.EVENTUAL;
      case String other ->
          throw fields.unknownWord("consistency", other, List.of("strong", "eventual"));
    };
  }
}
