package io.elacsym.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FilterCheckTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(new VectorField("vector", 3, Metric.DOT)), Samples.everyType().attributes());
  private static final Value.Scalar ONE = new Value.Int(1);
  private static final Value.Scalar TEXT = new Value.Text("x");

  @Test
  void wholeNumbersBecomeWhatTheFieldHas() {
    assertThat(check(new TypedFilter.Equal("float", new Value.Int(2))))
        .isEqualTo(new TypedFilter.Equal("float", new Value.Real(2.0)));
    assertThat(check(new TypedFilter.Compare("uint", TypedFilter.Order.LESS, new Value.Int(2))))
        .isEqualTo(new TypedFilter.Compare("uint", TypedFilter.Order.LESS, new Value.Uint(2)));
    assertThat(check(new TypedFilter.In("datetime", List.of(new Value.Int(2)))))
        .isEqualTo(new TypedFilter.In("datetime", List.of(new Value.DateTime(2))));
    assertThat(check(new TypedFilter.ContainsAny("array_float", List.of(new Value.Int(2)))))
        .isEqualTo(new TypedFilter.ContainsAny("array_float", List.of(new Value.Real(2.0))));
    assertThat(check(new TypedFilter.ContainsAll("array_uint", List.of(new Value.Int(2)))))
        .isEqualTo(new TypedFilter.ContainsAll("array_uint", List.of(new Value.Uint(2))));
    assertThat(check(new TypedFilter.NotIn("int", List.of(ONE))))
        .isEqualTo(new TypedFilter.NotIn("int", List.of(ONE)));
  }

  @Test
  void operandsInsideGroupsAreTypedToo() {
    TypedFilter filter =
        new TypedFilter.Not(
            new TypedFilter.Or(
                List.of(
                    new TypedFilter.And(
                        List.of(new TypedFilter.NotEqual("uint", new Value.Int(2)))))));
    assertThat(check(filter))
        .isEqualTo(
            new TypedFilter.Not(
                new TypedFilter.Or(
                    List.of(
                        new TypedFilter.And(
                            List.of(new TypedFilter.NotEqual("uint", new Value.Uint(2))))))));
  }

  @Test
  void anIdHasTheTypeOfTheNamespacesIds() {
    TypedFilter number = new TypedFilter.Equal("id", new Value.Int(7));
    TypedFilter text = new TypedFilter.Equal("id", TEXT);
    assertThat(FilterCheck.check(GivenFilters.of(number), SCHEMA, Optional.of(DocId.Kind.UINT)))
        .isEqualTo(new TypedFilter.Equal("id", new Value.Uint(7)));
    assertThat(FilterCheck.check(GivenFilters.of(text), SCHEMA, Optional.of(DocId.Kind.STRING)))
        .isEqualTo(text);
    assertInvalid(
        () -> FilterCheck.check(GivenFilters.of(text), SCHEMA, Optional.of(DocId.Kind.UINT)),
        "filter on 'id'.value is \"x\", expected uint");
    assertInvalid(
        () -> FilterCheck.check(GivenFilters.of(number), SCHEMA, Optional.of(DocId.Kind.STRING)),
        "filter on 'id'.value is 7, expected string");
  }

  @Test
  void beforeThereAreIdsBothKindsAreRight() {
    for (TypedFilter filter :
        List.of(
            new TypedFilter.Equal("id", TEXT),
            new TypedFilter.NotEqual("id", new Value.Uint(1)),
            new TypedFilter.Compare("id", TypedFilter.Order.LESS, TEXT),
            new TypedFilter.In("id", List.of(TEXT)),
            new TypedFilter.NotIn("id", List.of(new Value.Uint(1))),
            new TypedFilter.In("id", List.of()),
            new TypedFilter.Prefix("id", "x"),
            new TypedFilter.Exists("id", true))) {
      assertThat(FilterCheck.check(GivenFilters.of(filter), SCHEMA, Optional.empty()))
          .isEqualTo(filter);
    }
    TypedFilter mixed = new TypedFilter.In("id", List.of(TEXT, ONE));
    assertInvalid(
        () -> FilterCheck.check(GivenFilters.of(mixed), SCHEMA, Optional.empty()),
        "filter on 'id'.value[1] is 1, expected string");
  }

  @Test
  void valuesOfTheWrongTypeAreNamedWithWhatWasExpected() {
    assertRefused(
        new TypedFilter.Equal("int", TEXT),
        "filter on 'int'.value is \"x\", expected int (a whole");
    assertRefused(
        new TypedFilter.Equal("uint", new Value.Int(-1)), "value is -1, expected uint (a whole");
    assertRefused(new TypedFilter.Equal("int", new Value.Real(1.5)), "value is 1.5, expected int");
    assertRefused(new TypedFilter.Equal("string", ONE), "value is 1, expected string");
    assertRefused(new TypedFilter.Equal("bool", ONE), "expected bool (true or false)");
    assertRefused(
        new TypedFilter.Equal("int", new Value.Uint(-1)),
        "value is 18446744073709551615, expected");
    assertRefused(new TypedFilter.Equal("float", new Value.Real(Double.NaN)), "value is NaN");
    assertRefused(
        new TypedFilter.Equal("string", new Value.Text("\uD83D")),
        "half a surrogate pair, expected Unicode text");
    assertRefused(
        new TypedFilter.Equal("int", new Value.DateTime(0)), "value is 1970-01-01T00:00:00Z");
    assertRefused(new TypedFilter.In("int", List.of(ONE, TEXT)), "value[1] is \"x\"");
    assertRefused(new TypedFilter.ContainsAny("array_int", List.of(TEXT)), "expected int");
  }

  @Test
  void textsAreTimesAndUuidsWhereThoseAreExpected() {
    assertThat(check(new TypedFilter.Equal("datetime", new Value.Text("1970-01-01T00:00:01Z"))))
        .isEqualTo(new TypedFilter.Equal("datetime", new Value.DateTime(1_000)));
    UUID uuid = new UUID(1, 2);
    assertThat(check(new TypedFilter.In("uuid", List.of(new Value.Text(uuid.toString())))))
        .isEqualTo(new TypedFilter.In("uuid", List.of(new Value.Uuid(uuid))));
    assertRefused(new TypedFilter.Equal("uuid", new Value.Text("1-1-1-1-1")), "expected uuid");
    assertRefused(new TypedFilter.Equal("datetime", new Value.Text("today")), "expected datetime");
  }

  @Test
  void operandsThatAreMissingOrOfAnotherShapeAreNamed() {
    assertGivenRefused("int", Operator.EQUAL, Optional.empty(), "value is missing, expected int");
    assertGivenRefused(
        "int", Operator.IN, Optional.empty(), "value is missing, expected an array of int");
    assertGivenRefused("int", Operator.IN, Optional.of(ONE), "value is 1, expected an array");
    assertGivenRefused(
        "int", Operator.EQUAL, Optional.of(new Value.Array(List.of(ONE))), "value is an array");
    assertGivenRefused(
        "int", Operator.EXISTS, Optional.of(ONE), "value is 1, expected true or false");
    assertGivenRefused(
        "id", Operator.EQUAL, Optional.of(new Given.Other("an object")), "value is an object");
    assertGivenRefused(
        "array_int",
        Operator.CONTAINS_ANY,
        Optional.of(new Given.Listing(List.of(ONE, Given.Other.NULL))),
        "value[1] is null, expected int");
  }

  private static void assertGivenRefused(
      String field, Operator operator, Optional<Given> operand, String part) {
    Filter filter =
        new Filter.Condition(Filter.Places.in(Place.named("filter")), field, operator, operand);
    assertInvalid(
        () -> FilterCheck.check(filter, SCHEMA, Optional.of(DocId.Kind.UINT)), "filter." + part);
  }

  @Test
  void operatorsThatTheFieldDoesNotHaveAreNamedWithAWayOut() {
    assertRefused(
        new TypedFilter.Equal("array_int", ONE),
        "filter on 'array_int'.op is \"eq\", which 'array_int' (array_int) does not have; use contains");
    assertRefused(new TypedFilter.NotEqual("array_int", ONE), "\"ne\"", "use not and contains");
    assertRefused(new TypedFilter.In("array_int", List.of(ONE)), "\"in\"", "use contains_any");
    assertRefused(new TypedFilter.NotIn("array_int", List.of(ONE)), "\"not_in\"");
    assertRefused(
        new TypedFilter.Compare("array_int", TypedFilter.Order.GREATER_OR_EQUAL, ONE), "\"gte\"");
    assertRefused(
        new TypedFilter.Compare("bool", TypedFilter.Order.LESS, new Value.Bool(true)),
        "\"lt\", which 'bool' (bool) does not have; use eq or ne");
    assertRefused(
        new TypedFilter.ContainsAny("int", List.of(ONE)), "\"contains_any\"", "(int)", "use in");
    assertRefused(new TypedFilter.ContainsAll("int", List.of(ONE)), "\"contains_all\"", "use in");
    assertRefused(new TypedFilter.Substring("int", "x"), "\"contains\"", "(int)", "use eq");
    assertRefused(new TypedFilter.Substring("id", "x"), "\"contains\"", "(the id)", "use eq");
    assertRefused(new TypedFilter.Prefix("int", "x"), "\"prefix\"", "use eq");
    assertRefused(new TypedFilter.Glob("array_int", "x"), "\"glob\"", "(array_int)");
    assertRefused(new TypedFilter.Glob("string", "["), "glob '['");
  }

  @Test
  void containsMeansElementsOfArraysAndPartsOfStrings() {
    assertThat(check(new TypedFilter.Substring("array_string", "x")))
        .isEqualTo(new TypedFilter.ContainsAny("array_string", List.of(TEXT)));
    assertThat(check(new TypedFilter.ContainsAny("string", List.of(TEXT))))
        .isEqualTo(new TypedFilter.SubstringAny("string", List.of("x")));
    assertThat(check(new TypedFilter.ContainsAll("string", List.of(TEXT))))
        .isEqualTo(new TypedFilter.SubstringAll("string", List.of("x")));
  }

  @Test
  void theCharactersOfAFilterAreCounted() {
    Value.Scalar most = new Value.Text("x".repeat(Filter.MAX_CHARACTERS));
    assertThat(check(new TypedFilter.Equal("string", most))).isNotNull();
    assertThatThrownBy(() -> check(new TypedFilter.In("string", List.of(most, TEXT))))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE))
        .hasMessageContaining("more than 8388608 characters");
  }

  @Test
  void unknownFieldsAreNamedTogetherWithTheKnownOnes() {
    assertRefused(
        new TypedFilter.Exists("nope", true), "the schema has no attribute 'nope'", "array_string");
    assertRefused(
        new TypedFilter.Exists("vector", true), "is \"vector\"", "vectors cannot be filtered");
  }

  @Test
  void nestingHasABound() {
    TypedFilter filter = new TypedFilter.Exists("int", true);
    for (int depth = 0; depth < 64; depth++) {
      filter = new TypedFilter.Not(filter);
    }
    assertThat(check(filter)).isEqualTo(filter);
    assertRefused(new TypedFilter.Not(filter), "nested deeper than 64");
  }

  private static TypedFilter check(TypedFilter filter) {
    return FilterCheck.check(GivenFilters.of(filter), SCHEMA, Optional.of(DocId.Kind.UINT));
  }

  private static void assertRefused(TypedFilter filter, String... parts) {
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
