package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Aggregate;
import io.elacsym.engine.model.Aggregate.Function;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.Grouping;
import io.elacsym.engine.model.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads what a query wants to know of its documents together. */
final class AggregationJson {
  /** What a query may say about it. */
  static final List<String> KEYS = List.of("aggregates", "facets", "group_by");

  private static final String COUNT = "count";
  private static final List<String> FUNCTIONS =
      Stream.concat(
              Stream.of(COUNT), Arrays.stream(Function.values()).map(function -> function.id()))
          .toList();
  private static final List<String> GROUP_KEYS = List.of("fields", "aggregates", "limit");
  private static final List<String> KEY_KEYS = List.of("field", "label");

  private AggregationJson() {}

  static Aggregation read(Fields query) {
    return new Aggregation(
        labelled(query, "aggregates", AggregationJson::aggregate),
        labelled(query, "facets", FacetJson::read),
        query.find("group_by").map(node -> grouping(node, query.place("group_by"))));
  }

  /** An object whose keys are labels. */
  private static <T> SequencedMap<String, T> labelled(
      Fields fields, String name, BiFunction<JsonNode, Place, T> read) {
    SequencedMap<String, T> labelled = new LinkedHashMap<>();
    Optional<JsonNode> given = fields.find(name);
    if (given.isEmpty()) {
      return labelled;
    }
    if (!given.get().isObject()) {
      throw fields.wrong(name, given.get(), "an object whose keys are labels of your own");
    }
    given
        .get()
        .properties()
        .forEach(entry ->
            labelled.put(
                entry.getKey(),
                read.apply(entry.getValue(), fields.place(name).field(entry.getKey()))));
    return labelled;
  }

  private static Aggregate aggregate(JsonNode node, Place place) {
    Fields fields = Fields.of(node, place, FUNCTIONS);
    List<String> given = FUNCTIONS.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      throw ElacsymException.invalid(
          place
              + " has "
              + (given.isEmpty() ? "none" : String.join(", ", given))
              + ", expected one of "
              + String.join(", ", FUNCTIONS));
    }
    String name = given.getFirst();
    if (name.equals(COUNT)) {
      if (!fields.flag(COUNT).orElse(false)) {
        throw ElacsymException.invalid(fields.place(COUNT) + " is false, expected true");
      }
      return new Aggregate.Count();
    }
    Function function =
        Arrays.stream(Function.values())
            .filter(known -> known.id().equals(name))
            .findFirst()
            .orElseThrow();
    return new Aggregate.OfValues(fields.place(name), function, fields.text(name).orElseThrow());
  }

  private static Grouping grouping(JsonNode node, Place place) {
    Fields fields = Fields.of(node, place, GROUP_KEYS);
    fields.require("fields", "an array of attributes");
    List<Grouping.Key> keys = new ArrayList<>();
    for (Fields.Element element : fields.elements("fields").orElse(List.of())) {
      keys.add(key(element));
    }
    return new Grouping(
        keys,
        labelled(fields, "aggregates", AggregationJson::aggregate),
        fields.integer("limit", 1, Grouping.MAX_LIMIT).orElse(Grouping.MAX_LIMIT));
  }

  private static Grouping.Key key(Fields.Element element) {
    if (element.node().isTextual()) {
      return new Grouping.Key(element.place(), element.text(), element.text());
    }
    if (!element.node().isObject()) {
      throw ElacsymException.invalid(
          element.place()
              + " is "
              + Json.shown(element.node())
              + ", expected the name of an attribute, or an object with field and label");
    }
    Fields fields = Fields.of(element.node(), element.place(), KEY_KEYS);
    fields.require("field", "the name of an attribute");
    String field = fields.text("field").orElseThrow();
    return new Grouping.Key(fields.place("field"), fields.text("label").orElse(field), field);
  }
}
