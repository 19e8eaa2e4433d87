package io.elacsym.index.hnsw.graph;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.UnitLength;

/**
 * Tells queries that resemble the rows from others, which take a wider beam: their nearest rows are
 * not near each other, and the graph's links do not lead from one to the next. There are two signs
 * of it, which cost next to nothing. How near the center is tells queries far from all rows, or on
 * the other side of the origin, before the search; how near the best row is tells those that lie
 * between the rows, after it.
 *
 * <p>Near means a high score. Under the metric {@code dot} it is divided by the length of the
 * query, on which no ranking depends, and that of the best row by the row's length, too: long rows
 * score high for queries of all kinds.
 *
 * @param center about the mean of the rows; empty without a graph
 * @param leastOfCenter how near the center is at least to a query that resembles the rows
 * @param leastOfBest how near the best row is at least to such a query
 */
public record Resemblance(float[] center, float leastOfCenter, float leastOfBest) {
  /** Without a graph nobody asks. */
  public static final Resemblance NONE = new Resemblance(new float[0], 0, 0);

  /** How near the center is to a query. */
  public double ofCenter(Metric metric, VectorMath math, float[] query) {
    return switch (metric) {
      case L2 -> -math.squaredDistance(query, 0, center, 0, query.length);
      case COSINE -> math.dot(query, 0, center, 0, query.length);
      case DOT -> math.dot(query, 0, center, 0, query.length) / length(math, query);
    };
  }

  /**
   * How near the best row is to a query.
   *
   * @param length of the row's vector
   * @param score of the row for the query
   */
  public double ofBest(Metric metric, VectorMath math, float[] query, double length, double score) {
    return metric == Metric.DOT ? score / (length(math, query) * length) : score;
  }

  private static double length(VectorMath math, float[] vector) {
    return Math.sqrt(UnitLength.squared(math, vector, 0, vector.length));
  }

  /** Whether a query may resemble the rows, by how near the center is. */
  public boolean isLikeCenter(double ofCenter) {
    // For a vector of zeros it is no number, and so resembles nothing.
    return ofCenter >= leastOfCenter;
  }

  /** Whether a query may resemble the rows, by how near the best row is. */
  public boolean isLikeBest(double ofBest) {
    return ofBest >= leastOfBest;
  }
}
