package io.elacsym.index.hnsw.build;

import io.elacsym.index.hnsw.graph.RecallCurve;
import java.util.Arrays;
import java.util.List;

/** Makes the curve that holds for each of several groups of queries. */
final class CurveMaker {
  private final double weight;
  private final int[] widths = new int[RecallCurve.MAX_POINTS];
  private final float[] scored = new float[RecallCurve.MAX_POINTS];
  private final float[] recall10 = new float[RecallCurve.MAX_POINTS];
  private final float[] recall100 = new float[RecallCurve.MAX_POINTS];
  private int points;

  /**
   * @param weight of what was not found: more than 1 where other queries will fare worse
   */
  CurveMaker(double weight) {
    this.weight = weight;
  }

  /**
   * Adds the next wider width.
   *
   * @param leaders at least one group, which the curve follows
   * @param others groups that count where they clearly find less
   */
  void add(
      WidthSample leading, List<QueryGroup> leaders, WidthSample beside, List<QueryGroup> others) {
    double mostScored = 0;
    double least10 = 1;
    double least100 = 1;
    for (QueryGroup group : leaders) {
      mostScored = Math.max(mostScored, group.mean(leading.scored()));
      least10 = Math.min(least10, group.atLeast(leading.hits10(), 10));
      least100 = Math.min(least100, group.atLeast(leading.hits100(), 100));
    }
    for (QueryGroup group : leaders) {
      // Whether the nearest itself was found is one answer a query, which chance plays with.
      least10 = group.ifClear(leading.hits1(), 1, least10);
    }
    for (QueryGroup group : others) {
      least10 = group.ifClear(beside.hits10(), 10, least10);
      least10 = group.ifClear(beside.hits1(), 1, least10);
      least100 = group.ifClear(beside.hits100(), 100, least100);
    }
    least10 = Math.max(0, 1 - weight * (1 - least10));
    least100 = Math.max(0, 1 - weight * (1 - least100));
    int point = points++;
    widths[point] = beside.width();
    // A wider beam is never worse: what falls is noise, and would break the search for a width.
    scored[point] = rising(scored, point, mostScored);
    recall10[point] = rising(recall10, point, least10);
    recall100[point] = rising(recall100, point, least100);
  }

  /** Whether the last width found this share of the nearest, or compared so many vectors. */
  boolean isEnough(double share, double mostScored) {
    int last = points - 1;
    return (recall10[last] >= share && recall100[last] >= share)
        || (widths[last] >= 100 && scored[last] > mostScored);
  }

  boolean isFull() {
    return points == RecallCurve.MAX_POINTS;
  }

  RecallCurve curve() {
    return new RecallCurve(
        Arrays.copyOf(widths, points),
        Arrays.copyOf(scored, points),
        Arrays.copyOf(recall10, points),
        Arrays.copyOf(recall100, points));
  }

  private static float rising(float[] values, int point, double value) {
    return (float) (point == 0 ? value : Math.max(value, values[point - 1]));
  }
}
