package io.elacsym.index.ivf.blob.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecallCurveTest {
  private static final float[] SAME = {0.4f, 0.1f};

  /**
   * @param like what may be left out for 1, 10, 100 and 1,000 hits of queries like the rows
   */
  private static RecallCurve curve(float[] recalls, float[]... like) {
    float[][] left = Arrays.copyOf(like, RecallCurve.ROWS);
    Arrays.fill(left, like.length, left.length, SAME);
    return new RecallCurve(recalls, left, 0, 1);
  }

  @Test
  void whatMayBeLeftOutFallsAsTheTargetRises() {
    RecallCurve curve = curve(new float[] {0.8f, 0.9f}, SAME, SAME, SAME, SAME);
    assertThat(curve.leftAt(0, 10, true)).isEqualTo(0.4f);
    assertThat(curve.leftAt(0.85, 10, true)).isCloseTo(0.2, within(1e-3));
    assertThat(curve.leftAt(0.95, 10, true)).isCloseTo(0.05, within(1e-6));
    assertThat(curve.leftAt(1, 10, true)).isZero();
    assertThat(RecallCurve.NONE.leftAt(0.5, 10, true)).isZero();
  }

  @Test
  void itDependsOnHowManyHitsAreWantedAndOnWhatTheQueryIsLike() {
    RecallCurve curve =
        curve(
            new float[] {0.8f, 0.9f},
            new float[] {0.9f, 0.9f},
            new float[] {0.09f, 0.09f},
            new float[] {0.009f, 0.009f},
            new float[] {0.0009f, 0.0009f});
    assertThat(curve.leftAt(0.8, 1, true)).isCloseTo(0.9, within(1e-6));
    assertThat(curve.leftAt(0.8, 3, true)).isBetween(0.25, 0.35);
    assertThat(curve.leftAt(0.8, 10, true)).isCloseTo(0.09, within(1e-6));
    assertThat(curve.leftAt(0.8, 32, true)).isBetween(0.025, 0.035);
    assertThat(curve.leftAt(0.8, 100, true)).isCloseTo(0.009, within(1e-6));
    assertThat(curve.leftAt(0.8, 320, true)).isBetween(0.0025, 0.0035);
    assertThat(curve.leftAt(0.8, 1_000, true)).isCloseTo(0.0009, within(1e-6));
    assertThat(curve.leftAt(0.8, 5_000, true)).isCloseTo(0.0009, within(1e-6));
    assertThat(curve.leftAt(0.8, 1, false)).isEqualTo(0.4f);
  }

  @Test
  void forMoreHitsThanWereMeasuredNoMoreIsLeftOutThanMayBeMissed() {
    RecallCurve curve = curve(new float[] {0.8f, 0.9f}, SAME, SAME, SAME, SAME);
    assertThat(curve.leftAt(0.8, 1_000, true)).isEqualTo(0.4f);
    assertThat(curve.leftAt(0.8, 10_000, true)).isCloseTo(0.2, within(1e-6));
  }

  /** A measured 0 says that some neighbours lie where nothing is expected. */
  @Test
  void betweenAPointAndOneWhereNothingMayBeMissedAllIsVisited() {
    float[] left = {0.4f, 0, 0};
    RecallCurve curve = curve(new float[] {0.8f, 0.9f, 0.95f}, left, left, left, left);
    assertThat(curve.leftAt(0.8, 10, true)).isEqualTo(0.4f);
    for (double target : new double[] {0.801, 0.85, 0.9, 0.92, 0.95, 0.97, 1}) {
      assertThat(curve.leftAt(target, 10, true)).as("at %s", target).isZero();
    }
  }
}
