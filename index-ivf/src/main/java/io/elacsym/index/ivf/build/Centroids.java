package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import io.elacsym.index.codes.Bytes;
import java.lang.foreign.MemorySegment;

/** Centroids, and which of them is the nearest. Immutable, safe for use by many threads. */
final class Centroids {
  private final int dimension;
  private final int count;
  private final float[] values;
  private final MemorySegment packed;
  private final float[] halfNorms;
  private final VectorMath math;

  /**
   * @param values centroid after centroid; not to be changed afterwards
   */
  Centroids(float[] values, int dimension, VectorMath math) {
    this.dimension = dimension;
    this.count = values.length / dimension;
    this.values = values;
    this.math = math;
    this.packed = Bytes.allocate(4L * values.length);
    Bytes.put(values, packed, 0);
    this.halfNorms = new float[count];
    for (int i = 0; i < count; i++) {
      halfNorms[i] = math.dot(values, i * dimension, values, i * dimension, dimension) / 2;
    }
  }

  int count() {
    return count;
  }

  float[] values() {
    return values;
  }

  /**
   * How near each of some centroids is: the larger, the nearer.
   *
   * @param out receives them from 0
   */
  void nearness(float[] vector, int from, int to, float[] out) {
    // |v-c|^2 = |v|^2 - 2 (v.c - |c|^2 / 2), and |v|^2 is the same for all.
    math.dots(vector, packed, 4L * dimension * from, to - from, out, 0);
    for (int i = from; i < to; i++) {
      out[i - from] -= halfNorms[i];
    }
  }

  /** The nearest centroid. */
  int nearest(float[] vector, float[] scratch) {
    nearness(vector, 0, count, scratch);
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (scratch[i] > scratch[best]) {
        best = i;
      }
    }
    return best;
  }
}
