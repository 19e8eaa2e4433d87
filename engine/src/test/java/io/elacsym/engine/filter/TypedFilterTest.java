package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypedFilterTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(new VectorField("vector", 3, Metric.DOT)), Samples.everyType().attributes());
  private static final Value.Scalar ONE = new Value.Int(1);
  private static final Value.Scalar TEXT = new Value.Text("x");

  @Test
  void wholeNumbersBecomeWhatTheFieldHas() {
    assertThat(check(new Filter.Equal("float", new Value.Int(2))))
        .isEqualTo(new Filter.Equal("float", new Value.Real(2.0)));
    assertThat(check(new Filter.Compare("uint", Filter.Order.LESS, new Value.Int(2))))
        .isEqualTo(new Filter.Compare("uint", Filter.Order.LESS, new Value.Uint(2)));
    assertThat(check(new Filter.In("datetime", List.of(new Value.Int(2)))))
        .isEqualTo(new Filter.In("datetime", List.of(new Value.DateTime(2))));
    assertThat(check(new Filter.ContainsAny("array_float", List.of(new Value.Int(2)))))
        .isEqualTo(new Filter.ContainsAny("array_float", List.of(new Value.Real(2.0))));
    assertThat(check(new Filter.ContainsAll("array_uint", List.of(new Value.Int(2)))))
        .isEqualTo(new Filter.ContainsAll("array_uint", List.of(new Value.Uint(2))));
    assertThat(check(new Filter.NotIn("int", List.of(ONE))))
        .isEqualTo(new Filter.NotIn("int", List.of(ONE)));
  }

  @Test
  void operandsInsideGroupsAreTypedToo() {
    Filter filter =
        new Filter.Not(
            new Filter.Or(
                List.of(new Filter.And(List.of(new Filter.NotEqual("uint", new Value.Int(2)))))));
    assertThat(check(filter))
        .isEqualTo(
            new Filter.Not(
                new Filter.Or(
                    List.of(
                        new Filter.And(List.of(new Filter.NotEqual("uint", new Value.Uint(2))))))));
  }

  @Test
  void anIdHasTheTypeOfTheNamespacesIds() {
    Filter number = new Filter.Equal("id", new Value.Int(7));
    Filter text = new Filter.Equal("id", TEXT);
    assertThat(TypedFilter.check(number, SCHEMA, Optional.of(DocId.Kind.UINT)))
        .isEqualTo(new Filter.Equal("id", new Value.Uint(7)));
    assertThat(TypedFilter.check(text, SCHEMA, Optional.of(DocId.Kind.STRING))).isEqualTo(text);
    assertInvalid(
        () -> TypedFilter.check(text, SCHEMA, Optional.of(DocId.Kind.UINT)),
        "filter on 'id': value 'x' does not fit, expected uint");
    assertInvalid(
        () -> TypedFilter.check(number, SCHEMA, Optional.of(DocId.Kind.STRING)),
        "filter on 'id': value 7 does not fit, expected string");
  }

  @Test
  void beforeThereAreIdsBothKindsAreRight() {
    for (Filter filter :
        List.of(
            new Filter.Equal("id", TEXT),
            new Filter.NotEqual("id", new Value.Uint(1)),
            new Filter.Compare("id", Filter.Order.LESS, TEXT),
            new Filter.In("id", List.of(TEXT)),
            new Filter.NotIn("id", List.of(new Value.Uint(1))),
            new Filter.In("id", List.of()),
            new Filter.Prefix("id", "x"),
            new Filter.Exists("id", true))) {
      assertThat(TypedFilter.check(filter, SCHEMA, Optional.empty())).isEqualTo(filter);
    }
    Filter mixed = new Filter.In("id", List.of(TEXT, ONE));
    assertInvalid(() -> TypedFilter.check(mixed, SCHEMA, Optional.empty()), "value 1 does not fit");
  }

  @Test
  void valuesOfTheWrongTypeAreNamedWithWhatWasExpected() {
    assertRefused(
        new Filter.Equal("int", TEXT), "filter on 'int': value 'x' does not fit, expected int");
    assertRefused(
        new Filter.Equal("uint", new Value.Int(-1)), "value -1 does not fit, expected uint");
    assertRefused(new Filter.Equal("int", new Value.Real(1.5)), "value 1.5 does not fit");
    assertRefused(new Filter.Equal("string", ONE), "value 1 does not fit, expected string");
    assertRefused(new Filter.Equal("bool", ONE), "expected bool");
    assertRefused(new Filter.Equal("int", new Value.Uint(-1)), "value 18446744073709551615");
    assertRefused(new Filter.Equal("float", new Value.Real(Double.NaN)), "value NaN");
    assertRefused(new Filter.Equal("string", new Value.Text("\uD83D")), "expected string");
    assertRefused(
        new Filter.Equal("int", new Value.DateTime(0)), "value 1970-01-01T00:00:00Z does not fit");
    assertRefused(new Filter.In("int", List.of(ONE, TEXT)), "value 'x' does not fit");
    assertRefused(new Filter.ContainsAny("array_int", List.of(TEXT)), "expected int");
  }

  @Test
  void operatorsThatTheFieldDoesNotHaveAreNamed() {
    assertRefused(
        new Filter.Equal("array_int", ONE),
        "filter eq on 'array_int': it is array_int, use contains");
    assertRefused(new Filter.NotEqual("array_int", ONE), "filter ne on 'array_int'");
    assertRefused(new Filter.In("array_int", List.of(ONE)), "filter in on 'array_int'");
    assertRefused(new Filter.NotIn("array_int", List.of(ONE)), "filter not_in on 'array_int'");
    assertRefused(
        new Filter.Compare("array_int", Filter.Order.GREATER_OR_EQUAL, ONE),
        "filter gte on 'array_int'");
    assertRefused(
        new Filter.Compare("bool", Filter.Order.LESS, new Value.Bool(true)),
        "filter lt on 'bool': bool values have no order");
    assertRefused(
        new Filter.ContainsAny("int", List.of(ONE)),
        "contains_any on 'int': it is int, expected an array");
    assertRefused(new Filter.ContainsAll("string", List.of(TEXT)), "contains_all on 'string'");
    assertRefused(
        new Filter.Substring("int", "x"), "contains on 'int': it is int, expected string");
    assertRefused(new Filter.Substring("array_string", "x"), "it is array_string, expected string");
    assertRefused(new Filter.Prefix("int", "x"), "prefix on 'int'");
    assertRefused(
        new Filter.Glob("array_int", "x"), "glob on 'array_int'", "string or array_string");
    assertRefused(new Filter.Glob("string", "["), "glob '['");
  }

  @Test
  void unknownFieldsAreNamedTogetherWithTheKnownOnes() {
    assertRefused(new Filter.Exists("nope", true), "unknown attribute 'nope'", "array_string");
    assertRefused(new Filter.Exists("vector", true), "'vector': vectors cannot be filtered");
  }

  @Test
  void nestingHasABound() {
    Filter filter = new Filter.Exists("int", true);
    for (int depth = 0; depth < 64; depth++) {
      filter = new Filter.Not(filter);
    }
    assertThat(check(filter)).isEqualTo(filter);
    assertRefused(new Filter.Not(filter), "nested deeper than 64");
  }

  private static Filter check(Filter filter) {
    return TypedFilter.check(filter, SCHEMA, Optional.of(DocId.Kind.UINT));
  }

  private static void assertRefused(Filter filter, String... parts) {
    assertInvalid(() -> check(filter), parts);
  }

  private static void assertInvalid(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String... parts) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
              assertThat(e.getMessage()).contains(parts);
            });
  }
}
