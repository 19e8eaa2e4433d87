package io.elacsym.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerLawTest {
  private static final double[] SIZES = {1e5, 1e6, 1e7};

  @Test
  void theExponentOfAPowerIsFound() {
    double[] roots = {3 * Math.sqrt(1e5), 3 * Math.sqrt(1e6), 3 * Math.sqrt(1e7)};
    assertThat(PowerLaw.fit(SIZES, roots).exponent()).isCloseTo(.5, within(1e-9));
  }

  @Test
  void whatDoesNotGrowHasExponentZero() {
    assertThat(PowerLaw.fit(SIZES, new double[] {4, 4, 4}).exponent()).isCloseTo(0, within(1e-9));
  }

  @Test
  void oneSizeTellsNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLaw.fit(new double[] {1}, new double[] {1}));
  }
}
