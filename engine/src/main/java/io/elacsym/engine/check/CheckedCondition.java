package io.elacsym.engine.check;

import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * A condition on a stored document, whose operands may be what a change brings. It is typed once if
 * it has no such operand, and else for each change anew.
 */
public final class CheckedCondition {
  private final Filter given;
  private final Schema schema;
  private final Optional<DocId.Kind> idKind;
  private final TypedFilter shape;
  private final boolean fixed;

  private CheckedCondition(
      Filter given, Schema schema, Optional<DocId.Kind> idKind, TypedFilter shape, boolean fixed) {
    this.given = given;
    this.schema = schema;
    this.idKind = idKind;
    this.shape = shape;
    this.fixed = fixed;
  }

  /**
   * Checks a condition before it is known what it will be asked of: with a value of the right type
   * in the place of each that a change will bring.
   */
  static CheckedCondition of(Filter given, Schema schema, Optional<DocId.Kind> idKind) {
    Filter sample =
        with(
            given,
            (incoming, place) ->
                Optional.of(
                    sample(FieldCheck.attribute(incoming.attribute(), schema, place).type())));
    return new CheckedCondition(
        given, schema, idKind, FilterCheck.check(sample, schema, idKind), sample.equals(given));
  }

  private static Value sample(AttributeType type) {
    if (type.isArray()) {
      return new Value.Array(List.of());
    }
    return switch (type.element()) {
      case STRING -> new Value.Text("");
      case INT -> new Value.Int(0);
      case UINT -> new Value.Uint(0);
      case FLOAT -> new Value.Real(0);
      case BOOL -> new Value.Bool(false);
      case DATETIME -> new Value.DateTime(0);
      case UUID -> new Value.Uuid(new UUID(0, 0));
      case GEO -> new Value.Geo(0, 0);
    };
  }

  /** The fields that it asks about. */
  public Set<String> fields() {
    return shape.fields();
  }

  /**
   * What must hold of the stored document for a change that brings these attributes.
   *
   * @throws io.elacsym.api.ElacsymException {@code INVALID_REQUEST} when a pattern that the change
   *     brings is none
   */
  public TypedFilter of(Map<String, Value> incoming) {
    return fixed
        ? shape
        : FilterCheck.check(
            with(given, (wanted, place) -> Optional.ofNullable(incoming.get(wanted.attribute()))),
            schema,
            idKind);
  }

  /** The filter with other operands in the place of those that a change brings. */
  private static Filter with(
      Filter filter, BiFunction<Given.Incoming, Place, Optional<Value>> operands) {
    return switch (filter) {
      case Filter.And and -> new Filter.And(all(and.conditions(), operands));
      case Filter.Or or -> new Filter.Or(all(or.conditions(), operands));
      case Filter.Not not -> new Filter.Not(with(not.condition(), operands));
      case Filter.Condition condition ->
          condition.operand().orElse(Given.Other.NULL) instanceof Given.Incoming incoming
              ? operands
                  .apply(incoming, condition.places().operand())
                  .<Filter>map(value -> condition.with(value))
                  .orElseGet(() -> withoutOperand(condition))
              : condition;
    };
  }

  private static List<Filter> all(
      List<Filter> filters, BiFunction<Given.Incoming, Place, Optional<Value>> operands) {
    return filters.stream().map(filter -> with(filter, operands)).toList();
  }

  /**
   * A condition whose operand the change does not bring. Two documents that both lack an attribute
   * are equal in it; nothing is in an order with what is not there, or part of it.
   */
  private static Filter withoutOperand(Filter.Condition condition) {
    return switch (condition.operator()) {
      case EQUAL -> exists(condition, false);
      case NOT_EQUAL -> exists(condition, true);
      case NOT_IN -> new Filter.And(List.of());
      default -> new Filter.Or(List.of());
    };
  }

  private static Filter exists(Filter.Condition condition, boolean expected) {
    return new Filter.Condition(
        condition.places(),
        condition.field(),
        Operator.EXISTS,
        Optional.of(new Value.Bool(expected)));
  }
}
