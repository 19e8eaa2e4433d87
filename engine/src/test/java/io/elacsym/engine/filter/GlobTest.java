package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "abc abc",
        "* \"\"",
        "* anything",
        "a* abc",
        "*c abc",
        "a*c ac",
        "a*c abbc",
        "*b*b* abcb",
        "a?c abc",
        "? 😀",
        "[abc]x bx",
        "[a-c]x cx",
        "[!a-c]x dx",
        "[]]x ]x",
        "[!]]x ax",
        "[-a] -",
        "[a-] -",
        "[^a] ^",
        "[a&&b] &",
        "[[] [",
        "[\\] \\",
        "\\*x *x",
        "\\[a] [a]",
        "a.b a.b",
        "a+(b){2}|$ a+(b){2}|$",
        "Straße Straße",
      })
  void matches(String glob, String text) {
    assertThat(Glob.compile(glob).matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "abc abcd",
        "abc ABC",
        "a*b abc",
        "*b*b* abc",
        "? \"\"",
        "? ab",
        "[abc]x dx",
        "[!a-c]x bx",
        "[!]]x ]x",
        "[^a] b",
        "[a&&b] c",
        "\\*x ax",
        "a.b axb",
        "ab* a",
      })
  void doesNotMatch(String glob, String text) {
    assertThat(Glob.compile(glob).matches(text)).isFalse();
  }

  @Test
  void starsAndQuestionMarksMatchLineEnds() {
    assertThat(Glob.compile("a*b?c").matches("a\n\r\nb\nc")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[]", "[!]", "[abc", "x[!", "\\", "a\\", "[z-a]"})
  void whatIsNoGlobIsRefusedAndNamed(String glob) {
    assertThatThrownBy(() -> Glob.compile(glob))
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
              assertThat(e.getMessage()).contains("glob '" + glob + "'");
            });
  }

  /** Backtracking over every star would take longer than the universe is old. */
  @Test
  @Timeout(60)
  void manyStarsDoNotTakeExponentialTime() {
    String glob = "*a".repeat(40) + "*b";
    assertThat(Glob.compile(glob).matches("a".repeat(5_000))).isFalse();
    assertThat(Glob.compile(glob).matches("a".repeat(5_000) + "b")).isTrue();
  }

  /** Trying each place for each part of the piece would be 400,000,000 steps a pattern. */
  @Test
  @Timeout(60)
  void aLongPieceIsSearchedInOnePass() {
    String text = "a".repeat(2_000_000);
    for (String part : new String[] {"?", "[ab]", "[!c]"}) {
      String piece = part.repeat(200);
      assertThat(Glob.compile("*" + piece + "b*").matches(text)).isFalse();
      assertThat(Glob.compile("*" + piece + "b*").matches(text + "b")).isTrue();
      assertThat(Glob.compile("*" + piece + "b*").matches("a".repeat(199) + "b")).isFalse();
      assertThat(Glob.compile("*" + piece + "b*").matches("a".repeat(200) + "b")).isTrue();
    }
  }
}
