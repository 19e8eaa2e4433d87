package io.elacsym.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.model.Seeded;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestScoresTest {
  @Test
  void theBarIsTheLeastOfTheBestOnceThereAreEnough() {
    BestScores best = new BestScores(3);
    assertThat(best.bar().score()).isEqualTo(Float.NEGATIVE_INFINITY);
    best.add(new float[] {9, 1});
    assertThat(best.bar().score()).isEqualTo(Float.NEGATIVE_INFINITY);
    best.add(new float[] {5, 4, 3});
    assertThat(best.bar().score()).isEqualTo(4);
    best.add(new float[] {});
    best.add(new float[] {4, 2});
    assertThat(best.bar().score()).isEqualTo(4);
    best.add(new float[] {8, 7, 6});
    assertThat(best.bar().score()).isEqualTo(7);
  }

  @Test
  void whateverTheOrderOfThePartsItIsThatOfAllScores() {
    Seeded.run(random -> {
      int k = 1 + random.nextInt(20);
      BestScores best = new BestScores(k);
      float[] all = new float[0];
      for (int part = 0; part < 8; part++) {
        float[] scores = new float[random.nextInt(k + 1)];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = random.nextInt(50);
        }
        Arrays.sort(scores);
        float[] rising = scores;
        float[] falling = new float[scores.length];
        IntStream.range(0, rising.length).forEach(i -> falling[i] = rising[rising.length - 1 - i]);
        best.add(falling);
        all = Arrays.copyOf(all, all.length + scores.length);
        System.arraycopy(scores, 0, all, all.length - scores.length, scores.length);
        Arrays.sort(all);
        float expected = all.length < k ? Float.NEGATIVE_INFINITY : all[all.length - k];
        assertThat(best.bar().score()).isEqualTo(expected);
      }
    });
  }
}
