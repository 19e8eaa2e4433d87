package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code full_text} of a query. */
final class TextQueryJson {
  private static final List<String> KEYS = List.of("field", "fields", "query", "weights");

  private TextQueryJson() {}

  static Ranking.Bm25 read(JsonNode node, Schema schema, JsonPath path) {
    Fields fields = Fields.of(node, path, KEYS);
    List<String> names = names(fields, schema);
    Fields weights = weights(fields, names);
    String query =
        fields
            .text("query")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.path("query") + " is missing, expected the text to search for"));
    return new Ranking.Bm25(
        names.stream()
            .map(name ->
                new Ranking.WeightedField(
                    name, weights.number(name, Math.ulp(0.0), Ranking.MAX_WEIGHT).orElse(1)))
            .toList(),
        query);
  }

  private static List<String> names(Fields fields, Schema schema) {
    if (fields.has("field") == fields.has("fields")) {
      throw ElacsymException.invalid(
          fields.path("field") + ": expected exactly one of field and fields");
    }
    Optional<String> one = fields.text("field");
    if (one.isPresent()) {
      return List.of(checked(one.get(), fields.path("field"), schema));
    }
    List<String> names = new ArrayList<>();
    for (Fields.Element element : fields.elements("fields").orElse(List.of())) {
      String name = checked(element.text(), element.path(), schema);
      if (names.contains(name)) {
        throw ElacsymException.invalid(
            element.path() + " is \"" + Strings.shown(name) + "\" for the second time");
      }
      names.add(name);
    }
    if (names.isEmpty()) {
      throw ElacsymException.invalid(fields.path("fields") + " is empty, expected attributes");
    }
    return names;
  }

  private static String checked(String name, JsonPath path, Schema schema) {
    Attribute attribute =
        schema.attribute(name).orElseThrow(() -> DocumentKeys.noAttribute(path, name, schema));
    if (attribute.fullText().isEmpty()) {
      throw ElacsymException.invalid(
          path + " is \"" + name + "\", which the schema does not declare as full_text");
    }
    return name;
  }

  private static Fields weights(Fields fields, List<String> names) {
    JsonNode given =
        fields
            .find("weights")
            .orElseGet(com.fasterxml.jackson.databind.node.JsonNodeFactory.instance::objectNode);
    return Fields.of(given, fields.path("weights"), names);
  }
}
