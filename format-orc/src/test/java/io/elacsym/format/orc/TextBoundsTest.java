package io.elacsym.format.orc;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.tck.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.orc.OrcProto.StringStatistics;
import org.junit.jupiter.api.Test;

class TextBoundsTest {
  private static final List<String> CHARACTERS =
      List.of(
          "a", "\u007f", "\u00fc", "\u07ff", "\ud7ff", "\uffff", "\ud83d\ude80", "\udbff\udfff");

  @Test
  void shortTextsAreTheirOwnBounds() {
    StringStatistics bounds = TextBounds.of(utf8("a".repeat(64)), utf8("b")).orElseThrow();
    assertThat(bounds.getMinimum()).isEqualTo("a".repeat(64));
    assertThat(bounds.getMaximum()).isEqualTo("b");
    assertThat(bounds.hasLowerBound()).isFalse();
    assertThat(bounds.hasUpperBound()).isFalse();
  }

  @Test
  void longTextsLieBetweenShortBounds() {
    System.out.println("TextBoundsTest seed " + Seed.current());
    Random random = new Random(Seed.current());
    for (int i = 0; i < 20_000; i++) {
      byte[] text = utf8("x" + text(random, 64 + random.nextInt(40)));
      StringStatistics bounds = TextBounds.of(text, text).orElseThrow();
      byte[] lower = utf8(bounds.getLowerBound());
      byte[] upper = utf8(bounds.getUpperBound());
      assertThat(bounds.hasMinimum() || bounds.hasMaximum()).isFalse();
      assertThat(lower).hasSizeBetween(1, TextBounds.MAX_BYTES);
      assertThat(upper).hasSizeBetween(1, TextBounds.MAX_BYTES + 1);
      assertThat(Arrays.compareUnsigned(lower, text)).isNegative();
      assertThat(Arrays.compareUnsigned(upper, text)).isPositive();
    }
  }

  @Test
  void nothingIsKnownOfATextThatNoShortOneExceeds() {
    byte[] largest = utf8("\udbff\udfff".repeat(17));
    assertThat(TextBounds.of(largest, largest)).isEmpty();
  }

  @Test
  void boundsOfTwoPartsAreThoseOfBoth() {
    StringStatistics ab = TextBounds.of(utf8("a"), utf8("b".repeat(100))).orElseThrow();
    StringStatistics cd = TextBounds.of(utf8("aa"), utf8("d")).orElseThrow();
    for (StringStatistics merged : List.of(TextBounds.merged(ab, cd), TextBounds.merged(cd, ab))) {
      assertThat(merged.getMinimum()).isEqualTo("a");
      assertThat(merged.getMaximum()).isEqualTo("d");
      assertThat(merged.hasUpperBound()).isFalse();
    }
    StringStatistics bc = TextBounds.of(utf8("b"), utf8("c".repeat(100))).orElseThrow();
    StringStatistics merged = TextBounds.merged(ab, bc);
    assertThat(merged.getMinimum()).isEqualTo("a");
    assertThat(merged.getUpperBound()).isEqualTo("c".repeat(63) + "d");
    assertThat(merged.hasMaximum()).isFalse();
  }

  private static String text(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      text.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
