package io.elacsym.engine.math;

import io.elacsym.api.VectorMath;
import io.elacsym.engine.model.Deadline;
import java.lang.foreign.MemorySegment;

/**
 * Kernels that end a search whose deadline is over, so that plugins need not ask. They look once
 * for each block that takes some microseconds; looking takes a hundredth of that.
 */
final class DeadlineVectorMath implements VectorMath {
  /** Components of a block for which it is worth looking. */
  private static final long WORTH = 1 << 14;

  private final VectorMath kernels;

  DeadlineVectorMath(VectorMath kernels) {
    this.kernels = kernels;
  }

  private static void look(int components, int count) {
    if ((long) components * count >= WORTH) {
      Deadline.check();
    }
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    return kernels.dot(a, aFrom, b, bFrom, length);
  }

  @Override
  public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
    return kernels.squaredDistance(a, aFrom, b, bFrom, length);
  }

  @Override
  public void dots(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    look(query.length, count);
    kernels.dots(query, vectors, offset, count, out, outFrom);
  }

  @Override
  public void squaredDistances(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    look(query.length, count);
    kernels.squaredDistances(query, vectors, offset, count, out, outFrom);
  }

  @Override
  public void cosines(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    look(query.length, count);
    kernels.cosines(query, vectors, offset, count, out, outFrom);
  }

  @Override
  public void byteDots(
      float[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom) {
    look(query.length, count);
    kernels.byteDots(query, codes, offset, stride, count, out, outFrom);
  }

  @Override
  public void packedDots(
      float[] query,
      int bits,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom) {
    look(query.length, count);
    kernels.packedDots(query, bits, codes, offset, stride, count, out, outFrom);
  }

  @Override
  public void nibbleDots(
      short[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int[] items,
      int count,
      int[] out) {
    look(query.length, count);
    kernels.nibbleDots(query, codes, offset, stride, items, count, out);
  }

  @Override
  public void tableSums(byte[] tables, int groups, MemorySegment codes, long offset, int[] out) {
    if ((long) groups * BLOCK >= WORTH) {
      Deadline.check();
    }
    kernels.tableSums(tables, groups, codes, offset, out);
  }

  @Override
  public long blockScores(
      int[] sums,
      MemorySegment factors,
      long offset,
      Estimate estimate,
      float threshold,
      float[] out) {
    return kernels.blockScores(sums, factors, offset, estimate, threshold, out);
  }
}
