package io.elacsym.index.ivf.search;

import io.elacsym.api.index.Metric;
import io.elacsym.index.codes.Similarity;
import io.elacsym.index.codes.Space;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.QueryTables;
import io.elacsym.index.ivf.quantizer.Rabitq;

/**
 * A query as lists and items are compared with it.
 *
 * @param vector as {@link Similarity#prepare} left it
 * @param rotated the same in the space of the codes
 * @param square {@code |rotated|^2}
 * @param sum of the components of {@code rotated}
 * @param alongMiddle product of {@code vector} and the middle of the data
 * @param length of {@code vector}
 * @param signs tables for planes of signs
 * @param similarity compares vectors
 */
public record SpaceQuery(
    float[] vector,
    float[] rotated,
    float square,
    float sum,
    float alongMiddle,
    float length,
    QueryTables signs,
    Similarity similarity) {

  /**
   * @param vector as {@link Similarity#prepare} left it
   */
  public static SpaceQuery of(float[] vector, Space space, Similarity similarity) {
    float[] rotated = new float[space.components()];
    space.enter(vector, new float[vector.length], rotated);
    float sum = 0;
    for (float component : rotated) {
      sum += component;
    }
    int dimension = vector.length;
    return new SpaceQuery(
        vector,
        rotated,
        similarity.math().dot(rotated, 0, rotated, 0, rotated.length),
        sum,
        similarity.math().dot(vector, 0, space.middle(), 0, dimension),
        (float) Math.sqrt(similarity.math().dot(vector, 0, vector, 0, dimension)),
        Rabitq.signs(rotated),
        similarity);
  }

  boolean isL2() {
    return similarity.metric() == Metric.L2;
  }

  /** The score of an item that is a centroid, exactly but for rounding. */
  float centroidScore(float[] centroid, float centroidAlongMiddle) {
    int length = rotated.length;
    return isL2()
        ? -similarity.math().squaredDistance(rotated, 0, centroid, 0, length)
        : similarity.math().dot(rotated, 0, centroid, 0, length)
            + alongMiddle
            + centroidAlongMiddle;
  }

  /** The distance of a centroid. */
  float distance(float[] centroid) {
    return (float)
        Math.sqrt(similarity.math().squaredDistance(rotated, 0, centroid, 0, rotated.length));
  }

  /**
   * How much the query looks like the rows: how good its best hit is. The higher, the more; it does
   * not depend on the query's length where ranks do not.
   */
  public float likeness(float bestScore) {
    return similarity.metric() == Metric.DOT ? bestScore / length : bestScore;
  }

  /** Tables for the planes of a quantizer. */
  QueryTables tables(Quantizer quantizer) {
    return quantizer instanceof Rabitq ? signs : quantizer.tables(rotated);
  }
}
