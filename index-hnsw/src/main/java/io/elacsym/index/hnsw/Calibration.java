package io.elacsym.index.hnsw;

/**
 * What the graph was measured to find: the curve that turns a recall target into a beam width.
 * Immutable.
 *
 * @param widths beam widths, ascending
 * @param scored mean vectors compared at each width
 * @param recall10 mean share of the 10 nearest found at each width
 * @param recall100 mean share of the 100 nearest found; 0 below width 100
 */
@SuppressWarnings("ArrayRecordComponent") // a measured curve, never compared
record Calibration(int[] widths, float[] scored, float[] recall10, float[] recall100) {
  static final int MAX_POINTS = 64;

  /** No width is wide enough. */
  static final int NEVER = -1;

  /**
   * The share of allowed misses that is kept in reserve, because the curve is the mean of a few hundred
   * queries and the next queries are others.
   */
  private static final double RESERVE = 0.15;

  int points() {
    return widths.length;
  }

  /**
   * The beam width at which the {@code k} nearest are found with the wanted recall, or {@link #NEVER}.
   * Between 10 and 100 the width grows as a power of k, beyond them in proportion to k; fewer than 10
   * are looked for as carefully as 10.
   */
  int width(int k, double recallTarget) {
    double goal = recallTarget + RESERVE * (1 - recallTarget);
    double ten = widthFor(recall10, goal);
    if (ten == NEVER) {
      return NEVER;
    }
    if (k <= 10) {
      return (int) Math.ceil(ten);
    }
    double hundred = widthFor(recall100, goal);
    if (hundred == NEVER) {
      return NEVER;
    }
    double width =
        k >= 100
            ? hundred * k / 100
            : ten * Math.pow(hundred / ten, Math.log(k / 10.0) / Math.log(10));
    return (int) Math.min(Integer.MAX_VALUE, Math.max(k, Math.ceil(width)));
  }

  /** How many vectors a search of this width compares, about. */
  double scored(int width) {
    int last = widths.length - 1;
    int i = 0;
    while (i < last && widths[i] < width) {
      i++;
    }
    if (i == 0 || widths[i] < width) {
      return (double) scored[i] * width / widths[i];
    }
    double part = (double) (width - widths[i - 1]) / (widths[i] - widths[i - 1]);
    return scored[i - 1] + part * (scored[i] - scored[i - 1]);
  }

  private double widthFor(float[] recall, double goal) {
    for (int i = 0; i < widths.length; i++) {
      if (recall[i] >= goal) {
        if (i == 0 || recall[i - 1] <= 0) {
          return widths[i];
        }
        double part = (goal - recall[i - 1]) / (recall[i] - recall[i - 1]);
        return widths[i - 1] + part * (widths[i] - widths[i - 1]);
      }
    }
    return NEVER;
  }
}
