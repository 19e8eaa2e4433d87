package io.elacsym.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.model.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NeedlesTest {
  @Test
  void oneAndManyNeedlesFindWhatThePlainSearchFinds() {
    Seeded.run(random -> {
      for (int round = 0; round < 3_000; round++) {
        List<String> needles = new ArrayList<>();
        for (int left = random.nextInt(6); left > 0; left--) {
          needles.add(text(random, random.nextInt(8)));
        }
        String text = text(random, random.nextInt(60));
        Needles many = new Needles(needles);
        assertThat(many.anyIn(text))
            .as("any of %s in %s", needles, text)
            .isEqualTo(needles.stream().anyMatch(text::contains));
        assertThat(many.allIn(text))
            .as("all of %s in %s", needles, text)
            .isEqualTo(needles.stream().allMatch(text::contains));
        String needle = text(random, random.nextInt(40));
        String around = text(random, random.nextInt(200)) + needle + text(random, 30);
        assertThat(new Needle(needle).find(around, 0)).isEqualTo(around.indexOf(needle));
        assertThat(new Needle(needle).find(text, 0)).isEqualTo(text.indexOf(needle));
      }
    });
  }

  /** Of few letters, so that needles overlap and repeat themselves. */
  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int left = length; left > 0; left--) {
      text.append((char) ('a' + random.nextInt(random.nextInt(2) + 1)));
    }
    return text.toString();
  }

  /** The product of both lengths would be 10,000,000,000,000 steps. */
  @Test
  @Timeout(60)
  void aLongNeedleThatRepeatsItselfIsSearchedInOnePass() {
    String needle = "a".repeat(1 << 20) + "b";
    String text = "a".repeat(8 << 20);
    assertThat(new Needle(needle).isIn(text)).isFalse();
    assertThat(new Needle(needle).isIn(text + "b")).isTrue();
  }

  @Test
  @Timeout(60)
  void manyNeedlesAreSearchedInOnePass() {
    List<String> needles = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      needles.add("a".repeat(i) + "b");
    }
    String text = "a".repeat(8 << 20);
    assertThat(new Needles(needles).anyIn(text)).isFalse();
    assertThat(new Needles(needles).allIn(text + "b")).isTrue();
  }
}
