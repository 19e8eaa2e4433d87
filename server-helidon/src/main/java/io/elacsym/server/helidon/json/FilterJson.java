package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads filters: {@code {"field":..,"op":..,"value":..}} and {@code
 * {"type":"and|or|not","conditions":[..]}}.
 */
final class FilterJson {
  private static final List<String> GROUP_KEYS = List.of("type", "conditions");
  private static final List<String> GROUPS = List.of("and", "or", "not");
  private static final List<String> CONDITION_KEYS = List.of("field", "op", "value");

  private static final String NEW = "new";

  private FilterJson() {}

  static Filter read(JsonNode node, Place place) {
    return node.has("type") || node.has("conditions")
        ? group(Fields.of(node, place, GROUP_KEYS))
        : condition(Fields.of(node, place, CONDITION_KEYS), place);
  }

  private static Filter group(Fields fields) {
    String type = fields.require("type", "and, or or not").asText();
    List<Filter> parts = new ArrayList<>();
    for (Fields.Element part :
        fields
            .elements("conditions")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.place("conditions") + " is missing, expected an array of filters"))) {
      parts.add(read(part.node(), part.place()));
    }
    return switch (type) {
      case "and" -> new Filter.And(parts);
      case "or" -> new Filter.Or(parts);
      case "not" -> {
        if (parts.size() != 1) {
          throw ElacsymException.invalid(
              fields.place("conditions") + " has " + parts.size() + " filters, expected 1 for not");
        }
        yield new Filter.Not(parts.getFirst());
      }
      default -> throw fields.unknownWord("type", type, GROUPS);
    };
  }

  private static Filter condition(Fields fields, Place place) {
    String field =
        fields
            .text("field")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.place("field") + " is missing, expected the name of an attribute"));
    String op =
        fields
            .text("op")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.place("op")
                        + " is missing, expected one of "
                        + String.join(", ", Operator.ids())));
    Operator operator =
        Operator.byId(op).orElseThrow(() -> fields.unknownWord("op", op, Operator.ids()));
    return new Filter.Condition(
        Filter.Places.in(place), field, operator, fields.find("value").map(FilterJson::operand));
  }

  /** A value, or {@code {"new":"attribute"}} for what a write brings. */
  private static Given operand(JsonNode node) {
    return node.isObject() && node.size() == 1 && node.path(NEW).isTextual()
        ? new Given.Incoming(node.path(NEW).textValue())
        : GivenJson.of(node);
  }
}
