package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Distinct;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads by which fields results are ordered, and of which values there may be few. */
final class OrderJson {
  private static final List<String> ORDER_KEYS = List.of("field", "desc", "missing");
  private static final List<String> DISTINCT_KEYS = List.of("field", "fields", "limit");

  private OrderJson() {}

  /** The keys of an order; empty when the query has none. */
  static Optional<List<SortKey>> order(Fields query) {
    return query
        .elements("order")
        .map(elements -> {
          if (elements.isEmpty()) {
            throw ElacsymException.invalid(query.place("order") + " is empty, expected fields");
          }
          List<SortKey> keys = new ArrayList<>();
          elements.forEach(element -> keys.add(key(element)));
          return keys;
        });
  }

  private static SortKey key(Fields.Element element) {
    Fields fields = Fields.of(element.node(), element.place(), ORDER_KEYS);
    fields.require("field", "the name of an attribute, or id");
    boolean missingFirst =
        switch (fields.text("missing").orElse("last")) {
          case "first" -> true;
          case "last" -> false;
          case String other -> throw fields.unknownWord("missing", other, List.of("first", "last"));
        };
    return new SortKey(
        fields.place("field"),
        fields.text("field").orElseThrow(),
        fields.flag("desc").orElse(false),
        missingFirst);
  }

  static Distinct distinct(JsonNode node, Place place) {
    Fields fields = Fields.of(node, place, DISTINCT_KEYS);
    if (fields.has("field") == fields.has("fields")) {
      throw ElacsymException.invalid(
          fields.place("field") + ": expected exactly one of field and fields");
    }
    List<Distinct.Field> names =
        fields
            .text("field")
            .map(one -> List.of(new Distinct.Field(fields.place("field"), one)))
            .orElseGet(() ->
                fields.elements("fields").orElse(List.of()).stream()
                    .map(element -> new Distinct.Field(element.place(), element.text()))
                    .toList());
    return new Distinct(names, fields.integer("limit", 1, QueryRequest.MAX_TOP_K).orElse(1));
  }
}
