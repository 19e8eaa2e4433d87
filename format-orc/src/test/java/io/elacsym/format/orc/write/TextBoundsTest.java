package io.elacsym.format.orc.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.tck.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.orc.OrcProto.StringStatistics;
import org.junit.jupiter.api.Test;

class TextBoundsTest {
  private static final List<String> CHARACTERS =
      List.of(
          "a", "\u007f", "\u00fc", "\u07ff", "\ud7ff", "\uffff", "\ud83d\ude80", "\udbff\udfff");

  @Test
  void shortTextsAreTheirOwnBounds() {
    StringStatistics bounds = shortened("a".repeat(64), "b").orElseThrow();
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
      String text = "x" + text(random, 64 + random.nextInt(40));
      StringStatistics bounds = shortened(text, text).orElseThrow();
      byte[] lower = utf8(bounds.getLowerBound());
      byte[] upper = utf8(bounds.getUpperBound());
      assertThat(bounds.hasMinimum() || bounds.hasMaximum()).isFalse();
      assertThat(lower).hasSizeBetween(1, TextBounds.MAX_BYTES);
      assertThat(upper).hasSizeBetween(1, TextBounds.MAX_BYTES + 1);
      assertThat(Arrays.compareUnsigned(lower, utf8(text))).isNegative();
      assertThat(Arrays.compareUnsigned(upper, utf8(text))).isPositive();
    }
  }

  @Test
  void boundsOfTheLibraryThatAreLongBecomeShortOnes() {
    StringStatistics bounds =
        TextBounds.shortened(
                StringStatistics.newBuilder()
                    .setLowerBound("a".repeat(1024))
                    .setUpperBound("b".repeat(1024))
                    .setSum(5000)
                    .build())
            .orElseThrow();
    assertThat(bounds.getLowerBound()).isEqualTo("a".repeat(64));
    assertThat(bounds.getUpperBound()).isEqualTo("b".repeat(63) + "c");
    assertThat(bounds.getSum()).isEqualTo(5000);
  }

  @Test
  void nothingIsKnownOfATextThatNoShortOneExceeds() {
    String largest = "\udbff\udfff".repeat(17);
    assertThat(shortened(largest, largest)).isEmpty();
  }

  private static Optional<StringStatistics> shortened(String min, String max) {
    return TextBounds.shortened(
        StringStatistics.newBuilder().setMinimum(min).setMaximum(max).build());
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
