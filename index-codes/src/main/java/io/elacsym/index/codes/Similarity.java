package io.elacsym.index.codes;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.UnitLength;
import java.lang.foreign.MemorySegment;

/** Scores of vectors under a metric. Safe for use by many threads. */
public record Similarity(Metric metric, VectorMath math) {

  /** The same scores of vectors that {@link #prepare} made, which is faster to compute. */
  public Similarity ofPrepared() {
    return metric == Metric.COSINE ? new Similarity(Metric.DOT, math) : this;
  }

  /** The vector as it is coded, and compared as a query: the same, or a copy of length 1. */
  public float[] prepare(float[] vector) {
    if (metric != Metric.COSINE) {
      return vector;
    }
    float[] unit = vector.clone();
    prepareInPlace(unit);
    return unit;
  }

  public void prepareInPlace(float[] vector) {
    if (metric == Metric.COSINE) {
      UnitLength.scale(math, vector, 0, vector.length);
    }
  }

  /**
   * Scores of {@code count} consecutive vectors, written to {@code out} from its start.
   *
   * @param query as {@link #prepare} left it
   */
  public void scores(float[] query, MemorySegment vectors, long offset, int count, float[] out) {
    switch (metric) {
      case DOT -> math.dots(query, vectors, offset, count, out, 0);
      case COSINE -> math.cosines(query, vectors, offset, count, out, 0);
      case L2 -> {
        math.squaredDistances(query, vectors, offset, count, out, 0);
        for (int i = 0; i < count; i++) {
          out[i] = -out[i];
        }
      }
    }
  }
}
