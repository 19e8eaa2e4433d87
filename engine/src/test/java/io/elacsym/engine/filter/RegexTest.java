package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Seeded;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegexTest {
  @Test
  void aPartOfTheTextIsEnoughUnlessTheExpressionSaysOtherwise() {
    assertThat(Regex.compile("b+").isIn("abbc")).isTrue();
    assertThat(Regex.compile("^b+").isIn("abbc")).isFalse();
    assertThat(Regex.compile("^a.*c$").isIn("abbc")).isTrue();
    assertThat(Regex.compile("").isIn("")).isTrue();
    assertThat(Regex.compile("^.$").isIn("\uD83D\uDE00")).as("one code point").isTrue();
    assertThat(Regex.compile("(?i)GR\u00dc").isIn("gr\u00fc\u00dfe")).isTrue();
    assertThat(Regex.compile("a.b").isIn("a\nb")).isFalse();
    assertThat(Regex.compile("(?s)a.b").isIn("a\nb")).isTrue();
  }

  /** Each of these takes others minutes, or more memory than there is. */
  @Test
  void noExpressionTakesLong() {
    String text = "a".repeat(100_000);
    for (String evil : List.of("(a*)*b", "(a|a)*b", "(a|aa)+$b", "^(([a-z])+.)+[A-Z]([a-z])+$")) {
      assertThat(Regex.compile(evil).isIn(text)).as(evil).isFalse();
    }
    for (String great :
        List.of(
            "((((a{50}){50}){50}){50}){50}",
            "((a{0,100}){0,100}){0,100}",
            "(x(y{9,}){99}z){9,99}",
            "(?:[a-z]{1000}){1000}",
            "(\\pL{500}\\d{500}){500}",
            "(".repeat(1_000) + "a{1000}" + "){2}".repeat(5) + ")".repeat(995))) {
      assertThatThrownBy(() -> Regex.compile(great))
          .as(great)
          .isInstanceOf(ElacsymException.class)
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
    }
  }

  @Test
  void aLongTextIsLeftWhenItsDeadlineIsOver() {
    Deadline deadline = Deadline.in(Duration.ofDays(1), System::nanoTime);
    deadline.cancel("the client has left");
    String text = "a".repeat(1 << 20);
    assertThatThrownBy(() -> deadline.call(() -> Regex.compile("(a|b)*c$").isIn(text)))
        .hasMessageContaining("the client has left");
  }

  /** What is let through is about as large as it was said to be. */
  @Test
  void theSizeIsNeverMuchLessThanTheProgram() {
    List<String> parts =
        List.of(
            "a",
            "b*",
            "(",
            ")",
            "{3}",
            "{0,9}",
            "{2,}",
            "|",
            "[a-c\\]]",
            "[^]x]",
            "\\d",
            "\\pL",
            "\\x{10ffff}",
            "\\(",
            "?",
            "+",
            "{",
            "}",
            "(?:",
            "(?i)",
            ".",
            "^",
            "$",
            "[[:alpha:]]");
    Seeded.run(random -> {
      int compiled = 0;
      for (int round = 0; round < 20_000; round++) {
        String regex =
            String.join(
                "",
                Stream.generate(() -> parts.get(random.nextInt(parts.size())))
                    .limit(1 + random.nextInt(9))
                    .toList());
        long size = RegexSize.of(regex);
        if (size > Filter.MAX_REGEX_STEPS) {
          continue;
        }
        try {
          int steps = Pattern.compile(regex).programSize();
          assertThat((long) steps).as("%s", regex).isLessThanOrEqualTo(10 + 6 * size);
          compiled++;
        } catch (com.google.re2j.PatternSyntaxException e) {
          assertThat(e.getDescription()).isNotEmpty();
        }
      }
      assertThat(compiled).isGreaterThan(1_000);
    });
  }
}
