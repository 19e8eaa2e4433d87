package io.elacsym.engine.aggregate;

import java.math.BigInteger;

/** The float nearest to an exact number; of two that are equally near the even one. */
final class NearestFloat {
  /** Bits of a float, the leading one counted. */
  private static final int PRECISION = 53;

  private NearestFloat() {}

  /**
   * The float nearest to {@code mantissa * 2^exponent / divisor}; infinite when that is beyond all
   * floats.
   *
   * @param divisor more than 0
   */
  static double of(BigInteger mantissa, int exponent, long divisor) {
    if (mantissa.signum() == 0) {
      return 0;
    }
    BigInteger by = BigInteger.valueOf(divisor);
    BigInteger magnitude = mantissa.abs();
    // Enough bits that whatever is left over decides only between halves.
    int shift = Math.max(0, PRECISION + 2 - magnitude.bitLength() + by.bitLength());
    BigInteger[] divided = magnitude.shiftLeft(shift).divideAndRemainder(by);
    BigInteger quotient = divided[0];
    boolean rest = divided[1].signum() != 0;
    int scale = exponent - shift;
    int top = quotient.bitLength() + scale;
    // Below the smallest normal float there are fewer bits.
    int least = Math.max(top - PRECISION, Double.MIN_EXPONENT - PRECISION + 1);
    int drop = least - scale;
    long kept = quotient.shiftRight(drop).longValueExact();
    boolean half = quotient.testBit(drop - 1);
    boolean beyondHalf = rest || quotient.getLowestSetBit() < drop - 1;
    if (half && (beyondHalf || (kept & 1) != 0)) {
      kept++;
    }
    // Exact, because what does not fit was dropped; a sum of floats may still be too great.
    double nearest = Math.scalb((double) kept, least);
    return mantissa.signum() < 0 ? -nearest : nearest;
  }
}
