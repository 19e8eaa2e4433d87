package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Queries of one request.
 *
 * @param many whether the request has them in an array, and so the answer its results
 * @param requests at least one
 * @param cursors for each, how its cursors are written
 */
public record QueryJson(boolean many, List<QueryRequest> requests, List<CursorJson> cursors) {
  /** What a query may say. */
  static final List<String> KEYS =
      Stream.of(
              RankingJson.KEYS,
              List.of("order", "filter", "top_k", "cursor", "distinct"),
              AggregationJson.KEYS,
              List.of("include_vector", "include_attributes", "consistency", "explain"))
          .flatMap(List::stream)
          .toList();

  private static final String MANY = "queries";
  private static final List<String> ALL_KEYS =
      Stream.concat(KEYS.stream(), Stream.of(MANY)).toList();
  private static final List<String> KEYS_OF_MANY = List.of(MANY, "consistency");
  private static final int MAX_QUERIES = 16;

  /**
   * Reads a query, or several.
   *
   * @throws ElacsymException {@code INVALID_REQUEST}
   */
  public static QueryJson read(byte[] body) {
    return Json.read(body, QueryJson::read);
  }

  private static QueryJson read(JsonParser parser) throws IOException {
    Json.requireObject(parser);
    ObjectNode root = new QueryTree().query(parser, Place.ROOT, ALL_KEYS);
    if (root.has(MANY)) {
      return many(Fields.of(root, Place.ROOT, KEYS_OF_MANY));
    }
    CursorJson cursors = new CursorJson(root);
    return new QueryJson(
        false, List.of(query(Fields.of(root, Place.ROOT, KEYS), cursors)), List.of(cursors));
  }

  private static QueryJson many(Fields fields) {
    Consistency consistency = ReadOptions.consistency(fields);
    List<Fields.Element> elements = fields.elements(MANY).orElse(List.of());
    if (elements.isEmpty() || elements.size() > MAX_QUERIES) {
      throw ElacsymException.invalid(
          fields.place(MANY)
              + " has "
              + elements.size()
              + " elements, expected 1 to "
              + MAX_QUERIES);
    }
    List<QueryRequest> requests = new ArrayList<>();
    List<CursorJson> cursors = new ArrayList<>();
    for (Fields.Element element : elements) {
      Fields query = Fields.of(element.node(), element.place(), KEYS);
      if (query.has("consistency")) {
        throw ElacsymException.invalid(
            query.place("consistency")
                + " is given for one of several queries, expected it beside queries, for all");
      }
      cursors.add(new CursorJson((ObjectNode) element.node()));
      requests.add(query(query, cursors.getLast()).withConsistency(consistency));
    }
    return new QueryJson(true, requests, cursors);
  }

  private static QueryRequest query(Fields fields, CursorJson cursors) {
    Optional<Filter> filter =
        fields.find("filter").map(node -> FilterJson.read(node, fields.place("filter")));
    Aggregation aggregation = AggregationJson.read(fields);
    int least = aggregation.isEmpty() ? 1 : 0;
    int topK =
        fields.integer("top_k", least, QueryRequest.MAX_TOP_K).orElse(QueryRequest.DEFAULT_TOP_K);
    Optional<Ranking> ranking = ranking(fields, topK);
    if (ranking.isEmpty() && filter.isEmpty() && aggregation.isEmpty()) {
      throw ElacsymException.invalid(
          fields.whole()
              + " has none of vector, full_text, clauses, order, filter, aggregates, facets and"
              + " group_by, expected at least one");
    }
    Optional<Cursor> cursor =
        fields.text("cursor").map(text -> cursors.read(text, fields.place("cursor")));
    return QueryRequest.of(ranking.orElseGet(Ranking.IdOrder::new))
        .withFilter(filter)
        .withTopK(topK)
        .withCursor(cursor)
        .withDistinct(
            fields.find("distinct").map(node -> OrderJson.distinct(node, fields.place("distinct"))))
        .withAggregation(aggregation)
        .withProjection(ReadOptions.projection(fields))
        .withConsistency(ReadOptions.consistency(fields))
        .withExplain(fields.flag("explain").orElse(false));
  }

  private static Optional<Ranking> ranking(Fields fields, int topK) {
    Optional<Ranking> byScore = RankingJson.read(fields, topK);
    Optional<Ranking> byFields = OrderJson.order(fields).map(Ranking.AttributeOrder::new);
    if (byScore.isPresent() && byFields.isPresent()) {
      throw ElacsymException.invalid(
          fields.place("order")
              + " is given beside vector, full_text or clauses, expected one order");
    }
    return byScore.or(() -> byFields);
  }

  /** The text of a cursor that stands in the result of one of the queries. */
  public String cursor(int query, Cursor cursor) {
    return cursors.get(query).write(cursor);
  }
}
