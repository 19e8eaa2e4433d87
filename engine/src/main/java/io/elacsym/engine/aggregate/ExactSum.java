package io.elacsym.engine.aggregate;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The sum of floats without any error, and so the same in whatever order they come: one number with
 * as many digits as it takes (a superaccumulator; Neal, "Fast exact summation using small and large
 * superaccumulators", 2015). A digit has 32 bits and stands in a {@code long}, so that carries can
 * wait. Only digits that are needed are there: most attributes need three or four. For one thread.
 */
final class ExactSum {
  private static final int DIGIT = 32;
  private static final long MASK = (1L << DIGIT) - 1;

  /** After so many additions to one digit its carry could be lost. */
  private static final int ADDITIONS = 1 << 30;

  /** Bits of a float after the leading one. */
  private static final int FRACTION = 52;

  private long[] digits = {};

  /** The place of the first digit, counted from that of the smallest float. */
  private int base;

  private int additions;

  /** Adds a finite float so many times. */
  void add(double value, int times) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> FRACTION) & 0x7ff;
    long fraction = bits & ((1L << FRACTION) - 1);
    long mantissa = exponent == 0 ? fraction : fraction | 1L << FRACTION;
    if (mantissa == 0) {
      return;
    }
    // The bits of the smallest float are at place 0.
    int place = Math.max(exponent, 1) - 1;
    long signed = bits < 0 ? -1 : 1;
    // The mantissa has 53 bits and the number of times 31: too many for one product.
    addAt(place, (mantissa & MASK) * times, signed);
    addAt(place + DIGIT, (mantissa >>> DIGIT) * times, signed);
  }

  /**
   * @param magnitude less than 2^63
   */
  private void addAt(int place, long magnitude, long sign) {
    if (magnitude == 0) {
      return;
    }
    int first = place / DIGIT;
    int shift = place % DIGIT;
    require(first, first + 2);
    int at = first - base;
    digits[at] += sign * ((magnitude << shift) & MASK);
    digits[at + 1] += sign * ((magnitude >>> (DIGIT - shift)) & MASK);
    digits[at + 2] += sign * (magnitude >>> DIGIT >>> (DIGIT - shift));
    if (++additions == ADDITIONS) {
      carry();
      additions = 0;
    }
  }

  /** Makes sure that there are the digits from {@code first} to {@code last}. */
  private void require(int first, int last) {
    if (digits.length == 0) {
      base = first;
      digits = new long[last - first + 1];
    } else if (first < base) {
      long[] more = new long[digits.length + base - first];
      System.arraycopy(digits, 0, more, base - first, digits.length);
      digits = more;
      base = first;
    }
    if (last >= base + digits.length) {
      digits = Arrays.copyOf(digits, last - base + 1);
    }
  }

  /** Leaves 32 bits in each digit but the last one, which has the sign. */
  private void carry() {
    if ((digits[digits.length - 1] >> (DIGIT - 1)) != 0) {
      digits = Arrays.copyOf(digits, digits.length + 1);
    }
    for (int i = 0; i + 1 < digits.length; i++) {
      digits[i + 1] += digits[i] >> DIGIT;
      digits[i] &= MASK;
    }
  }

  /** The sum so far, of so many values. */
  Partial.Total total(long count) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = digits.length - 1; i >= 0; i--) {
      sum = sum.shiftLeft(DIGIT).add(BigInteger.valueOf(digits[i]));
    }
    if (sum.signum() == 0) {
      return new Partial.Total(sum, 0, count);
    }
    int zeros = sum.getLowestSetBit();
    return new Partial.Total(
        sum.shiftRight(zeros), Partial.Total.LEAST_EXPONENT + base * DIGIT + zeros, count);
  }
}
