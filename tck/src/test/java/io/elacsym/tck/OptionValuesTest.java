package io.elacsym.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.OptionType;
import io.elacsym.api.Options;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an option takes besides what its type takes. */
class OptionValuesTest {
  private static final List<Option> DECLARED =
      List.of(
          Option.of("count", OptionType.INTEGER, "3", "How many.").between("1", "10"),
          Option.of("share", OptionType.NUMBER, "0.5", "How much.").between("0", "1"),
          Option.of("size", OptionType.BYTES, "64KB", "How large.").between("4KB", "1MB"),
          Option.of("pause", OptionType.DURATION, "1s", "How long.").atLeast("100ms"),
          Option.of("kind", OptionType.TEXT, "a", "Which.").oneOf("a", "b", "c"));

  @ParameterizedTest
  @CsvSource({
    "count, 1",
    "count, 10",
    "share, 0",
    "share, 1.0",
    "size, 4096",
    "size, 1024KB",
    "pause, 100ms",
    "pause, 30d",
    "kind, c",
  })
  void bothEndsOfARangeAreTakenAndEachChoice(String key, String value) {
    assertThat(Options.of("", DECLARED, Map.of(key, value)).text(key)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "count, 0, 'x.count is 0, expected a whole number from 1 to 10'",
    "count, 11, 'x.count is 11, expected a whole number from 1 to 10'",
    "count, many, 'x.count is ''many'', expected a whole number from 1 to 10'",
    "share, 1.01, 'x.share is 1.01, expected a number from 0 to 1'",
    "size, 4095, 'x.size is 4095, expected 4KB to 1MB'",
    "pause, 99ms, 'x.pause is 99ms, expected at least 100ms'",
    "kind, d, 'x.kind is ''d'', expected a, b or c'",
  })
  void whatLiesOutsideIsRefusedWithWhatWasExpected(String key, String value, String message) {
    assertThatThrownBy(() -> Options.of("x.", DECLARED, Map.of(key, value)))
        .isInstanceOf(ElacsymException.class)
        .hasMessage(message);
  }

  @Test
  void peopleReadItBehindTheMeaning() {
    assertThat(DECLARED)
        .extracting(Option::meaning)
        .containsExactly(
            "How many. From 1 to 10.",
            "How much. From 0 to 1.",
            "How large. From 4KB to 1MB.",
            "How long. At least 100ms.",
            "Which. One of a, b or c.");
  }

  @Test
  void aDeclarationThatContradictsItselfIsABug() {
    assertThatThrownBy(
            () -> Option.of("count", OptionType.INTEGER, "0", "How many.").between("1", "10"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default '0'");
    assertThatThrownBy(() -> Option.of("kind", OptionType.TEXT, "a", "Which.").between("a", "c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no order");
  }
}
