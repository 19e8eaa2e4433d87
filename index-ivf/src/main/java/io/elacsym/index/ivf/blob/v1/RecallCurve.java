package io.elacsym.index.ivf.blob.v1;

/**
 * How recall depends on what is not visited; see the format's specification.
 *
 * @param recalls rising, more than 0 and less than 1
 * @param missed for each recall, the hits that may be left out, per wanted hit, as predicted before
 *     anything is visited
 * @param left for each recall, the share of all items above a score that may be left out, when the
 *     score of the k-th hit is known
 * @param spread how much more scores vary along a query than along a random direction
 * @param surprise how many standard deviations below its prediction a score may lie
 */
public record RecallCurve(
    float[] recalls, float[] missed, float[] left, float spread, float surprise) {
  static final int MAX_POINTS = 64;

  /** Bytes of a point in the blob. */
  static final int POINT_BYTES = 12;

  /** Knows nothing: every search is exact. */
  public static final RecallCurve NONE =
      new RecallCurve(new float[0], new float[0], new float[0], 1, 0);

  public boolean isEmpty() {
    return recalls.length == 0;
  }

  /** {@link #missed} at a recall target; 0 means visit all. */
  public double missedAt(double target) {
    return at(target, missed);
  }

  /** {@link #left} at a recall target; 0 means visit all. */
  public double leftAt(double target) {
    return at(target, left);
  }

  private double at(double target, float[] values) {
    int last = recalls.length - 1;
    if (last < 0 || target >= 1) {
      return 0;
    }
    if (target <= recalls[0]) {
      return values[0];
    }
    if (target >= recalls[last]) {
      return values[last] * (1 - target) / (1 - recalls[last]);
    }
    int right = 1;
    while (recalls[right] < target) {
      right++;
    }
    if (values[right] == 0) {
      // At the higher recall nothing may be missed. How much may be missed just below it was not
      // measured, and any guess could be far too much.
      return 0;
    }
    double share = (target - recalls[right - 1]) / (recalls[right] - recalls[right - 1]);
    double low = Math.log(values[right - 1]);
    double high = Math.log(values[right]);
    return Math.exp(low + share * (high - low));
  }

  /** Whether the numbers are such as the format allows. */
  boolean isSane() {
    for (int i = 0; i < recalls.length; i++) {
      boolean rises = recalls[i] > (i == 0 ? 0 : recalls[i - 1]) && recalls[i] < 1;
      boolean inRange = missed[i] >= 0 && left[i] >= 0;
      if (!rises || !inRange || !Float.isFinite(missed[i] + left[i])) {
        return false;
      }
    }
    return spread > 0 && Float.isFinite(spread) && surprise >= 0 && Float.isFinite(surprise);
  }
}
