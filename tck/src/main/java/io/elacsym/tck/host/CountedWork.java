package io.elacsym.tck.host;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.VectorRows;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a build does, in components of vectors that it has multiplied by the host's kernels, or
 * copied: a measure that is the same on every machine. What it does by other means is not seen.
 */
public final class CountedWork {
  private final AtomicLong components = new AtomicLong();

  /** How much was done by now. */
  public long done() {
    return components.get();
  }

  /** The same rows, of which each copy counts. */
  public VectorRows counting(VectorRows rows, int dimension) {
    return new VectorRows() {
      @Override
      public int count() {
        return rows.count();
      }

      @Override
      public int row(int item) {
        return rows.row(item);
      }

      @Override
      public int segmentRows() {
        return rows.segmentRows();
      }

      @Override
      public MemorySegment vectors() {
        return rows.vectors();
      }

      @Override
      public void copy(int item, float[] to, int at) {
        components.addAndGet(dimension);
        rows.copy(item, to, at);
      }
    };
  }

  /** The same kernels, of which each multiplication counts. */
  public VectorMath counting(VectorMath math) {
    return new VectorMath() {
      @Override
      public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
        components.addAndGet(length);
        return math.dot(a, aFrom, b, bFrom, length);
      }

      @Override
      public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
        components.addAndGet(length);
        return math.squaredDistance(a, aFrom, b, bFrom, length);
      }

      @Override
      public void dots(
          float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
        components.addAndGet((long) query.length * count);
        math.dots(query, vectors, offset, count, out, outFrom);
      }

      @Override
      public void squaredDistances(
          float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
        components.addAndGet((long) query.length * count);
        math.squaredDistances(query, vectors, offset, count, out, outFrom);
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
        components.addAndGet((long) query.length * count);
        math.byteDots(query, codes, offset, stride, count, out, outFrom);
      }
    };
  }
}
