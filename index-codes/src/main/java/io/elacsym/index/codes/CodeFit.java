package io.elacsym.index.codes;

/**
 * How well the direction of a code fits the vector that it stands for, after which products of the
 * vector with any query are estimated without a bias and with a known error (J. Gao and C. Long,
 * "RaBitQ", SIGMOD 2024).
 *
 * @param scale of the code, so that its product with the vector is that of the vector with itself
 * @param error standard deviation of the estimated product with a query of length 1
 */
public record CodeFit(double scale, double error) {
  /**
   * Fits a code.
   *
   * @param square {@code |vector|^2}
   * @param along product of the code's values and the vector
   * @param size {@code |values|^2}
   * @param components of both
   */
  public static CodeFit of(double square, double along, double size, int components) {
    double scale = along > 0 ? square / along : 0;
    double cosine = along > 0 ? along * along / (size * square) : 1;
    double error = Math.sqrt(square * Math.max(0, 1 / cosine - 1) / Math.max(1, components - 1));
    return new CodeFit(scale, error);
  }
}
