package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.filter.Glob;
import io.elacsym.engine.filter.Regex;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;

/** Checks a filter against a schema and brings its operands to the types of its fields. */
public final class FilterCheck {
  private final Schema schema;
  private final Optional<DocId.Kind> idKind;
  private int conditions;
  private int values;
  private long characters;
  private long patternCharacters;

  private FilterCheck(Schema schema, Optional<DocId.Kind> idKind) {
    this.schema = schema;
    this.idKind = idKind;
  }

  /**
   * The filter with operands of exactly the fields' types.
   *
   * @param idKind of the namespace's ids; empty while there are none: then both kinds are right,
   *     and match nothing
   * @throws ElacsymException {@code INVALID_REQUEST} naming place, value and expectation, {@code
   *     TOO_LARGE} when it has more operands than a filter may
   */
  public static TypedFilter check(Filter filter, Schema schema, Optional<DocId.Kind> idKind) {
    return new FilterCheck(schema, idKind).checked(filter, 0);
  }

  /**
   * @param depth how many groups it stands in
   */
  private TypedFilter checked(Filter filter, int depth) {
    if (++conditions > Filter.MAX_CONDITIONS) {
      throw ElacsymException.invalid(
          "the filter has more than " + Filter.MAX_CONDITIONS + " conditions");
    }
    if (!(filter instanceof Filter.Condition) && depth == Filter.MAX_DEPTH) {
      throw ElacsymException.invalid("the filter is nested deeper than " + Filter.MAX_DEPTH);
    }
    return switch (filter) {
      case Filter.And and -> new TypedFilter.And(all(and.conditions(), depth));
      case Filter.Or or -> new TypedFilter.Or(all(or.conditions(), depth));
      case Filter.Not not -> new TypedFilter.Not(checked(not.condition(), depth + 1));
      case Filter.Condition condition -> {
        condition.operand().ifPresent(this::count);
        yield leaf(new TypedCondition(condition, type(condition), isId(condition)));
      }
    };
  }

  private List<TypedFilter> all(List<Filter> conditions, int depth) {
    return conditions.stream().map(condition -> checked(condition, depth + 1)).toList();
  }

  /** Counts what takes memory for as long as the filter is used. */
  private void count(Given operand) {
    switch (operand) {
      case Value.Array list -> list.values().forEach(this::count);
      case Given.Listing list -> list.elements().forEach(this::count);
      case Given.Members members -> members.byKey().values().forEach(this::count);
      case Value.Text text -> {
        values++;
        characters += text.value().length();
      }
      default -> values++;
    }
    if (values > Filter.MAX_VALUES) {
      throw tooLarge(Filter.MAX_VALUES + " values");
    }
    if (characters > Filter.MAX_CHARACTERS) {
      throw tooLarge(Filter.MAX_CHARACTERS + " characters in its values");
    }
  }

  private static ElacsymException tooLarge(String what) {
    return new ElacsymException(
        ErrorKind.TOO_LARGE, "the filter has more than " + what + "; ask in several requests");
  }

  private static boolean isId(Filter.Condition condition) {
    return condition.field().equals(Schema.ID);
  }

  private AttributeType type(Filter.Condition condition) {
    if (isId(condition)) {
      return idKind.map(FilterCheck::type).orElseGet(() -> asGiven(condition));
    }
    if (schema.vector(condition.field()).isPresent()) {
      throw ElacsymException.invalid(
          condition.places().field()
              + " is \""
              + condition.field()
              + "\", expected an attribute or id; vectors cannot be filtered");
    }
    return FieldCheck.attributeOrId(condition.field(), schema, condition.places().field()).type();
  }

  private static AttributeType type(DocId.Kind kind) {
    return switch (kind) {
      case UINT -> AttributeType.UINT;
      case STRING -> AttributeType.STRING;
    };
  }

  /** While there are no ids yet, the operand decides what kind they are. */
  private static AttributeType asGiven(Filter.Condition condition) {
    boolean text =
        switch (condition.operand().orElse(Given.Other.NULL)) {
          case Value.Text one -> true;
          case Value.Array many -> many.values().stream().anyMatch(Value.Text.class::isInstance);
          default -> false;
        };
    return text ? AttributeType.STRING : AttributeType.UINT;
  }

  private TypedFilter leaf(TypedCondition condition) {
    String field = condition.field();
    return switch (condition.operator()) {
      case EQUAL -> new TypedFilter.Equal(field, condition.scalar("contains"));
      case NOT_EQUAL -> new TypedFilter.NotEqual(field, condition.scalar("not and contains"));
      case GREATER -> compare(condition, TypedFilter.Order.GREATER);
      case GREATER_OR_EQUAL -> compare(condition, TypedFilter.Order.GREATER_OR_EQUAL);
      case LESS -> compare(condition, TypedFilter.Order.LESS);
      case LESS_OR_EQUAL -> compare(condition, TypedFilter.Order.LESS_OR_EQUAL);
      case IN -> new TypedFilter.In(field, condition.alternatives());
      case NOT_IN -> new TypedFilter.NotIn(field, condition.alternatives());
      case CONTAINS ->
          condition.isArray()
              ? new TypedFilter.ContainsAny(field, List.of(condition.operand()))
              : new TypedFilter.Substring(field, pattern(condition.part()));
      case CONTAINS_ANY ->
          condition.isArray()
              ? new TypedFilter.ContainsAny(field, condition.operands())
              : new TypedFilter.SubstringAny(field, patterns(condition.parts()));
      case CONTAINS_ALL ->
          condition.isArray()
              ? new TypedFilter.ContainsAll(field, condition.operands())
              : new TypedFilter.SubstringAll(field, patterns(condition.parts()));
      case EXISTS -> new TypedFilter.Exists(field, condition.flag());
      case PREFIX -> new TypedFilter.Prefix(field, pattern(condition.pattern()));
      case GLOB -> {
        String pattern = pattern(condition.pattern());
        Glob.compile(pattern);
        yield new TypedFilter.Glob(field, pattern);
      }
      case REGEX -> {
        String pattern = pattern(condition.pattern());
        Regex.compile(pattern);
        yield new TypedFilter.Regex(field, pattern);
      }
      case GEO_RADIUS -> {
        PointCheck.Circle circle = PointCheck.circle(condition.shape(), condition.place());
        yield new TypedFilter.GeoRadius(field, circle.center(), circle.meters());
      }
      case GEO_BOX -> {
        PointCheck.Corners box = PointCheck.corners(condition.shape(), condition.place());
        yield new TypedFilter.GeoBox(
            field,
            new TypedFilter.Box(
                box.southWest().latitude(),
                box.southWest().longitude(),
                box.northEast().latitude(),
                box.northEast().longitude()));
      }
    };
  }

  private static TypedFilter compare(TypedCondition condition, TypedFilter.Order order) {
    if (condition.element() == ElementType.BOOL && !condition.isArray()) {
      throw condition.unfit("eq or ne");
    }
    if (condition.element() == ElementType.GEO) {
      throw condition.unfit("geo_radius or geo_box");
    }
    return new TypedFilter.Compare(condition.field(), order, condition.scalar("contains_any"));
  }

  private List<String> patterns(List<String> patterns) {
    patterns.forEach(this::pattern);
    return patterns;
  }

  /** Counts the characters of a pattern, because it is compiled; returns the pattern. */
  private String pattern(String pattern) {
    patternCharacters += pattern.length();
    if (patternCharacters > Filter.MAX_PATTERN_CHARS) {
      throw ElacsymException.invalid(
          "the parts, prefixes, globs and regular expressions of the filter have more than "
              + Filter.MAX_PATTERN_CHARS
              + " characters together; ask in parts");
    }
    return pattern;
  }
}
