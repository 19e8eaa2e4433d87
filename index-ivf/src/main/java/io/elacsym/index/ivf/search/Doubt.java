package io.elacsym.index.ivf.search;

/** How far an estimate may be off. */
final class Doubt {
  /** Part of the hits that a recall target allows to miss that estimates may cost. */
  private static final double PART = 0.25;

  private static final float MOST = 6;

  private Doubt() {}

  /**
   * Standard deviations by which an estimate may be too low, so that no more hits are lost by it
   * than a part of those that may be missed.
   */
  static float at(double recallTarget) {
    double lost = PART * (1 - recallTarget);
    float low = 0;
    float high = MOST;
    while (high - low > 0.01f) {
      float middle = (low + high) / 2;
      if (NormalDistribution.above(middle) > lost) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
