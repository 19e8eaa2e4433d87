package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;

/** Centroids, and how near they are. Immutable, safe for use by many threads. */
final class Centroids {
  private final float[][] centroids;
  private final float[] halfNorms;
  private final VectorMath math;

  /**
   * @param centroids not to be changed afterwards
   */
  Centroids(float[][] centroids, VectorMath math) {
    this.centroids = centroids;
    this.math = math;
    this.halfNorms = new float[centroids.length];
    for (int i = 0; i < centroids.length; i++) {
      halfNorms[i] = math.dot(centroids[i], 0, centroids[i], 0, centroids[i].length) / 2;
    }
  }

  int count() {
    return centroids.length;
  }

  float[][] values() {
    return centroids;
  }

  /**
   * How near a centroid is to each vector of a block: the larger, the nearer.
   *
   * @param out receives them from {@code at} on
   */
  void nearness(int centroid, VectorBlock block, float[] out, int at) {
    // |v-c|^2 = |v|^2 - 2 (v.c - |c|^2 / 2), and |v|^2 is the same for all.
    math.dots(centroids[centroid], block.vectors(), 0, block.count(), out, at);
    for (int i = at; i < at + block.count(); i++) {
      out[i] -= halfNorms[centroid];
    }
  }

  /**
   * Offers some centroids to the vectors of a block.
   *
   * @param closed centroids that are left out
   * @param scratch of the block's capacity
   */
  void offer(int from, int to, boolean[] closed, VectorBlock block, float[] scratch) {
    for (int centroid = from; centroid < to; centroid++) {
      if (!closed[centroid]) {
        nearness(centroid, block, scratch, 0);
        block.offer(centroid, scratch);
      }
    }
  }

  /**
   * The nearest centroid of each of some items.
   *
   * @param nearest receives them, from {@code from} on
   */
  void nearest(Vectors vectors, int[] items, int from, int to, VectorBlock block, int[] nearest) {
    boolean[] none = new boolean[count()];
    float[] scratch = new float[block.capacity()];
    for (int first = from; first < to; first += block.capacity()) {
      block.load(vectors, items, first, Math.min(to, first + block.capacity()));
      offer(0, count(), none, block, scratch);
      for (int i = 0; i < block.count(); i++) {
        // Only distances that are no numbers (NaN) give none. Then any centroid will do.
        nearest[first + i] = Math.max(0, block.best(i));
      }
    }
  }
}
