package io.elacsym.index.codes;

/**
 * The step of the best uniform quantizer of a normal distribution with variance 1, by number of
 * levels: J. Max, "Quantizing for minimum distortion", 1960, table II, for up to 32 levels, and the
 * same by numerical minimisation for 256. A rotated vector's components are close to such a
 * distribution.
 */
public final class Steps {
  private Steps() {}

  public static float of(int bits) {
    return switch (bits) {
      case 3 -> 0.5860f;
      case 4 -> 0.3352f;
      case 5 -> 0.1881f;
      case 8 -> 0.0308f;
      default -> throw new IllegalArgumentException(bits + " bits");
    };
  }
}
