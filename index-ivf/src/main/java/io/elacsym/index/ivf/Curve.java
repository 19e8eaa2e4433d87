package io.elacsym.index.ivf;

/**
 * How recall depends on the share of predicted hits that may be missed; see the format's
 * specification.
 *
 * @param recalls rising, more than 0 and less than 1
 * @param missed for each recall, the predicted hits among the lists not visited, per wanted hit
 * @param spread how much more scores vary along a query than along a random direction
 * @param surprise how many standard deviations below its prediction a score may lie
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Curve(float[] recalls, float[] missed, float spread, float surprise) {
  static final int MAX_POINTS = 64;

  /** Knows nothing: every search is exact. */
  static final Curve NONE = new Curve(new float[0], new float[0], 1, 0);

  boolean isEmpty() {
    return recalls.length == 0;
  }

  /** The missed share that a recall target allows; 0 means visit all. */
  double missed(double target) {
    int last = recalls.length - 1;
    if (last < 0 || target >= 1) {
      return 0;
    }
    if (target <= recalls[0]) {
      return missed[0];
    }
    if (target >= recalls[last]) {
      return missed[last] * (1 - target) / (1 - recalls[last]);
    }
    int right = 1;
    while (recalls[right] < target) {
      right++;
    }
    double share = (target - recalls[right - 1]) / (recalls[right] - recalls[right - 1]);
    double floor = 1e-12; // the logarithm of nothing
    double low = Math.log(missed[right - 1] + floor);
    double high = Math.log(missed[right] + floor);
    return Math.exp(low + share * (high - low));
  }

  /** Whether the numbers are such as the format allows. */
  boolean isSane() {
    for (int i = 0; i < recalls.length; i++) {
      boolean rises = recalls[i] > (i == 0 ? 0 : recalls[i - 1]) && recalls[i] < 1;
      if (!rises || !(missed[i] >= 0) || !Float.isFinite(missed[i])) {
        return false;
      }
    }
    return spread > 0 && Float.isFinite(spread) && surprise >= 0 && Float.isFinite(surprise);
  }
}
