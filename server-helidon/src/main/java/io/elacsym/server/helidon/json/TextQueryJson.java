package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Ranking.Combining;
import io.elacsym.engine.model.TextExpression;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads {@code full_text} of a query. */
final class TextQueryJson {
  private static final List<String> KEYS =
      List.of("field", "fields", "query", "weights", "combine", "tie_breaker");

  private TextQueryJson() {}

  static Ranking.Bm25 read(JsonNode node, Place place) {
    Fields fields = Fields.of(node, place, KEYS);
    List<Fields.Name> names = names(fields);
    Fields weights = weights(fields, names.stream().map(Fields.Name::text).toList());
    TextExpression query =
        TextExpressionJson.read(
            fields.require("query", "the text to search for, or an object"), fields.place("query"));
    return new Ranking.Bm25(
        names.stream()
            .map(name ->
                new Ranking.WeightedField(
                    name.place(),
                    name.text(),
                    weights.number(name.text(), Math.ulp(0.0), Ranking.MAX_WEIGHT).orElse(1)))
            .toList(),
        query,
        combining(fields));
  }

  private static Combining combining(Fields fields) {
    String combine = fields.text("combine").orElse("sum");
    OptionalDouble tieBreaker = fields.number("tie_breaker", 0, 1);
    if (tieBreaker.isPresent() && !combine.equals("best")) {
      throw ElacsymException.invalid(
          fields.place("tie_breaker") + " is given, but only combine \"best\" has it");
    }
    return switch (combine) {
      case "sum" -> new Combining.Sum();
      case "best" -> new Combining.Best(tieBreaker.orElse(0));
      case "bm25f" -> new Combining.OneText();
      case String other ->
          throw fields.unknownWord("combine", other, List.of("sum", "best", "bm25f"));
    };
  }

  private static List<Fields.Name> names(Fields fields) {
    if (fields.has("field") == fields.has("fields")) {
      throw ElacsymException.invalid(
          fields.place("field") + ": expected exactly one of field and fields");
    }
    Optional<String> one = fields.text("field");
    if (one.isPresent()) {
      return List.of(new Fields.Name(one.get(), fields.place("field")));
    }
    List<Fields.Name> names =
        fields.elements("fields").orElse(List.of()).stream()
            .map(element -> new Fields.Name(element.text(), element.place()))
            .toList();
    if (names.isEmpty()) {
      throw ElacsymException.invalid(fields.place("fields") + " is empty, expected attributes");
    }
    return names;
  }

  private static Fields weights(Fields fields, List<String> names) {
    JsonNode given = fields.find("weights").orElseGet(JsonNodeFactory.instance::objectNode);
    return Fields.of(given, fields.place("weights"), names);
  }
}
