package io.elacsym.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
  private final Curve curve =
      new Curve(
          List.of(
              new Curve.Point("8", 0.98, 300),
              new Curve.Point("2", 0.90, 100),
              new Curve.Point("4", 0.94, 200)));

  @Test
  void timeIsLinearBetweenPoints() {
    assertThat(curve.microsAt(0.96).orElseThrow()).isCloseTo(250, within(1e-9));
  }

  @Test
  void aPointAnswersForItself() {
    assertThat(curve.microsAt(0.94)).hasValue(200);
  }

  @Test
  void recallBelowTheCheapestPointCostsThatPoint() {
    assertThat(curve.microsAt(0.5)).hasValue(100);
  }

  @Test
  void recallThatNoPointReachesHasNoTime() {
    assertThat(curve.microsAt(0.99)).isEmpty();
  }

  @Test
  void pointsThatAreWorseInEverythingDoNotCount() {
    Curve bent =
        new Curve(
            List.of(
                new Curve.Point("2", 0.90, 100),
                new Curve.Point("odd", 0.95, 900),
                new Curve.Point("8", 0.98, 300)));
    assertThat(bent.microsAt(0.98)).hasValue(300);
    assertThat(bent.microsAt(0.94).orElseThrow()).isLessThan(300);
  }
}
