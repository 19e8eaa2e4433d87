package io.elacsym.index.ivf.blob.v1;

import java.util.List;

/**
 * How recall depends on what is not visited; see the format's specification. Measured for queries
 * that look like the rows and for others, and for four numbers of hits.
 *
 * @param recalls rising, more than 0 and less than 1
 * @param left for each kind of query and each of {@link #DEPTHS} a row, and in it for each recall
 *     the share of all items expected above the k-th score that may be left out
 * @param boundary a query whose likeness is less than this is unlike the rows
 * @param spread how much more scores vary along a query than along a random direction
 */
public record RecallCurve(float[] recalls, float[][] left, float boundary, float spread) {
  /** Numbers of hits for which it is measured; between them it is interpolated. */
  public static final List<Integer> DEPTHS = List.of(1, 10, 100, 1000);

  /** Rows of {@link #left}: those of queries like the rows come first. */
  public static final int ROWS = 2 * DEPTHS.size();

  static final int MAX_POINTS = 64;

  /** Bytes of a point in the blob. */
  static final int POINT_BYTES = Float.BYTES * (1 + ROWS);

  /** Knows nothing: every search is exact. */
  public static final RecallCurve NONE = new RecallCurve(new float[0], new float[ROWS][0], 0, 1);

  public boolean isEmpty() {
    return recalls.length == 0;
  }

  /** The row of {@link #left} for a kind of query and one of {@link #DEPTHS}. */
  public static int row(boolean like, int depth) {
    return (like ? 0 : DEPTHS.size()) + depth;
  }

  /**
   * What may be left out; 0 means that all lists are visited.
   *
   * @param target recall wanted
   * @param k hits wanted
   * @param like whether the query looks like the rows
   */
  public double leftAt(double target, int k, boolean like) {
    int depth = 0;
    while (depth < DEPTHS.size() - 2 && k > DEPTHS.get(depth + 1)) {
      depth++;
    }
    double low = at(target, left[row(like, depth)]);
    double high = at(target, left[row(like, depth + 1)]);
    if (k > DEPTHS.getLast()) {
      // The more hits, the better items expected stand for items found; and more was not measured.
      return Math.min(high, 1 - target);
    }
    double share =
        Math.clamp(
            (Math.log(k) - Math.log(DEPTHS.get(depth)))
                / (Math.log(DEPTHS.get(depth + 1)) - Math.log(DEPTHS.get(depth))),
            0,
            1);
    return between(low, high, share);
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
    double share = (target - recalls[right - 1]) / (recalls[right] - recalls[right - 1]);
    return between(values[right - 1], values[right], share);
  }

  /** The way from one value to another in logarithms. */
  private static double between(double from, double to, double share) {
    if (share <= 0) {
      return from;
    }
    if (from == 0 || to == 0) {
      // At one end nothing may be left out. How much may be close to it was not measured, and any
      // guess could be far too much.
      return 0;
    }
    return Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)));
  }

  /** Whether the numbers are such as the format allows. */
  boolean isSane() {
    for (int i = 0; i < recalls.length; i++) {
      if (!(recalls[i] > (i == 0 ? 0 : recalls[i - 1]) && recalls[i] < 1)) {
        return false;
      }
      for (float[] row : left) {
        if (!(row[i] >= 0) || !Float.isFinite(row[i])) {
          return false;
        }
      }
    }
    return spread > 0 && Float.isFinite(spread) && !Float.isNaN(boundary);
  }
}
