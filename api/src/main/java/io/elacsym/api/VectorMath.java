package io.elacsym.api;

import java.lang.foreign.MemorySegment;

/**
 * Vector arithmetic offered by the host, so that plugins which only read this module get SIMD
 * kernels. Components are 32-bit floats; in a {@link MemorySegment} they are little-endian and
 * densely packed. Nothing is allocated. Results of two implementations agree to a relative error of
 * 1e-4, not bit for bit: the order of additions differs.
 */
public interface VectorMath {
  /** Inner product of {@code a[aFrom..aFrom+length)} and {@code b[bFrom..bFrom+length)}. */
  float dot(float[] a, int aFrom, float[] b, int bFrom, int length);

  /** Squared Euclidean distance of {@code a[aFrom..]} and {@code b[bFrom..]}. */
  float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length);

  /**
   * Inner products of one query with {@code count} consecutive vectors.
   *
   * @param query {@code dimension} components; its length is the dimension
   * @param vectors where the vectors lie
   * @param offset of the first vector, in bytes
   * @param count how many vectors
   * @param out receives the results from {@code outFrom}
   */
  void dots(float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom);

  /** As {@link #dots}, for squared Euclidean distances. */
  void squaredDistances(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom);
}
