package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;

/** Checks a filter against a schema and brings its operands to the types of its fields. */
public final class TypedFilter {
  private final Schema schema;
  private final Optional<DocId.Kind> idKind;
  private int conditions;
  private int values;
  private int patternChars;

  private TypedFilter(Schema schema, Optional<DocId.Kind> idKind) {
    this.schema = schema;
    this.idKind = idKind;
  }

  /**
   * @return the same filter with operands of exactly the fields' types
   * @throws ElacsymException {@code INVALID_REQUEST} naming field, operator, value and expectation
   */
  public static Filter check(Filter filter, Schema schema, Optional<DocId.Kind> idKind) {
    return new TypedFilter(schema, idKind).checked(filter, 0);
  }

  private Filter checked(Filter filter, int depth) {
    if (!(filter instanceof Filter.Leaf) && depth >= Filter.MAX_DEPTH) {
      throw ElacsymException.invalid(
          "groups of the filter are nested deeper than " + Filter.MAX_DEPTH);
    }
    if (++conditions > Filter.MAX_CONDITIONS) {
      throw ElacsymException.invalid(
          "the filter has more than " + Filter.MAX_CONDITIONS + " conditions");
    }
    return switch (filter) {
      case Filter.And and -> new Filter.And(all(and.conditions(), depth));
      case Filter.Or or -> new Filter.Or(all(or.conditions(), depth));
      case Filter.Not not -> new Filter.Not(checked(not.condition(), depth + 1));
      case Filter.Leaf leaf -> {
        limit(leaf);
        yield leaf(leaf, leaf.field().equals(Schema.ID) ? idType(leaf) : type(leaf.field()));
      }
    };
  }

  /** Counts what takes memory and time for as long as the filter is used. */
  private void limit(Filter.Leaf leaf) {
    switch (leaf) {
      case Filter.In f -> values += f.values().size();
      case Filter.NotIn f -> values += f.values().size();
      case Filter.ContainsAny f -> values += f.values().size();
      case Filter.ContainsAll f -> values += f.values().size();
      case Filter.SubstringAny f -> parts(f.parts());
      case Filter.SubstringAll f -> parts(f.parts());
      case Filter.Substring f -> parts(List.of(f.part()));
      case Filter.Prefix f -> parts(List.of(f.prefix()));
      case Filter.Glob f -> parts(List.of(f.pattern()));
      case Filter.Equal f -> values++;
      case Filter.NotEqual f -> values++;
      case Filter.Compare f -> values++;
      case Filter.Exists f -> {
        // Has no operand that takes room.
      }
    }
    if (values > Filter.MAX_VALUES) {
      throw ElacsymException.invalid(
          "the filter has more than " + Filter.MAX_VALUES + " values; ask in parts");
    }
    if (patternChars > Filter.MAX_PATTERN_CHARS) {
      throw ElacsymException.invalid(
          "the parts, prefixes and globs of the filter have more than "
              + Filter.MAX_PATTERN_CHARS
              + " characters together; ask in parts");
    }
  }

  private void parts(List<String> parts) {
    values += parts.size();
    for (String part : parts) {
      patternChars = (int) Math.min(Integer.MAX_VALUE, (long) patternChars + part.length());
    }
  }

  private List<Filter> all(List<Filter> conditions, int depth) {
    return conditions.stream().map(condition -> checked(condition, depth + 1)).toList();
  }

  /** While there are no ids yet, the operand decides: both kinds are right, and match nothing. */
  private AttributeType idType(Filter.Leaf leaf) {
    boolean text =
        idKind
            .map(kind -> kind == DocId.Kind.STRING)
            .orElseGet(() ->
                switch (leaf) {
                  case Filter.Equal f -> f.value() instanceof Value.Text;
                  case Filter.NotEqual f -> f.value() instanceof Value.Text;
                  case Filter.Compare f -> f.value() instanceof Value.Text;
                  case Filter.In f -> f.values().stream().anyMatch(Value.Text.class::isInstance);
                  case Filter.NotIn f -> f.values().stream().anyMatch(Value.Text.class::isInstance);
                  case Filter.Substring f -> true;
                  case Filter.SubstringAny f -> true;
                  case Filter.SubstringAll f -> true;
                  case Filter.Prefix f -> true;
                  case Filter.Glob f -> true;
                  case Filter.ContainsAny f -> false;
                  case Filter.ContainsAll f -> false;
                  case Filter.Exists f -> false;
                });
    return text ? AttributeType.STRING : AttributeType.UINT;
  }

  private AttributeType type(String field) {
    return schema
        .attribute(field)
        .orElseThrow(() ->
            ElacsymException.invalid(
                schema.vector(field).isPresent()
                    ? "filter on '" + field + "': vectors cannot be filtered"
                    : "filter on unknown attribute '"
                        + Strings.shown(field)
                        + "'; known are "
                        + schema.attributes().keySet()))
        .type();
  }

  private static Filter leaf(Filter.Leaf leaf, AttributeType type) {
    String field = leaf.field();
    return switch (leaf) {
      case Filter.Equal f -> {
        refuseArray(field, "eq", type);
        yield new Filter.Equal(field, typed(field, type, f.value()));
      }
      case Filter.NotEqual f -> {
        refuseArray(field, "ne", type);
        yield new Filter.NotEqual(field, typed(field, type, f.value()));
      }
      case Filter.Compare f -> {
        refuseArray(field, f.order().id(), type);
        if (type == AttributeType.BOOL) {
          throw ElacsymException.invalid(
              "filter " + f.order().id() + " on '" + field + "': bool values have no order");
        }
        yield new Filter.Compare(field, f.order(), typed(field, type, f.value()));
      }
      case Filter.In f -> {
        refuseArray(field, "in", type);
        yield new Filter.In(field, typed(field, type, f.values()));
      }
      case Filter.NotIn f -> {
        refuseArray(field, "not_in", type);
        yield new Filter.NotIn(field, typed(field, type, f.values()));
      }
      case Filter.Substring f -> {
        requireString(field, "contains", type);
        yield f;
      }
      case Filter.SubstringAny f -> {
        requireString(field, "contains_any", type);
        yield f;
      }
      case Filter.SubstringAll f -> {
        requireString(field, "contains_all", type);
        yield f;
      }
      case Filter.ContainsAny f -> {
        requireArray(field, "contains_any", type);
        yield new Filter.ContainsAny(field, typed(field, type.element(), f.values()));
      }
      case Filter.ContainsAll f -> {
        requireArray(field, "contains_all", type);
        yield new Filter.ContainsAll(field, typed(field, type.element(), f.values()));
      }
      case Filter.Prefix f -> {
        requireText(field, "prefix", type);
        yield f;
      }
      case Filter.Glob f -> {
        requireText(field, "glob", type);
        Glob.compile(f.pattern());
        yield f;
      }
      case Filter.Exists f -> f;
    };
  }

  private static void refuseArray(String field, String op, AttributeType type) {
    if (type.isArray()) {
      throw ElacsymException.invalid(
          "filter "
              + op
              + " on '"
              + field
              + "': it is "
              + type.id()
              + ", use contains, contains_any or contains_all");
    }
  }

  private static void requireArray(String field, String op, AttributeType type) {
    if (!type.isArray()) {
      throw wrongType(op, field, type, "an array");
    }
  }

  private static void requireString(String field, String op, AttributeType type) {
    if (type != AttributeType.STRING) {
      throw wrongType(op, field, type, "string");
    }
  }

  private static void requireText(String field, String op, AttributeType type) {
    if (type.element() != AttributeType.STRING) {
      throw wrongType(op, field, type, "string or array_string");
    }
  }

  private static ElacsymException wrongType(
      String op, String field, AttributeType type, String expected) {
    return ElacsymException.invalid(
        "filter " + op + " on '" + field + "': it is " + type.id() + ", expected " + expected);
  }

  private static List<Value.Scalar> typed(
      String field, AttributeType type, List<Value.Scalar> values) {
    return values.stream().map(value -> typed(field, type, value)).toList();
  }

  private static Value.Scalar typed(String field, AttributeType type, Value.Scalar value) {
    if (type.accepts(value)) {
      return value;
    }
    if (value instanceof Value.Int number) {
      if (type == AttributeType.FLOAT) {
        return new Value.Real((double) number.value());
      }
      if (type == AttributeType.UINT && number.value() >= 0) {
        return new Value.Uint(number.value());
      }
      if (type == AttributeType.DATETIME) {
        return new Value.DateTime(number.value());
      }
    }
    throw ElacsymException.invalid(
        "filter on '"
            + field
            + "': value "
            + Value.shown(value)
            + " does not fit, expected "
            + type.id());
  }
}
