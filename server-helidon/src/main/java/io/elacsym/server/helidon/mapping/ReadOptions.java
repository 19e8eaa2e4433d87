package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What queries and scans have in common: which fields come back, and what must be seen. */
final class ReadOptions {
  private static final String ATTRIBUTES = "include_attributes";

  private ReadOptions() {}

  static Projection projection(Fields fields, Schema schema) {
    return new Projection(
        fields.flag("include_vector").orElse(false),
        fields.find(ATTRIBUTES).flatMap(node -> attributes(fields, node, schema)));
  }

  private static Optional<Set<String>> attributes(Fields fields, JsonNode node, Schema schema) {
    if (node.isBoolean()) {
      return node.booleanValue() ? Optional.empty() : Optional.of(Set.of());
    }
    if (!node.isArray()) {
      throw fields.wrong(ATTRIBUTES, node, "an array of attribute names, true or false");
    }
    Set<String> names = new HashSet<>();
    for (Fields.Element element : fields.elements(ATTRIBUTES).orElseThrow()) {
      String name = element.text();
      if (schema.attribute(name).isEmpty()) {
        throw DocumentKeys.noAttribute(element.path(), name, schema);
      }
      names.add(name);
    }
    return Optional.of(names);
  }

  static Consistency consistency(Fields fields) {
    return switch (fields.text("consistency").orElse("strong")) {
      case "strong" -> Consistency.STRONG;
      case "eventual" -> Consistency.EVENTUAL;
      case String other ->
          throw ElacsymException.invalid(
              fields.path("consistency")
                  + " is \""
                  + Strings.shown(other)
                  + "\", expected \"strong\" or \"eventual\"");
    };
  }
}
