package io.elacsym.tck.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.index.UnitLength;
import io.elacsym.tck.ScalarVectorMath;
import io.elacsym.tck.Seed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitLengthTest {
  private static final ScalarVectorMath MATH = new ScalarVectorMath();

  /** From subnormal floats to those whose squares no float can hold. */
  @ParameterizedTest
  @ValueSource(floats = {9.8E-45f, 1e-40f, 1e-30f, 1e-19f, 1e-15f, 1, 1e15f, 1e19f, 1e38f})
  void vectorsOfEveryLengthGetLengthOneAndKeepTheirDirection(float size) {
    Random random = new Random(Seed.current());
    for (int length : new int[] {1, 3, 64, 769}) {
      float[] vector = new float[length + 2];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (random.nextBoolean() ? size : -size) * (1 + random.nextInt(3));
      }
      float[] scaled = vector.clone();
      UnitLength.scale(MATH, scaled, 1, length);
      double squares = 0;
      for (int i = 1; i <= length; i++) {
        squares += (double) vector[i] * vector[i];
      }
      for (int i = 1; i <= length; i++) {
        assertThat((double) scaled[i])
            .as("component %d of length %d", i, length)
            .isCloseTo(vector[i] / Math.sqrt(squares), within(1e-6));
      }
      assertThat(UnitLength.squared(MATH, scaled, 1, length)).isCloseTo(1, within(1e-5));
      assertThat(UnitLength.squared(MATH, vector, 1, length) / squares).isCloseTo(1, within(1e-5));
      assertThat(scaled[0]).as("beside the vector").isEqualTo(vector[0]);
      assertThat(scaled[length + 1]).as("beside the vector").isEqualTo(vector[length + 1]);
    }
  }

  @Test
  void aVectorOfZerosStaysOne() {
    float[] zeros = {0, -0f, 0};
    UnitLength.scale(MATH, zeros, 0, 3);
    assertThat(zeros).containsExactly(0, -0f, 0);
    assertThat(UnitLength.squared(MATH, zeros, 0, 3)).isZero();
    float[] almost = new float[3];
    Arrays.fill(almost, Float.MIN_VALUE);
    assertThat(UnitLength.squared(MATH, almost, 0, 3)).isPositive();
  }
}
