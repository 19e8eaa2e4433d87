package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Ranking.Fusion;
import io.elacsym.engine.model.Ranking.Method;
import io.elacsym.engine.model.Ranking.WeightedClause;
import io.elacsym.engine.model.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads what decides the order of a query's results. */
final class RankingJson {
  /** What a query may say about its order. */
  static final List<String> KEYS =
      List.of(
          "vector", "vector_field", "recall_target", "effort", "full_text", "clauses", "fusion");

  /** What one of several clauses may say. */
  static final List<String> CLAUSE_KEYS =
      List.of("vector", "vector_field", "recall_target", "effort", "full_text", "order", "weight");

  private static final List<String> RANK_KEYS = List.of("method", "k", "depth");
  private static final List<String> PAIR_KEYS =
      List.of("vector_weight", "text_weight", "method", "k", "depth");
  private static final int MAX_EFFORT = 1_000_000;
  private static final int MAX_CONSTANT = 1_000_000;

  private final Fields fields;

  private RankingJson(Fields fields) {
    this.fields = fields;
  }

  /** The ranking of a query; empty when it has none. */
  static Optional<Ranking> read(Fields query, int topK) {
    return new RankingJson(query).ranking(topK);
  }

  private Optional<Ranking> ranking(int topK) {
    Optional<List<Fields.Element>> clauses = fields.elements("clauses");
    Optional<Ranking> nearest = nearest();
    Optional<Ranking> text = text();
    if (clauses.isPresent()) {
      if (nearest.isPresent() || text.isPresent()) {
        throw ElacsymException.invalid(
            fields.place("clauses")
                + " stand beside vector or full_text, expected these as clauses, too");
      }
      return Optional.of(fusion(clauses(clauses.get()), RANK_KEYS, topK));
    }
    if (nearest.isPresent() && text.isPresent()) {
      Fields weights = fusionFields(PAIR_KEYS);
      return Optional.of(
          fusion(
              List.of(
                  new WeightedClause(nearest.get(), weight(weights, "vector_weight")),
                  new WeightedClause(text.get(), weight(weights, "text_weight"))),
              PAIR_KEYS,
              topK));
    }
    refuse("fusion", "a vector and full_text, or clauses");
    return nearest.or(() -> text);
  }

  private Optional<Ranking> nearest() {
    Optional<JsonNode> vector = fields.find("vector");
    if (vector.isEmpty()) {
      refuse("vector_field", "a vector");
      refuse("recall_target", "a vector");
      refuse("effort", "a vector");
      return Optional.empty();
    }
    Optional<String> field = fields.text("vector_field");
    OptionalInt effort = fields.integer("effort", 1, MAX_EFFORT);
    double recall =
        fields
            .number("recall_target", Math.ulp(0.0), 1)
            .orElse(Ranking.Nearest.DEFAULT_RECALL_TARGET);
    // A field that is not there is told of where it is named.
    Place place = fields.place(field.isPresent() ? "vector_field" : "vector");
    return Optional.of(
        new Ranking.Nearest(
            fields.place("vector"),
            place,
            field.orElse(Schema.VECTOR),
            QueryTree.vector(vector.get()),
            recall,
            effort));
  }

  private Optional<Ranking> text() {
    return fields
        .find("full_text")
        .map(node -> TextQueryJson.read(node, fields.place("full_text")));
  }

  private static List<WeightedClause> clauses(List<Fields.Element> elements) {
    List<WeightedClause> clauses = new ArrayList<>(elements.size());
    for (Fields.Element element : elements) {
      Fields fields = Fields.of(element.node(), element.place(), CLAUSE_KEYS);
      RankingJson reader = new RankingJson(fields);
      Optional<Ranking> nearest = reader.nearest();
      Optional<Ranking> text = reader.text();
      Optional<Ranking> order = OrderJson.order(fields).map(Ranking.AttributeOrder::new);
      List<Ranking> given = Stream.of(nearest, text, order).flatMap(Optional::stream).toList();
      if (given.size() != 1) {
        throw ElacsymException.invalid(
            element.place()
                + " has "
                + (given.isEmpty() ? "none" : given.size())
                + " of vector, full_text and order, expected one of them");
      }
      clauses.add(new WeightedClause(given.getFirst(), weight(fields, "weight")));
    }
    return clauses;
  }

  private static double weight(Fields fields, String key) {
    return fields.number(key, 0, Ranking.MAX_WEIGHT).orElse(1);
  }

  private Fields fusionFields(List<String> keys) {
    JsonNode given = fields.find("fusion").orElseGet(JsonNodeFactory.instance::objectNode);
    return Fields.of(given, fields.place("fusion"), keys);
  }

  private Ranking fusion(List<WeightedClause> clauses, List<String> keys, int topK) {
    Fields fusion = fusionFields(keys);
    return new Fusion(
        clauses,
        method(fusion),
        fusion.integer("depth", 1, Fusion.MAX_DEPTH).orElse(Math.max(Fusion.DEFAULT_DEPTH, topK)));
  }

  private static Method method(Fields fusion) {
    OptionalInt constant = fusion.integer("k", 1, MAX_CONSTANT);
    return switch (fusion.text("method").orElse("rank")) {
      case "rank" ->
          new Method.ReciprocalRank(constant.orElse(Method.ReciprocalRank.DEFAULT_CONSTANT));
      case "score" -> {
        if (constant.isPresent()) {
          throw ElacsymException.invalid(
              fusion.place("k") + " is given, but only the method \"rank\" has it");
        }
        yield new Method.NormalizedScore();
      }
      case String other -> throw fusion.unknownWord("method", other, List.of("rank", "score"));
    };
  }

  private void refuse(String key, String needed) {
    if (fields.has(key)) {
      throw ElacsymException.invalid(
          fields.place(key) + " is given, but the query has not " + needed);
    }
  }
}
