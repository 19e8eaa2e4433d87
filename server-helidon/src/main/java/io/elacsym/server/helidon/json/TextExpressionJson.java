package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TermPattern;
import io.elacsym.engine.model.Expansion;
import io.elacsym.engine.model.Fuzziness;
import io.elacsym.engine.model.Minimum;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.TextExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads what {@code query} of {@code full_text} asks for: a text, or an object. */
final class TextExpressionJson {
  private static final List<String> MATCH_KEYS =
      List.of(
          "match",
          "operator",
          "minimum_match",
          "last_as_prefix",
          "max_expansions",
          "fuzzy",
          "boost");
  private static final List<String> PREFIX_KEYS = List.of("prefix", "max_expansions", "boost");
  private static final List<String> GROUP_KEYS =
      List.of("required", "optional", "minimum_match", "excluded", "boost");

  /** By the key that tells the kind, the keys that a part of that kind may have. */
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "match", MATCH_KEYS,
          "phrase", List.of("phrase", "slop", "boost"),
          "prefix", PREFIX_KEYS,
          "exact", List.of("exact", "boost"),
          "required", GROUP_KEYS,
          "optional", GROUP_KEYS);

  private static final List<String> TELLING =
      List.of("match", "phrase", "prefix", "exact", "required", "optional");
  private static final List<String> FUZZY_KEYS =
      List.of("edits", "prefix_length", "max_expansions");

  /** More words or parts than a query may have. */
  private static final int MAX_MINIMUM = 10_000;

  private TextExpressionJson() {}

  static TextExpression read(JsonNode node, Place place) {
    return read(node, place, 1);
  }

  private static TextExpression read(JsonNode node, Place place, int depth) {
    if (depth > TextExpression.MAX_DEPTH) {
      throw ElacsymException.invalid(
          place
              + " is nested deeper than "
              + TextExpression.MAX_DEPTH
              + " parts, expected at most that");
    }
    if (node.isTextual()) {
      return words(place, node.textValue());
    }
    if (!node.isObject()) {
      throw ElacsymException.invalid(
          place + " is " + Json.shown(node) + ", expected a string or an object");
    }
    List<String> kinds = TELLING.stream().filter(node::hasNonNull).toList();
    String kind = kinds.isEmpty() ? lone(node, place) : kinds.getFirst();
    Fields fields = Fields.of(node, place, KINDS.getOrDefault(kind, GROUP_KEYS));
    TextExpression part = part(kind, fields, place, depth);
    OptionalDouble boost =
        fields.number("boost", TextExpression.Boosted.MIN_BOOST, TextExpression.Boosted.MAX_BOOST);
    return boost.isPresent() ? new TextExpression.Boosted(place, part, boost.getAsDouble()) : part;
  }

  /** An object without a key that tells what it is: the first one that is not known, if any. */
  private static String lone(JsonNode node, Place place) {
    List<String> all = KINDS.values().stream().flatMap(List::stream).distinct().sorted().toList();
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!all.contains(name)) {
            throw Fields.unknown(place, name, all);
          }
        });
    throw ElacsymException.invalid(
        place + " has none of " + String.join(", ", TELLING) + ", expected one of them");
  }

  private static TextExpression part(String kind, Fields fields, Place place, int depth) {
    return switch (kind) {
      case "match" -> match(fields, place);
      case "phrase" ->
          new TextExpression.Phrase(
              place,
              fields.text(kind).orElseThrow(),
              fields.integer("slop", 0, TextExpression.Phrase.MAX_SLOP).orElse(0));
      case "prefix" ->
          new TextExpression.Words(
              place,
              fields.text(kind).orElseThrow(),
              Minimum.ALL,
              true,
              Optional.empty(),
              expansions(fields));
      case "exact" -> new TextExpression.Exact(place, fields.text(kind).orElseThrow());
      default -> group(fields, place, depth);
    };
  }

  private static TextExpression.Words words(Place place, String text) {
    return new TextExpression.Words(
        place, text, Minimum.ONE, false, Optional.empty(), Expansion.DEFAULT);
  }

  private static TextExpression match(Fields fields, Place place) {
    return new TextExpression.Words(
        place,
        fields.text("match").orElseThrow(),
        minimumOfWords(fields),
        fields.flag("last_as_prefix").orElse(false),
        fields.find("fuzzy").flatMap(node -> fuzzy(fields, node)),
        expansions(fields));
  }

  private static int expansions(Fields fields) {
    return fields.integer("max_expansions", 1, Expansion.MAX).orElse(Expansion.DEFAULT);
  }

  private static Minimum minimumOfWords(Fields fields) {
    Optional<String> operator = fields.text("operator");
    if (operator.isPresent() && fields.has("minimum_match")) {
      throw ElacsymException.invalid(
          fields.place("minimum_match") + " is given beside operator, expected one of them");
    }
    if (operator.isPresent()) {
      return switch (operator.get()) {
        case "or" -> Minimum.ONE;
        case "and" -> Minimum.ALL;
        case String other -> throw fields.unknownWord("operator", other, List.of("or", "and"));
      };
    }
    return minimum(fields, 1).orElse(Minimum.ONE);
  }

  private static Optional<Minimum> minimum(Fields fields, int least) {
    Optional<JsonNode> given = fields.find("minimum_match");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (!given.get().isTextual()) {
      return Optional.of(
          new Minimum.Count(fields.integer("minimum_match", least, MAX_MINIMUM).getAsInt()));
    }
    String text = given.get().textValue();
    if (!text.matches("([1-9][0-9]?|100)%")) {
      throw fields.wrong(
          "minimum_match", given.get(), "a whole number or a share from \"1%\" to \"100%\"");
    }
    return Optional.of(new Minimum.Percent(Integer.parseInt(text.substring(0, text.length() - 1))));
  }

  /** True or false, a number of edits, or an object. */
  private static Optional<Fuzziness> fuzzy(Fields fields, JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue() ? Optional.of(Fuzziness.AUTO) : Optional.empty();
    }
    if (node.isObject()) {
      Fields fuzzy = Fields.of(node, fields.place("fuzzy"), FUZZY_KEYS);
      return Optional.of(
          new Fuzziness(
              fuzzy.integer("edits", 0, TermPattern.Fuzzy.MAX_EDITS),
              fuzzy.integer("prefix_length", 0, Fuzziness.MAX_EXACT_PREFIX).orElse(0),
              expansions(fuzzy)));
    }
    if (!node.isIntegralNumber()) {
      throw fields.wrong(
          "fuzzy",
          node,
          "true, false, a number of edits or an object with " + String.join(", ", FUZZY_KEYS));
    }
    OptionalInt edits = fields.integer("fuzzy", 0, TermPattern.Fuzzy.MAX_EDITS);
    return Optional.of(new Fuzziness(edits, 0, Expansion.DEFAULT));
  }

  private static TextExpression group(Fields fields, Place place, int depth) {
    List<TextExpression> required = parts(fields, "required", depth);
    return new TextExpression.Group(
        place,
        required,
        parts(fields, "optional", depth),
        minimum(fields, 0).orElse(required.isEmpty() ? Minimum.ONE : new Minimum.Count(0)),
        parts(fields, "excluded", depth));
  }

  /** An array of parts, or one. */
  private static List<TextExpression> parts(Fields fields, String key, int depth) {
    Optional<JsonNode> given = fields.find(key);
    if (given.isPresent() && !given.get().isArray()) {
      return List.of(read(given.get(), fields.place(key), depth + 1));
    }
    List<TextExpression> parts = new ArrayList<>();
    for (Fields.Element element : fields.elements(key).orElse(List.of())) {
      parts.add(read(element.node(), element.place(), depth + 1));
    }
    return parts;
  }
}
