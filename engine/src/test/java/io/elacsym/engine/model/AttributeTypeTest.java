package io.elacsym.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AttributeTypeTest {
  /** What stands in stored data and in requests: never to change. */
  @Test
  void idsAreTheseForEver() {
    assertThat(AttributeType.ids())
        .containsExactly(
            "string",
            "int",
            "uint",
            "float",
            "bool",
            "datetime",
            "uuid",
            "geo",
            "array_string",
            "array_int",
            "array_uint",
            "array_float",
            "array_bool",
            "array_datetime",
            "array_uuid",
            "array_geo");
    for (AttributeType type : AttributeType.all()) {
      assertThat(AttributeType.byId(type.id())).contains(type);
      assertThat(type.isArray()).isEqualTo(type.id().startsWith("array_"));
      assertThat(type.element().id()).isEqualTo(type.id().replace("array_", ""));
    }
    assertThat(AttributeType.byId("String")).isEmpty();
  }

  @Test
  void eachTypeAcceptsItsOwnValuesAndNoOthers() {
    Seeded.run(random -> {
      Samples samples = new Samples(random);
      for (AttributeType wanted : AttributeType.all()) {
        for (AttributeType given : AttributeType.all()) {
          for (int round = 0; round < 20; round++) {
            Value value = samples.value(given);
            boolean emptyArray = value instanceof Value.Array array && array.values().isEmpty();
            assertThat(wanted.accepts(value))
                .as("%s as %s", value, wanted)
                .isEqualTo(wanted.equals(given) || (emptyArray && wanted.isArray()));
          }
        }
      }
    });
  }

  @Test
  void anArrayOfTwoTypesIsOfNone() {
    Value mixed = new Value.Array(List.of(new Value.Int(1), new Value.Text("x")));
    for (AttributeType type : AttributeType.all()) {
      assertThat(type.accepts(mixed)).as("%s", type).isFalse();
    }
  }

  @Test
  void whatCannotBeStoredIsNotAccepted() {
    assertThat(AttributeType.FLOAT.accepts(new Value.Real(Double.NaN))).isFalse();
    assertThat(AttributeType.FLOAT.accepts(new Value.Real(Double.POSITIVE_INFINITY))).isFalse();
    assertThat(AttributeType.GEO.accepts(new Value.Geo(900_000_001, 0))).isFalse();
    assertThat(AttributeType.GEO.accepts(new Value.Geo(0, Integer.MIN_VALUE))).isFalse();
    assertThat(AttributeType.STRING.accepts(new Value.Text("\uD83D"))).isFalse();
    assertThat(
            AttributeType.arrayOf(ElementType.STRING)
                .accepts(new Value.Array(List.of(new Value.Text("x"), new Value.Text("\uDE00")))))
        .isFalse();
  }
}
