package io.elacsym.index.ivf.blob.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecallCurveTest {
  @Test
  void missedShareFallsAsTheTargetRises() {
    float[] left = {0.3f, 0.2f};
    RecallCurve curve =
        new RecallCurve(new float[] {0.8f, 0.9f}, new float[] {0.4f, 0.1f}, left, 1, 0);
    assertThat(curve.missedAt(0)).isEqualTo(0.4f);
    assertThat(curve.missedAt(0.85)).isCloseTo(0.2, within(1e-3));
    assertThat(curve.missedAt(0.95)).isCloseTo(0.05, within(1e-6));
    assertThat(curve.missedAt(1)).isZero();
    assertThat(curve.leftAt(0.8)).isEqualTo(0.3f);
    assertThat(RecallCurve.NONE.missedAt(0.5)).isZero();
  }

  /** A measured 0 says that some neighbours lie where nothing is expected. */
  @Test
  void betweenAPointAndOneWhereNothingMayBeMissedAllIsVisited() {
    float[] missed = {0.4f, 0, 0};
    RecallCurve curve = new RecallCurve(new float[] {0.8f, 0.9f, 0.95f}, missed, missed, 1, 0);
    assertThat(curve.missedAt(0.8)).isEqualTo(0.4f);
    for (double target : new double[] {0.801, 0.85, 0.9, 0.92, 0.95, 0.97, 1}) {
      assertThat(curve.missedAt(target)).as("at %s", target).isZero();
    }
  }
}
