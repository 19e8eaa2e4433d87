package io.elacsym.api;

import java.lang.foreign.MemorySegment;

/**
 * Vector arithmetic offered by the host, so that plugins which only read this module get SIMD
 * kernels. Implemented by the host only, so it may grow with any release. Safe for use by many
 * threads. Nothing is allocated.
 *
 * <p>A kernel over memory takes its arguments in one order: what stands for the query, where the
 * items lie and how many they are, and where the results go. Components are 32-bit floats, in a
 * {@link MemorySegment} little-endian, at any byte offset and densely packed; codes say for
 * themselves what they are. A kernel is fastest when all memory it ever sees is of one kind, native
 * or on the heap.
 *
 * <p>Results agree to 1e-4 of the sum of the absolute values of what is added up, not bit for bit:
 * the order of additions differs between two implementations, and may differ between two calls of
 * one, since the JVM adds up the lanes of a vector in an order of its own once it has compiled.
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

  /**
   * Inner products of one query with {@code count} codes of one byte a component: {@code
   * out[outFrom + i]} is the sum of {@code query[j]} times the signed byte at {@code offset + i *
   * stride + j}. What the bytes between two codes hold is not looked at, so that a code can have
   * numbers of its own beside it.
   *
   * @param query {@code dimension} components; its length is the dimension
   * @param codes where the codes lie
   * @param offset of the first code, in bytes
   * @param stride from the start of one code to the start of the next, in bytes; at least the
   *     dimension
   * @param count how many codes
   * @param out receives the results from {@code outFrom}
   */
  void byteDots(
      float[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom);
}
