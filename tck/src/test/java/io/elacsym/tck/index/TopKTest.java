package io.elacsym.tck.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.VectorHits;
import io.elacsym.tck.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the api offers for ranking, against plain sorting. */
class TopKTest {
  private record Hit(float score, int row) {
    static final Comparator<Hit> BEST_FIRST =
        Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::row);
  }

  private final Random random = new Random(Seed.current());

  @Test
  void keysSortByFallingScoresThenByRisingRows() {
    float[] scores = {
      Float.POSITIVE_INFINITY,
      Float.MAX_VALUE,
      3e30f,
      1,
      Float.MIN_NORMAL,
      1e-40f,
      0,
      -1e-40f,
      -1,
      -3e30f,
      -Float.MAX_VALUE,
      Float.NEGATIVE_INFINITY
    };
    long before = Long.MIN_VALUE;
    for (float score : scores) {
      for (int row : new int[] {0, 1, 12_345, Integer.MAX_VALUE}) {
        long key = ScoreKey.of(score, row);
        assertThat(key).as("%s, row %d", score, row).isGreaterThan(before);
        assertThat(ScoreKey.score(key)).isEqualTo(score);
        assertThat(ScoreKey.row(key)).isEqualTo(row);
        before = key;
      }
    }
  }

  @Test
  void everyFloatComesBackAndKeepsItsPlace() {
    for (int i = 0; i < 100_000; i++) {
      float one = Float.intBitsToFloat(random.nextInt());
      float other = Float.intBitsToFloat(random.nextInt());
      if (one == other || Float.isNaN(one) || Float.isNaN(other)) {
        continue;
      }
      assertThat(ScoreKey.score(ScoreKey.of(one, i))).isEqualTo(one + 0f);
      assertThat(ScoreKey.of(one, i) < ScoreKey.of(other, 0))
          .as("%s and %s", one, other)
          .isEqualTo(one > other);
    }
  }

  @Test
  void bothZerosAreOneScoreAndWhatIsNoNumberIsTheLowest() {
    assertThat(ScoreKey.of(-0f, 5)).isEqualTo(ScoreKey.of(0f, 5));
    float negativeNaN = Float.intBitsToFloat(0xFFC0_0000);
    for (float noNumber : new float[] {Float.NaN, negativeNaN}) {
      assertThat(ScoreKey.of(noNumber, 5)).isEqualTo(ScoreKey.of(Float.NEGATIVE_INFINITY, 5));
    }
  }

  @Test
  void keepsWhatSortingWouldKeep() {
    TopK used = new TopK(1, 1);
    for (int round = 0; round < 500; round++) {
      int k = random.nextInt(150);
      int kinds = 1 + random.nextInt(60); // few kinds: many equal scores
      List<Hit> hits = new ArrayList<>();
      int[] rows = random.ints(0, 1 << 30).distinct().limit(random.nextInt(600)).toArray();
      for (int row : rows) {
        hits.add(new Hit(random.nextInt(kinds) - kinds / 2f, row));
      }
      used.reset(k, hits.size());
      TopK unforeseen = new TopK(k, random.nextInt(4)); // more come than were announced
      float kth = kth(hits, k);
      for (Hit hit : hits) {
        assertThat(used.threshold()).isLessThanOrEqualTo(kth);
        used.offer(hit.score(), hit.row());
        unforeseen.offer(hit.score(), hit.row());
      }
      String which = "seed " + Seed.current() + ", round " + round;
      hits.sort(Hit.BEST_FIRST);
      long[] expected =
          hits.stream().limit(k).mapToLong(hit -> ScoreKey.of(hit.score(), hit.row())).toArray();
      assertThat(used.size()).as(which).isEqualTo(expected.length);
      assertThat(used.best()).as(which).isEqualTo(expected);
      assertThat(unforeseen.best()).as(which).isEqualTo(expected);
    }
  }

  /** The score of the k-th best; of fewer than k, nothing is too low. */
  private static float kth(List<Hit> hits, int k) {
    return hits.stream()
        .map(Hit::score)
        .sorted(Comparator.reverseOrder())
        .skip(Math.max(0, k - 1))
        .findFirst()
        .filter(score -> k > 0)
        .orElse(Float.NEGATIVE_INFINITY);
  }

  @Test
  void whatOthersKeptIsMergedAndOffersGoOnAfterALook() {
    for (int round = 0; round < 100; round++) {
      int k = 1 + random.nextInt(40);
      TopK all = new TopK(k, 1000);
      TopK left = new TopK(k, 1000);
      TopK right = new TopK(k, 1000);
      for (int row = 0; row < 400; row++) {
        float score = random.nextInt(30);
        all.offer(score, row);
        (random.nextBoolean() ? left : right).offer(score, row);
        if (random.nextInt(50) == 0) {
          assertThat(all.best()).hasSize(all.size());
        }
      }
      left.offerAll(right);
      assertThat(left.best()).as("seed %d", Seed.current()).isEqualTo(all.best());
    }
  }

  @Test
  void hitsAreTheBestWithTheirScores() {
    TopK top = new TopK(3, 5);
    float[] scores = {1, Float.NaN, 7, 1, 1};
    for (int row = 0; row < scores.length; row++) {
      top.offer(scores[row], row);
    }
    VectorHits hits = top.hits(42);
    assertThat(hits.rows()).containsExactly(2, 0, 3);
    assertThat(hits.scores()).containsExactly(7, 1, 1);
    assertThat(hits.scored()).isEqualTo(42);
  }

  @Test
  void keepsNothingOfNothing() {
    TopK top = new TopK(0, 100);
    Arrays.asList(1f, 2f, 3f).forEach(score -> top.offer(score, 1));
    assertThat(top.hits(3).rows()).isEmpty();
    assertThat(new TopK(5, 0).best()).isEmpty();
    assertThatThrownBy(() -> new TopK(-1, 1)).hasMessage("k is -1, expected 0 or more");
  }
}
