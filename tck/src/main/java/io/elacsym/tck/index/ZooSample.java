package io.elacsym.tck.index;

import java.util.Arrays;

/**
 * Of each query of a cell how much was found.
 *
 * @param recalls 0 to 1
 * @param scored how many vectors were compared with a query, on average
 */
record ZooSample(double[] recalls, double scored) {
  /** How many standard errors a mean may be off before it is no chance. */
  private static final double ERRORS = 2;

  double mean() {
    return Arrays.stream(recalls).average().orElseThrow();
  }

  /** Whether the mean falls short of a target by more than its error. */
  boolean misses(double target) {
    return mean() + ERRORS * error(recalls) < target;
  }

  /** Whether less was found than in another sample of the same queries, by more than the error. */
  boolean findsLessThan(ZooSample other) {
    double[] more = new double[recalls.length];
    Arrays.setAll(more, i -> recalls[i] - other.recalls[i]);
    return Arrays.stream(more).average().orElseThrow() + ERRORS * error(more) < 0;
  }

  private static double error(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
  }
}
