package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition and the type of its field, which says what its operand must be. Each of the operands
 * is asked for by what the operator needs, and fails with {@code INVALID_REQUEST} naming its place
 * when it is something else.
 *
 * @param isId whether the field is the id, which has a type of its own kind
 */
record TypedCondition(Filter.Condition condition, AttributeType type, boolean isId) {
  String field() {
    return condition.field();
  }

  Operator operator() {
    return condition.operator();
  }

  boolean isArray() {
    return type.isArray();
  }

  ElementType element() {
    return type.element();
  }

  /** The operand of an operator that arrays do not have. */
  Value.Scalar scalar(String better) {
    if (isArray()) {
      throw unfit(better);
    }
    return operand();
  }

  Value.Scalar operand() {
    return value(given(isId ? "an id" : element().expectation()), condition.places().operand());
  }

  /** The operands of an operator that arrays do not have. */
  List<Value.Scalar> alternatives() {
    if (isArray()) {
      throw unfit("contains_any");
    }
    return operands();
  }

  List<Value.Scalar> operands() {
    List<? extends Given> given = elements();
    List<Value.Scalar> values = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      values.add(value(given.get(i), condition.places().operand().index(i)));
    }
    return values;
  }

  private List<? extends Given> elements() {
    String expectation = "an array of " + (isId ? "ids" : element().expectation());
    return switch (given(expectation)) {
      case Value.Array list -> list.values();
      case Given.Listing list -> list.elements();
      case Given other -> throw ValueCheck.wrong(other, expectation, condition.places().operand());
    };
  }

  private Value.Scalar value(Given given, Place place) {
    if (isId) {
      // A value that can be no document's id is refused in a filter as it is in a write.
      DocId.of(given, place);
    }
    return ValueCheck.scalar(given, element(), place);
  }

  /** The operand of an operator that only single strings have. */
  String part() {
    requireText(!isArray() && !isId, "eq");
    return text();
  }

  List<String> parts() {
    requireText(!isArray() && !isId, "in");
    return operands().stream().map(value -> ((Value.Text) value).value()).toList();
  }

  /** The operand of an operator for strings, arrays of strings, and ids that are strings. */
  String pattern() {
    requireText(true, "eq");
    return text();
  }

  private void requireText(boolean fits, String better) {
    if (!fits || element() != ElementType.STRING) {
      throw unfit(better);
    }
  }

  private String text() {
    Value.Scalar text =
        ValueCheck.scalar(given("string"), ElementType.STRING, condition.places().operand());
    return ((Value.Text) text).value();
  }

  boolean flag() {
    Given given = condition.operand().orElse(new Value.Bool(true));
    if (given instanceof Value.Bool flag) {
      return flag.value();
    }
    throw ValueCheck.wrong(given, "true or false", condition.places().operand());
  }

  /** The operand of an operator that only points have. */
  Given shape() {
    if (element() != ElementType.GEO) {
      throw unfit("it on an attribute of type geo");
    }
    return given("an object");
  }

  /** Where the operand stands. */
  Place place() {
    return condition.places().operand();
  }

  private Given given(String expectation) {
    return condition
        .operand()
        .orElseThrow(() ->
            ElacsymException.invalid(
                condition.places().operand() + " is missing, expected " + expectation));
  }

  ElacsymException unfit(String better) {
    return ElacsymException.invalid(
        condition.places().operator()
            + " is \""
            + operator().id()
            + "\", which '"
            + field()
            + "' ("
            + (isId ? "the id" : type.id())
            + ") does not have; use "
            + better);
  }
}
