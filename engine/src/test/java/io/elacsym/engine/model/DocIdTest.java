package io.elacsym.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocIdTest {
  @Test
  void numbersAreUnsignedAndReachTo2To64Minus1() {
    List<DocId> ascending =
        Stream.of("0", "1", "9223372036854775807", "9223372036854775808", "18446744073709551615")
            .map(text -> DocId.of(Long.parseUnsignedLong(text)))
            .toList();
    assertThat(ascending).isSorted();
    assertThat(ascending.getLast()).hasToString("18446744073709551615");
    assertThat(DocId.of(-1).compareTo(ascending.getLast())).isZero();
  }

  @Test
  void stringsAreOrderedByCodePoint() {
    assertThat(
            Stream.of("A", "a", "a ", "aa", "é", "\uE000", "\uFFFF", "\uD83D\uDE00").map(DocId::of))
        .isSorted();
  }

  @Test
  void aStringHas1To64Bytes() {
    assertThat(DocId.of("é".repeat(32))).hasToString("é".repeat(32));
    assertRefused("", "has 0 bytes, expected 1 to 64");
    assertRefused("é".repeat(32) + "x", "has 65 bytes, expected 1 to 64");
  }

  /** Two such ids would be the same bytes, and one of them would be lost. */
  @Test
  void halfASurrogatePairIsRefused() {
    assertRefused("a\uD83D", "half a surrogate pair");
    assertRefused("\uDE00", "half a surrogate pair");
    assertRefused("\uDE00\uD83D", "half a surrogate pair");
  }

  @Test
  void kindsDoNotMix() {
    assertThat(DocId.of(1)).isNotEqualTo(DocId.of("1"));
    assertThat(DocId.of(1).compareTo(DocId.of("1"))).isNegative();
    assertThat(DocId.of("1").compareTo(DocId.of(1))).isPositive();
    assertThat(DocId.of(1).kind().id()).isEqualTo("uint");
    assertThat(DocId.of("1").kind().id()).isEqualTo("string");
  }

  private static void assertRefused(String id, String part) {
    assertThatThrownBy(() -> DocId.of(id))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining(part);
  }
}
