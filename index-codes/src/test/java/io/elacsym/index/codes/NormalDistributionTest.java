package io.elacsym.index.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalDistributionTest {
  @Test
  void isThatOfTheTables() {
    assertThat(NormalDistribution.above(0)).isCloseTo(0.5f, within(1e-4f));
    assertThat(NormalDistribution.above(1)).isCloseTo(0.158655f, within(1e-4f));
    assertThat(NormalDistribution.above(-2)).isCloseTo(0.977250f, within(1e-4f));
    assertThat(NormalDistribution.above(5)).isCloseTo(2.8665e-7f, within(3e-9f));
    assertThat(NormalDistribution.above(50)).isZero();
    assertThat(NormalDistribution.above(-50)).isEqualTo(1);
  }

  @Test
  void whatIsExceededIsTheInverse() {
    for (double z : new double[] {0.5, 1, 2.33, 3.7, 5.5}) {
      assertThat(NormalDistribution.exceeded(NormalDistribution.above((float) z)))
          .isCloseTo((float) z, within(0.011f));
    }
    assertThat(NormalDistribution.exceeded(0.7)).isCloseTo(0, within(0.011f));
    assertThat(NormalDistribution.exceeded(0)).isEqualTo(6);
  }
}
