package com.example.elacsym.flat;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.UnitLength;
import java.lang.foreign.MemorySegment;

/**
 * How a metric is computed. Under cosine, stored vectors and queries have length 1, so that the
 * inner product is the cosine.
 */
record Similarity(Metric metric, VectorMath math) {

  /** Gives a vector the form it is stored in, in place. */
  void normalize(float[] vector) {
    if (metric == Metric.COSINE) {
      UnitLength.scale(math, vector, 0, vector.length);
    }
  }

  /** A copy of a query in the form that {@link #scores} wants. */
  float[] prepared(float[] query) {
    float[] copy = query.clone();
    normalize(copy);
    return copy;
  }

  /**
   * Scores {@code count} stored vectors.
   *
   * @param prepared the query
   * @param out receives a score for each, higher for nearer
   */
  void scores(float[] prepared, MemorySegment vectors, int count, float[] out) {
    if (metric == Metric.L2) {
      math.squaredDistances(prepared, vectors, 0, count, out, 0);
      for (int i = 0; i < count; i++) {
        out[i] = -out[i];
      }
    } else {
      math.dots(prepared, vectors, 0, count, out, 0);
    }
  }
}
