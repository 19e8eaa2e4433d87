package io.elacsym.server.helidon.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads filters: {@code {"field":..,"op":..,"value":..}} and {@code
 * {"type":"and|or|not","conditions":[..]}}. An operand becomes a value of the field's type.
 */
public final class FilterJson {
  /** Deepest nesting of {@code and}, {@code or} and {@code not}. */
  public static final int MAX_DEPTH = Filter.MAX_DEPTH;

  /** Most operands of all conditions of a filter together. */
  public static final int MAX_OPERANDS = Filter.MAX_VALUES;

  /** Most characters of all operands of a filter together: as many as one string may have. */
  public static final int MAX_OPERAND_CHARACTERS = Strings.MAX_BYTES;

  /** Most conditions in one filter. */
  public static final int MAX_CONDITIONS = Filter.MAX_CONDITIONS;

  private static final List<String> GROUP_KEYS = List.of("type", "conditions");
  private static final List<String> LEAF_KEYS = List.of("field", "op", "value");
  private static final List<String> OPERATORS =
      List.of(
          "eq",
          "ne",
          "gt",
          "gte",
          "lt",
          "lte",
          "contains",
          "contains_any",
          "contains_all",
          "in",
          "not_in",
          "exists",
          "prefix",
          "glob");

  private final Schema schema;
  private int conditions;
  private int operands;
  private long characters;

  private FilterJson(Schema schema) {
    this.schema = schema;
  }

  static Filter read(JsonNode node, Schema schema, JsonPath path) {
    return new FilterJson(schema).filter(node, path, 0);
  }

  /**
   * @param depth how many groups it stands in
   */
  private Filter filter(JsonNode node, JsonPath path, int depth) {
    if (++conditions > MAX_CONDITIONS) {
      throw ElacsymException.invalid("the filter has more than " + MAX_CONDITIONS + " conditions");
    }
    if (node.has("type") || node.has("conditions")) {
      if (depth == MAX_DEPTH) {
        throw ElacsymException.invalid("the filter is nested deeper than " + MAX_DEPTH);
      }
      return group(Fields.of(node, path, GROUP_KEYS), depth);
    }
    return leaf(Fields.of(node, path, LEAF_KEYS));
  }

  private Filter group(Fields fields, int depth) {
    String type = fields.require("type", "and, or or not").asText();
    List<Filter> parts = new ArrayList<>();
    for (Fields.Element part :
        fields
            .elements("conditions")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.path("conditions") + " is missing, expected an array of filters"))) {
      parts.add(filter(part.node(), part.path(), depth + 1));
    }
    return switch (type) {
      case "and" -> new Filter.And(parts);
      case "or" -> new Filter.Or(parts);
      case "not" -> {
        if (parts.size() != 1) {
          throw ElacsymException.invalid(
              fields.path("conditions") + " has " + parts.size() + " filters, expected 1 for not");
        }
        yield new Filter.Not(parts.getFirst());
      }
      default ->
          throw ElacsymException.invalid(
              fields.path("type") + " is \"" + Strings.shown(type) + "\", expected and, or or not");
    };
  }

  private Filter leaf(Fields fields) {
    String field =
        fields
            .text("field")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.path("field") + " is missing, expected the name of an attribute"));
    String op =
        fields
            .text("op")
            .orElseThrow(() ->
                ElacsymException.invalid(
                    fields.path("op")
                        + " is missing, expected one of "
                        + String.join(", ", OPERATORS)));
    if (!OPERATORS.contains(op)) {
      throw ElacsymException.invalid(
          fields.path("op")
              + " is \""
              + Strings.shown(op)
              + "\", expected one of "
              + String.join(", ", OPERATORS));
    }
    fields.find("value").ifPresent(this::countOperands);
    return leaf(fields, target(fields, field), op);
  }

  private void countOperands(JsonNode value) {
    operands += Math.max(1, value.size());
    characters += value.isTextual() ? value.textValue().length() : 0;
    for (JsonNode element : value) {
      characters += element.isTextual() ? element.textValue().length() : 0;
    }
    if (operands > MAX_OPERANDS) {
      throw tooLarge(MAX_OPERANDS + " values");
    }
    if (characters > MAX_OPERAND_CHARACTERS) {
      throw tooLarge(MAX_OPERAND_CHARACTERS + " characters in its values");
    }
  }

  private static ElacsymException tooLarge(String what) {
    return new ElacsymException(
        ErrorKind.TOO_LARGE, "the filter has more than " + what + "; ask in several requests");
  }

  private static Filter leaf(Fields fields, Target target, String op) {
    String field = target.name();
    return switch (op) {
      case "eq" -> new Filter.Equal(field, target.scalar(fields, op, "contains"));
      case "ne" -> new Filter.NotEqual(field, target.scalar(fields, op, "not and contains"));
      case "gt" -> compare(fields, target, op, Filter.Order.GREATER);
      case "gte" -> compare(fields, target, op, Filter.Order.GREATER_OR_EQUAL);
      case "lt" -> compare(fields, target, op, Filter.Order.LESS);
      case "lte" -> compare(fields, target, op, Filter.Order.LESS_OR_EQUAL);
      case "in" -> new Filter.In(field, target.list(fields, op, false));
      case "not_in" -> new Filter.NotIn(field, target.list(fields, op, false));
      case "contains" -> contains(fields, target);
      case "contains_any" ->
          containsList(fields, target, op, Filter.ContainsAny::new, Filter.SubstringAny::new);
      case "contains_all" ->
          containsList(fields, target, op, Filter.ContainsAll::new, Filter.SubstringAll::new);
      case "exists" -> new Filter.Exists(field, fields.flag("value").orElse(true));
      case "prefix" -> new Filter.Prefix(field, target.pattern(fields, op));
      case "glob" -> new Filter.Glob(field, target.pattern(fields, op));
      default -> throw new IllegalStateException("operator " + op + " is listed but not read");
    };
  }

  private static Filter compare(Fields fields, Target target, String op, Filter.Order order) {
    if (target.element().equals(Optional.of(AttributeType.BOOL))) {
      throw target.unfit(fields, op, "eq or ne");
    }
    return new Filter.Compare(target.name(), order, target.scalar(fields, op, "contains_any"));
  }

  private static Filter contains(Fields fields, Target target) {
    if (target.array()) {
      return new Filter.ContainsAny(target.name(), List.of(target.operand(fields)));
    }
    return new Filter.Substring(target.name(), target.part(fields, "contains"));
  }

  private static Filter containsList(
      Fields fields,
      Target target,
      String op,
      BiFunction<String, List<Value.Scalar>, Filter> ofArray,
      BiFunction<String, List<String>, Filter> ofParts) {
    List<Value.Scalar> values = target.list(fields, op, true);
    if (target.array()) {
      return ofArray.apply(target.name(), values);
    }
    List<String> parts = new ArrayList<>();
    for (Value.Scalar value : values) {
      if (!(value instanceof Value.Text text)) {
        throw target.unfit(fields, op, "in");
      }
      parts.add(text.value());
    }
    return ofParts.apply(target.name(), parts);
  }

  private Target target(Fields fields, String field) {
    if (field.equals(Schema.ID)) {
      return new Target(field, false, Optional.empty());
    }
    return schema
        .attribute(field)
        .map(attribute ->
            new Target(field, attribute.type().isArray(), Optional.of(attribute.type().element())))
        .orElseThrow(() -> DocumentKeys.noAttribute(fields.path("field"), field, schema));
  }

  /**
   * The field of a condition.
   *
   * @param element the type of its value, or of one element; empty for the id
   */
  private record Target(String name, boolean array, Optional<AttributeType> element) {
    /** The operand of an operator that arrays do not have. */
    Value.Scalar scalar(Fields fields, String op, String better) {
      if (array) {
        throw unfit(fields, op, better);
      }
      return operand(fields);
    }

    Value.Scalar operand(Fields fields) {
      return value(fields.require("value", expectation()), fields.path("value"));
    }

    /** A list operand; {@code forArrays} says for which fields the operator is. */
    List<Value.Scalar> list(Fields fields, String op, boolean forArrays) {
      if (array && !forArrays) {
        throw unfit(fields, op, "contains_any");
      }
      if (!array && forArrays && !element.equals(Optional.of(AttributeType.STRING))) {
        throw unfit(fields, op, "in");
      }
      return fields
          .elements("value")
          .orElseThrow(() ->
              ElacsymException.invalid(
                  fields.path("value") + " is missing, expected an array of " + expectation()))
          .stream()
          .map(part -> value(part.node(), part.path()))
          .toList();
    }

    /** A text operand of an operator for strings. */
    String part(Fields fields, String op) {
      if (!element.equals(Optional.of(AttributeType.STRING))) {
        throw unfit(fields, op, "eq");
      }
      return fields
          .text("value")
          .orElseThrow(() ->
              ElacsymException.invalid(fields.path("value") + " is missing, expected string"));
    }

    /** A text operand of an operator for strings and ids that are strings. */
    String pattern(Fields fields, String op) {
      if (element.isPresent()) {
        return part(fields, op);
      }
      return fields.text("value").orElseThrow(() -> unfit(fields, op, "eq"));
    }

    private Value.Scalar value(JsonNode node, JsonPath path) {
      if (element.isPresent()) {
        return ValueJson.readScalar(node, element.get(), path);
      }
      return switch (IdJson.read(node, path)) {
        case DocId.Uint uint -> new Value.Uint(uint.value());
        case DocId.Text text -> new Value.Text(text.value());
      };
    }

    private String expectation() {
      return element.map(AttributeType::id).orElse("an id");
    }

    ElacsymException unfit(Fields fields, String op, String better) {
      String type = (array ? "array_" : "") + element.map(AttributeType::id).orElse("the id");
      return ElacsymException.invalid(
          fields.path("op")
              + " is \""
              + op
              + "\", which '"
              + name
              + "' ("
              + type
              + ") does not have; use "
              + better);
    }
  }
}
