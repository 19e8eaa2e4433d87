package io.elacsym.engine.math;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Products of floats and signed bytes: the bytes are widened to floats, four sums at a time. */
final class SimdByteDots {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** The shortest vector of bytes has 64 bits, which fill a vector of 8 floats. */
  private static final int LEAST_LANES = Long.BYTES;

  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(LEAST_LANES, LANES) * Byte.SIZE));

  private SimdByteDots() {}

  /** Whether vectors of floats are long enough here; else plain loops are the faster. */
  static boolean isFast() {
    return LANES >= LEAST_LANES;
  }

  static void dots(
      float[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom) {
    int whole = query.length - query.length % (4 * LANES);
    for (int row = 0; row < count; row++) {
      out[outFrom + row] = dot(query, codes, offset + (long) stride * row, whole);
    }
  }

  private static float dot(float[] query, MemorySegment codes, long at, int whole) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int j = 0; j < whole; j += 4 * LANES) {
      s0 = load(query, j).fma(load(codes, at + j), s0);
      s1 = load(query, j + LANES).fma(load(codes, at + j + LANES), s1);
      s2 = load(query, j + 2 * LANES).fma(load(codes, at + j + 2L * LANES), s2);
      s3 = load(query, j + 3 * LANES).fma(load(codes, at + j + 3L * LANES), s3);
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (int j = whole; j < query.length; j++) {
      sum += query[j] * codes.get(ValueLayout.JAVA_BYTE, at + j);
    }
    return sum;
  }

  private static FloatVector load(float[] from, int index) {
    return FloatVector.fromArray(FLOATS, from, index);
  }

  private static FloatVector load(MemorySegment from, long at) {
    return (FloatVector)
        ByteVector.fromMemorySegment(BYTES, from, at, ByteOrder.LITTLE_ENDIAN)
            .convertShape(VectorOperators.B2F, FLOATS, 0);
  }
}
