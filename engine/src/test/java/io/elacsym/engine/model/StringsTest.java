package io.elacsym.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StringsTest {
  @Test
  void theOrderOfCodePointsIsThatOfUtf8Bytes() {
    Seeded.run(random -> {
      for (int round = 0; round < 50_000; round++) {
        String a = text(random);
        String b = random.nextInt(4) == 0 ? a + text(random) : text(random);
        int expected =
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(Strings.compareCodePoints(a, b)))
            .as("'%s' and '%s'", a, b)
            .isEqualTo(Integer.signum(expected));
      }
    });
  }

  @Test
  void onlyWholeSurrogatePairsAreWellFormed() {
    Seeded.run(random -> {
      for (int round = 0; round < 1_000; round++) {
        assertThat(Strings.isWellFormed(text(random))).isTrue();
      }
    });
    assertThat(Strings.isWellFormed("x\uD83D\uDE00y")).isTrue();
    assertThat(Strings.isWellFormed("\uD83D")).isFalse();
    assertThat(Strings.isWellFormed("\uDE00")).isFalse();
    assertThat(Strings.isWellFormed("\uD83Dx\uDE00")).isFalse();
    assertThat(Strings.isWellFormed("\uD83D\uD83D\uDE00")).isFalse();
  }

  @Test
  void whatIsShownHasWholeCharactersOnlyAndIsShort() {
    String face = "\uD83D\uDE00";
    assertThat(Strings.shown(face.repeat(200))).isEqualTo(face.repeat(200));
    assertThat(Strings.shown("a" + face.repeat(200))).isEqualTo("a" + face.repeat(199) + "...");
    assertThat(Strings.shown("\uD83D")).isEqualTo("\\ud83d");
    assertThat(Strings.shown("\uD83D".repeat(1_000_000)).length()).isLessThan(300);
  }

  /** Few different characters of every length in UTF-8, so that common prefixes are common. */
  private static String text(Random random) {
    int[] alphabet = {
      'a', 'b', 0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff
    };
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(5); left > 0; left--) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }
}
