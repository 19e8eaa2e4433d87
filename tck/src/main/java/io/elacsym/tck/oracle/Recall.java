package io.elacsym.tck.oracle;

import io.elacsym.api.index.VectorHits;

/** How much of the true answer was found. */
public final class Recall {
  /** Scores this close (relative) count as equal: two kernels add in different orders. */
  private static final double ROUNDING = 1e-4;

  private Recall() {}

  /**
   * The share of the exact answer that was found, 0 to 1. A hit counts when it is at least as good
   * as the last of the exact answer, so that among equally near rows any will do.
   *
   * @param found with exact scores
   * @param exact the true best rows for the same k
   */
  public static double of(VectorHits found, VectorHits exact) {
    int wanted = exact.scores().length;
    if (wanted == 0) {
      return 1;
    }
    double last = exact.scores()[wanted - 1];
    double slack = ROUNDING * Math.max(Math.abs(last), Math.abs(exact.scores()[0]));
    int good = 0;
    for (float score : found.scores()) {
      good += score >= last - slack ? 1 : 0;
    }
    return Math.min(1, (double) good / wanted);
  }
}
