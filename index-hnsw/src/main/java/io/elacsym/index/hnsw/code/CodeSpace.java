package io.elacsym.index.hnsw.code;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.index.codes.Rotation;
import io.elacsym.index.codes.Space;

/**
 * Where vectors are coded, and for which scores. Safe for use by many threads.
 *
 * @param metric of the field
 * @param math the host's
 * @param space around the center of the vectors
 */
public record CodeSpace(Metric metric, VectorMath math, Space space) {
  /** The same for all blobs: it is a part of the format. */
  private static final long ROTATION_SEED = 0x454c4143484e5357L;

  /**
   * @param center about the mean of the vectors, of length 1 where the metric is the cosine
   */
  public static CodeSpace around(float[] center, Metric metric, VectorMath math) {
    return new CodeSpace(
        metric, math, new Space(center, new Rotation(center.length, ROTATION_SEED)));
  }

  public float[] center() {
    return space.middle();
  }
}
