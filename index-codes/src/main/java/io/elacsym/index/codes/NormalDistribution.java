package io.elacsym.index.codes;

/** The standard normal distribution, by table. */
public final class NormalDistribution {
  private static final int STEPS = 64;

  /** Beyond so many standard deviations nothing is expected. */
  public static final int LIMIT = 8;

  private static final float[] TABLE = table();

  private NormalDistribution() {}

  /** The probability of more than {@code z}; off by at most 1 % of itself up to 8, 0 beyond. */
  public static float above(float z) {
    float at = (z + LIMIT) * STEPS;
    if (!(at > 0)) {
      return 1;
    }
    int index = (int) at;
    if (index >= TABLE.length - 1) {
      return 0;
    }
    float low = TABLE[index];
    return low + (at - index) * (TABLE[index + 1] - low);
  }

  /** What is exceeded with a probability, to a hundredth; from 0 to 6. */
  public static float exceeded(double probability) {
    float low = 0;
    float high = 6;
    while (high - low > 0.01f) {
      float middle = (low + high) / 2;
      if (above(middle) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static float[] table() {
    // Summed from the far end, where terms are small, by the trapezoidal rule on a finer grid.
    int finer = 16;
    double step = 1.0 / (STEPS * finer);
    float[] table = new float[2 * LIMIT * STEPS + 1];
    double sum = 0;
    for (int i = 4 * LIMIT * STEPS * finer; i > 0; i--) {
      double right = i * step - LIMIT;
      sum += (density(right) + density(right - step)) * step / 2;
      int left = i - 1;
      if (left % finer == 0 && left / finer < table.length) {
        table[left / finer] = (float) sum;
      }
    }
    return table;
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }
}
