package io.elacsym.benchmarks.measure;

/**
 * How something grows: as {@code size} to the power of {@code exponent}.
 *
 * @param exponent 0 does not grow, 1 in proportion
 */
public record PowerLaw(double exponent) {
  /**
   * The least squares of the logarithms.
   *
   * @param sizes at least two different ones, above 0
   * @param values above 0, one a size
   */
  public static PowerLaw fit(double[] sizes, double[] values) {
    if (sizes.length != values.length || sizes.length < 2) {
      throw new IllegalArgumentException(
          sizes.length + " sizes and " + values.length + " values, expected two or more of each");
    }
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < sizes.length; i++) {
      meanX += Math.log(sizes[i]) / sizes.length;
      meanY += Math.log(values[i]) / sizes.length;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < sizes.length; i++) {
      double x = Math.log(sizes[i]) - meanX;
      covariance += x * (Math.log(values[i]) - meanY);
      variance += x * x;
    }
    return new PowerLaw(covariance / variance);
  }
}
