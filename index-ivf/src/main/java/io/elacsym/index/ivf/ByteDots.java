package io.elacsym.index.ivf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Inner products of floats with signed bytes. Nothing is allocated. */
sealed interface ByteDots permits ByteDots.Plain, SimdByteDots {

  /**
   * Multiplies one query with {@code count} codes.
   *
   * @param query its length is the length of a code
   * @param offset of the first code in bytes
   * @param stride bytes from one code to the next
   * @param out receives the products from 0
   */
  void dots(float[] query, MemorySegment codes, long offset, int stride, int count, float[] out);

  /** The fastest one this Java runtime can run. */
  static ByteDots fastest() {
    boolean simd = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return simd ? new SimdByteDots() : new Plain();
  }

  /** Plain loops; also the yardstick for the other. */
  final class Plain implements ByteDots {
    @Override
    public void dots(
        float[] query, MemorySegment codes, long offset, int stride, int count, float[] out) {
      for (int row = 0; row < count; row++) {
        long at = offset + (long) stride * row;
        float sum0 = 0;
        float sum1 = 0;
        int j = 0;
        for (; j + 1 < query.length; j += 2) {
          sum0 += query[j] * codes.get(ValueLayout.JAVA_BYTE, at + j);
          sum1 += query[j + 1] * codes.get(ValueLayout.JAVA_BYTE, at + j + 1);
        }
        if (j < query.length) {
          sum0 += query[j] * codes.get(ValueLayout.JAVA_BYTE, at + j);
        }
        out[row] = sum0 + sum1;
      }
    }
  }
}
