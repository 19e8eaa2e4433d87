package io.elacsym.api;

import java.lang.foreign.MemorySegment;

/**
 * Vector arithmetic offered by the host, so that plugins which only read this module get SIMD
 * kernels. Implemented by the host only, so it may grow with any release. Safe for use by many
 * threads. Nothing is allocated. Where a method has a body, plain loops do what it says; the host's
 * are faster.
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
  /** Codes of a block of {@link #tableSums}. */
  int BLOCK = 64;

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
   * Cosines of the angles between one query and {@code count} consecutive vectors of any length: 0
   * for a vector of zeros. Finite for all finite vectors.
   *
   * @param query {@code dimension} components, of length 1; its length is the dimension
   * @param vectors where the vectors lie
   * @param offset of the first vector, in bytes
   * @param count how many vectors
   * @param out receives the results from {@code outFrom}
   */
  default void cosines(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    for (int i = 0; i < count; i++) {
      out[outFrom + i] = PlainKernels.cosine(query, vectors, offset + 4L * query.length * i);
    }
  }

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

  /**
   * Inner products of one query with {@code count} codes of 2 or 4 bits a component: {@code
   * out[outFrom + i]} is the sum of {@code query[j]} times the unsigned field of component {@code
   * j}. 64 components are {@code 2 * bits} little-endian integers of 32 bits: component {@code j}
   * of them is in integer {@code j % (2 * bits)}, as its field {@code j / (2 * bits)} from the
   * lowest bits up.
   *
   * @param query components, a multiple of 64 of them
   * @param bits 2 or 4
   * @param codes where the codes lie
   * @param offset of the first code, in bytes
   * @param stride from the start of one code to the start of the next, in bytes
   * @param count how many codes
   * @param out receives the results from {@code outFrom}
   */
  default void packedDots(
      float[] query,
      int bits,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom) {
    PlainKernels.packedDots(query, bits, codes, offset, stride, count, out, outFrom);
  }

  /**
   * Inner products of one query of small integers with {@code count} codes of 4 bits a component
   * that need not be neighbours, as those of a graph's nodes are not: {@code out[i]} is the sum of
   * {@code query[j]} times the unsigned field of component {@code j} of the code at {@code offset +
   * items[i] * stride}, exactly. 64 components are 16 little-endian integers of 16 bits: component
   * {@code j} of them is in integer {@code j % 16}, as its field {@code j / 16} from the lowest
   * bits up.
   *
   * @param query components from -127 to 127, a multiple of 64 of them
   * @param codes where the codes lie
   * @param offset of the code of item 0, in bytes
   * @param stride from the start of an item's code to the start of the next item's, in bytes
   * @param items whose codes are meant, {@code count} of them
   * @param out receives the results from its start
   */
  default void nibbleDots(
      short[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int[] items,
      int count,
      int[] out) {
    PlainKernels.nibbleDots(query, codes, offset, stride, items, count, out);
  }

  /**
   * Sums looked up from tables of 16, for a block of 64 codes, which is much faster than arithmetic
   * with each code ("fast scan"). A code is a row of fields of 4 bits, one for each group; its sum
   * is that of {@code tables[16 * group + field]}, unsigned, over all groups. So one-bit codes are
   * added up four components at a time, and product quantization one sub-vector at a time; what the
   * tables hold makes the difference.
   *
   * <p>The block's fields of one group are 32 bytes, group after group. Code {@code i} is in byte
   * {@code 4 (i % 8) + (i % 32) / 8} of them, in its lower half if {@code i} is below 32.
   *
   * @param tables 16 bytes for each group, and 16 more, which count for nothing: a kernel may load
   *     them with the last ones
   * @param groups how many, from 1
   * @param codes where the block lies
   * @param offset of the block, in bytes
   * @param out receives the 64 sums, exactly
   */
  default void tableSums(byte[] tables, int groups, MemorySegment codes, long offset, int[] out) {
    PlainKernels.tableSums(tables, groups, codes, offset, out);
  }

  /**
   * What a block's sums say of scores. The score of code {@code i} is estimated as {@code base +
   * shift[i] + scale[i] * (constant + slope * sum[i])}, and may be as high as {@code doubt *
   * error[i] + noise * scale[i]} above that; {@code shift}, {@code scale} and {@code error} are the
   * code's own.
   *
   * @param base added to all scores
   * @param constant added to all sums
   * @param slope what a unit of a sum is worth
   * @param doubt how many times a code's error its score may be off
   * @param noise the error of what stands for the query, per unit of scale
   */
  record Estimate(float base, float constant, float slope, float doubt, float noise) {}

  /**
   * Estimates the scores of a block and says which may reach a threshold.
   *
   * @param sums of the block, 64
   * @param factors where the codes' own numbers lie: 64 shifts, 64 scales, 64 errors, as floats
   * @param offset of the shifts, in bytes
   * @param estimate what sums say
   * @param threshold to be reached; what is no number counts as reaching it
   * @param out receives the 64 estimated scores
   * @return bit {@code i} tells whether code {@code i} may reach the threshold
   */
  default long blockScores(
      int[] sums,
      MemorySegment factors,
      long offset,
      Estimate estimate,
      float threshold,
      float[] out) {
    return PlainKernels.blockScores(sums, factors, offset, estimate, threshold, out);
  }
}
