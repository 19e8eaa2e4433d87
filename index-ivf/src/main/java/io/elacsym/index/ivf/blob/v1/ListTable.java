package io.elacsym.index.ivf.blob.v1;

import java.lang.foreign.MemorySegment;

/**
 * Where each list lies and how its items scatter. Immutable, safe for use by many threads.
 *
 * @param dimension of the vectors
 * @param first the first item of each list, and the count of items at the end
 * @param variance of each list: mean of {@code |item - centroid|^2 / dimension}
 * @param radiusVariance of each list: variance of {@code |item - centroid|^2}
 * @param centroids decoded centroids, list after list, f32
 */
public record ListTable(
    int dimension, int[] first, float[] variance, float[] radiusVariance, MemorySegment centroids) {

  public int lists() {
    return variance.length;
  }

  public int size(int list) {
    return first[list + 1] - first[list];
  }

  public int largest() {
    int largest = 0;
    for (int list = 0; list < lists(); list++) {
      largest = Math.max(largest, size(list));
    }
    return largest;
  }
}
