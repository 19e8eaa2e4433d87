package io.elacsym.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> TYPES = AttributeType.ids();
  private static final List<String> OPERATORS = Operator.ids();

  @ParameterizedTest
  @CsvSource({
    "integer, int",
    "String, string",
    "stirng, string",
    "boolean, bool",
    "floats, float",
    "date, datetime",
    "array_strings, array_string",
    "arry_int, array_int",
    "geopoint, geo"
  })
  void aMistypedTypeIsAnsweredWithTheNearestOne(String word, String nearest) {
    assertThat(Suggestion.of(word, TYPES)).isEqualTo("; did you mean '" + nearest + "'?");
    assertThat(Suggestion.expected(word, TYPES))
        .isEqualTo(
            "expected one of " + String.join(", ", TYPES) + "; did you mean '" + nearest + "'?");
  }

  @ParameterizedTest
  @CsvSource({
    "equals, eq",
    "gtee, gte",
    "GTE, gte",
    "notin, not_in",
    "contain, contains",
    "geo_bx, geo_box",
    "regexp, regex",
    "containsany, contains_any"
  })
  void aMistypedOperatorIsAnsweredWithTheNearestOne(String word, String nearest) {
    assertThat(Suggestion.expected(word, OPERATORS)).endsWith("did you mean '" + nearest + "'?");
  }

  @ParameterizedTest
  @CsvSource({"money, ''", "x, ''"})
  void whatIsLikeNothingIsAnsweredWithAllThatThereIs(String word, String ending) {
    assertThat(Suggestion.of(word, TYPES))
        .startsWith("; known are string, int, ")
        .endsWith("array_geo" + ending);
    assertThat(Suggestion.expected(word, TYPES)).endsWith("array_geo" + ending);
    assertThat(Suggestion.of(word, List.of())).isEqualTo("; there are none");
  }
}
