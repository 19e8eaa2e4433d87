package io.elacsym.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.model.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static final MathContext DIGITS = new MathContext(1_600);

  /** Of all magnitudes, and often of the same ones as others. */
  private static double number(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextGaussian();
      case 1 -> random.nextInt(100) / 10.0;
      case 2 -> Double.MIN_VALUE * random.nextInt(100);
      case 3 -> Double.MAX_VALUE / (1 + random.nextInt(9)) * (random.nextBoolean() ? 1 : -1);
      case 4 -> -0.0;
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : 1e16;
      }
    };
  }

  private static BigDecimal exact(Partial.Total total) {
    BigDecimal mantissa = new BigDecimal(total.mantissa());
    BigDecimal two = BigDecimal.TWO;
    return total.exponent() >= 0
        ? mantissa.multiply(two.pow(total.exponent()))
        : mantissa.divide(two.pow(-total.exponent()));
  }

  @Test
  void theSumHasNoErrorAndItsFloatIsTheNearestOne() {
    Seeded.run(random -> {
      for (int round = 0; round < 3_000; round++) {
        ExactSum sum = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
          double number = number(random);
          int times = random.nextInt(3) == 0 ? random.nextInt(Integer.MAX_VALUE) : 1;
          sum.add(number, times);
          expected = expected.add(new BigDecimal(number).multiply(BigDecimal.valueOf(times)));
        }
        Partial.Total total = sum.total(count);
        assertThat(exact(total)).isEqualByComparingTo(expected);
        assertThat(NearestFloat.of(total.mantissa(), total.exponent(), 1))
            .isEqualTo(expected.doubleValue() + 0.0);
        long divisor = 1L + random.nextInt(random.nextBoolean() ? 10 : Integer.MAX_VALUE);
        assertThat(NearestFloat.of(total.mantissa(), total.exponent(), divisor))
            .isEqualTo(expected.divide(BigDecimal.valueOf(divisor), DIGITS).doubleValue() + 0.0);
      }
    });
  }

  @Test
  void carriesAreNotLost() {
    double small = Math.nextDown(2.0);
    double great = Math.scalb(small, 100);
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 3; i++) {
      sum.add(small, Integer.MAX_VALUE);
      sum.add(-great, Integer.MAX_VALUE);
      sum.add(great, Integer.MAX_VALUE);
    }
    assertThat(exact(sum.total(3)))
        .isEqualByComparingTo(
            new BigDecimal(small).multiply(BigDecimal.valueOf(3L * Integer.MAX_VALUE)));
  }

  @Test
  void halvesGoToTheEvenFloat() {
    BigInteger odd = BigInteger.valueOf((1L << 54) + 3);
    assertThat(NearestFloat.of(odd, 0, 1)).isEqualTo(0x1.0000000000001p54);
    assertThat(NearestFloat.of(BigInteger.valueOf((1L << 54) + 2), 0, 1)).isEqualTo(0x1p54);
    assertThat(NearestFloat.of(BigInteger.valueOf((1L << 54) + 6), 0, 1))
        .isEqualTo(0x1.0000000000002p54);
    assertThat(NearestFloat.of(BigInteger.ONE, -1074, 2)).isZero();
    assertThat(NearestFloat.of(BigInteger.valueOf(3), -1074, 2)).isEqualTo(2 * Double.MIN_VALUE);
    assertThat(NearestFloat.of(BigInteger.ONE.shiftLeft(1024), 0, 1)).isInfinite();
  }
}
