package io.elacsym.index.hnsw.graph;

/**
 * What the graph was measured to find: the curve that turns a recall target into a beam width.
 * Without points no target is reached by any width. Immutable.
 *
 * @param widths beam widths, ascending
 * @param scored mean vectors compared at each width
 * @param recall10 share of the 10 nearest found at each width: the mean less its standard error; or
 *     the share of the nearest found, if that is less
 * @param recall100 the same of the 100 nearest; 0 below width 100
 */
public record RecallCurve(int[] widths, float[] scored, float[] recall10, float[] recall100) {
  public static final int MAX_POINTS = 64;

  public static final RecallCurve NONE =
      new RecallCurve(new int[0], new float[0], new float[0], new float[0]);

  /**
   * The share of allowed misses that is kept in reserve: the rows that were measured resemble the
   * index more than queries do.
   */
  private static final double RESERVE = 0.1;

  public int points() {
    return widths.length;
  }

  /** The beam widths that find what is wanted with this recall. */
  public BeamWidth forRecall(double recallTarget) {
    double goal = recallTarget + RESERVE * (1 - recallTarget);
    return new BeamWidth(widthFor(recall10, goal), widthFor(recall100, goal));
  }

  /** How many vectors a search of this width compares, about. */
  public double scored(double width) {
    int last = widths.length - 1;
    int i = 0;
    while (i < last && widths[i] < width) {
      i++;
    }
    if (i == 0 || widths[i] < width) {
      return scored[i] * width / widths[i];
    }
    double part = (width - widths[i - 1]) / (widths[i] - widths[i - 1]);
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
    return BeamWidth.NEVER;
  }
}
