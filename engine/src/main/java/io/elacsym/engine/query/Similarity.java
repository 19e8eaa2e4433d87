package io.elacsym.engine.query;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.UnitLength;

/** Scores one vector after another against a query, exactly. */
final class Similarity {
  private final VectorMath math;
  private final Metric metric;
  private final float[] query;
  private final float queryLength;

  Similarity(VectorMath math, Metric metric, float[] query) {
    this.math = math;
    this.metric = metric;
    this.query = query;
    this.queryLength = length(query, 0);
  }

  /** The score of the vector at {@code from}, as {@link Metric} defines it. */
  float of(float[] vectors, int from) {
    int d = query.length;
    return switch (metric) {
      case DOT -> math.dot(query, 0, vectors, from, d);
      case L2 -> -math.squaredDistance(query, 0, vectors, from, d);
      case COSINE -> math.dot(query, 0, vectors, from, d) / (length(vectors, from) * queryLength);
    };
  }

  private float length(float[] vectors, int from) {
    return (float) Math.sqrt(UnitLength.squared(math, vectors, from, query.length));
  }

  /** The score that users see. */
  static double shown(Metric metric, float score) {
    return switch (metric) {
      case DOT -> score;
      // An index may find that two equal vectors are a rounding error apart, in either direction.
      case L2 -> 1 / (1 + Math.sqrt(Math.max(0, -(double) score)));
      case COSINE -> Math.clamp(score, -1.0, 1.0);
    };
  }
}
