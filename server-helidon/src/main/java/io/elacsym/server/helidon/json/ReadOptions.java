package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Projection;
import java.util.List;
import java.util.Optional;

/** What queries and scans have in common: which fields come back, and what must be seen. */
final class ReadOptions {
  private static final String ATTRIBUTES = "include_attributes";

  private ReadOptions() {}

  static Projection projection(Fields fields) {
    return new Projection(
        fields.flag("include_vector").orElse(false),
        fields.find(ATTRIBUTES).flatMap(node -> attributes(fields, node)));
  }

  private static Optional<List<String>> attributes(Fields fields, JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue() ? Optional.empty() : Optional.of(List.of());
    }
    if (!node.isArray()) {
      throw fields.wrong(ATTRIBUTES, node, "an array of attribute names, true or false");
    }
    return fields
        .elements(ATTRIBUTES)
        .map(names -> names.stream().map(Fields.Element::text).toList());
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
