package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads queries. */
public final class QueryJson {
  private static final Place VECTOR = Place.ROOT.field("vector");
  private static final int DEFAULT_TOP_K = 10;
  private static final int MAX_EFFORT = 1_000_000;

  private static final int MAX_FUSION_CONSTANT = 1_000_000;
  private static final List<String> KEYS =
      List.of(
          "vector",
          "full_text",
          "filter",
          "top_k",
          "include_vector",
          "include_attributes",
          "fusion",
          "recall_target",
          "effort",
          "consistency",
          "explain");
  private static final List<String> FUSION_KEYS =
      List.of("vector_weight", "text_weight", "k", "depth");

  private final Fields fields;
  private final Optional<float[]> vector;

  private QueryJson(Fields fields, Optional<float[]> vector) {
    this.fields = fields;
    this.vector = vector;
  }

  /**
   * Reads a query.
   *
   * @throws ElacsymException {@code INVALID_REQUEST}
   */
  public static QueryRequest read(byte[] body) {
    return Json.read(body, parser -> parse(parser).request());
  }

  /** The vector goes straight into floats, as it does in a document; the rest is small. */
  private static QueryJson parse(JsonParser parser) throws IOException {
    Json.requireObject(parser);
    SmallTree tree = new SmallTree();
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    Optional<float[]> vector = Optional.empty();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (!KEYS.contains(key)) {
        throw Fields.unknown(Place.ROOT, key, KEYS);
      }
      parser.nextToken();
      if (!key.equals("vector")) {
        rest.set(key, tree.read(parser));
      } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
        vector = Optional.of(new VectorJson().read(parser, VECTOR));
      }
    }
    return new QueryJson(Fields.of(rest, Place.ROOT, KEYS), vector);
  }

  private QueryRequest request() {
    Optional<Filter> filter =
        fields.find("filter").map(node -> FilterJson.read(node, fields.place("filter")));
    return new QueryRequest(
        ranking(filter.isPresent()),
        filter,
        fields.integer("top_k", 1, QueryRequest.MAX_TOP_K).orElse(DEFAULT_TOP_K),
        ReadOptions.projection(fields),
        ReadOptions.consistency(fields),
        fields.flag("explain").orElse(false));
  }

  private Ranking ranking(boolean filtered) {
    Optional<Ranking> nearest = vector.map(this::nearest);
    Optional<Ranking> text = fields.find("full_text").map(this::fullText);
    if (nearest.isEmpty()) {
      refuse("recall_target", "a vector");
      refuse("effort", "a vector");
    }
    if (nearest.isPresent() && text.isPresent()) {
      return fusion(nearest.get(), text.get());
    }
    refuse("fusion", "a vector and full_text");
    if (nearest.isEmpty() && text.isEmpty() && !filtered) {
      throw ElacsymException.invalid(
          "the query has none of vector, full_text and filter, expected at least one");
    }
    return nearest.or(() -> text).orElseGet(Ranking.IdOrder::new);
  }

  private void refuse(String key, String needed) {
    if (fields.has(key)) {
      throw ElacsymException.invalid(key + " is given, but the query has not " + needed);
    }
  }

  private Ranking nearest(float[] query) {
    OptionalInt effort = fields.integer("effort", 1, MAX_EFFORT);
    double recall =
        fields
            .number("recall_target", Math.ulp(0.0), 1)
            .orElse(Ranking.Nearest.DEFAULT_RECALL_TARGET);
    return new Ranking.Nearest(VECTOR, Schema.VECTOR, query, recall, effort);
  }

  private Ranking fullText(JsonNode node) {
    return TextQueryJson.read(node, fields.place("full_text"));
  }

  private Ranking fusion(Ranking nearest, Ranking text) {
    JsonNode given = fields.find("fusion").orElseGet(JsonNodeFactory.instance::objectNode);
    Fields fusion = Fields.of(given, fields.place("fusion"), FUSION_KEYS);
    double vectorWeight = fusion.number("vector_weight", 0, Ranking.MAX_WEIGHT).orElse(1);
    double textWeight = fusion.number("text_weight", 0, Ranking.MAX_WEIGHT).orElse(1);
    return new Ranking.Fusion(
        List.of(
            new Ranking.WeightedClause(nearest, vectorWeight),
            new Ranking.WeightedClause(text, textWeight)),
        fusion.integer("k", 1, MAX_FUSION_CONSTANT).orElse(Ranking.Fusion.DEFAULT_CONSTANT),
        fusion.integer("depth", 1, Ranking.Fusion.MAX_DEPTH).orElse(Ranking.Fusion.DEFAULT_DEPTH));
  }
}
