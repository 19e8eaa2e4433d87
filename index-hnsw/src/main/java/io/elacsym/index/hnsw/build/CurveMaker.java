package io.elacsym.index.hnsw.build;

import io.elacsym.index.hnsw.graph.RecallCurve;
import java.util.Arrays;
import java.util.List;

/** Makes the curve that holds for each of several groups of queries. */
final class CurveMaker {
  private final List<QueryGroup> groups;
  private final double weight;
  private final int[] widths = new int[RecallCurve.MAX_POINTS];
  private final float[] scored = new float[RecallCurve.MAX_POINTS];
  private final float[] recall10 = new float[RecallCurve.MAX_POINTS];
  private final float[] recall100 = new float[RecallCurve.MAX_POINTS];
  private int points;

  /**
   * @param groups at least one, those that lead before the others
   * @param weight of what was not found: more than 1 where other queries will fare worse
   */
  CurveMaker(List<QueryGroup> groups, double weight) {
    this.groups = groups;
    this.weight = weight;
  }

  /** Adds the next wider width. */
  void add(WidthSample sample) {
    double mostScored = 0;
    double least10 = 1;
    double least100 = 1;
    for (QueryGroup group : groups) {
      mostScored = Math.max(mostScored, group.mean(sample.scored()));
      least10 = group.told(sample.hits10(), 10, least10);
      least100 = group.told(sample.hits100(), 100, least100);
    }
    for (QueryGroup group : groups) {
      // Whether the nearest itself was found is one answer a query, which chance plays with.
      least10 = group.toldIfClear(sample.hits1(), 1, least10);
    }
    int point = points++;
    widths[point] = sample.width();
    // A wider beam is never worse: what falls is noise, and would break the search for a width.
    scored[point] = rising(scored, point, mostScored);
    recall10[point] = rising(recall10, point, weighted(least10));
    recall100[point] = rising(recall100, point, weighted(least100));
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

  private double weighted(double recall) {
    return Math.clamp(1 - weight * (1 - recall), 0, 1);
  }

  private static float rising(float[] values, int point, double value) {
    return (float) (point == 0 ? value : Math.max(value, values[point - 1]));
  }
}
