package io.elacsym.engine.math;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of floats and codes of 2 or 4 bits. The fields of one byte belong to components that lie
 * a vector's length apart or more, so that a shift and a mask give neighbouring components.
 */
final class SimdPackedDots {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int LEAST_LANES = Long.BYTES;

  /** Bytes of 64 components of 2 bits: a longer vector would reach into the next components. */
  private static final int MOST_LANES = 16;

  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.clamp(LANES, LEAST_LANES, 64) * Byte.SIZE));

  private SimdPackedDots() {}

  /** Whether vectors have a length for which this is made; else plain loops must do. */
  static boolean isFast() {
    return LANES >= LEAST_LANES && LANES <= MOST_LANES;
  }

  static void dots(
      float[] query,
      int bits,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom) {
    for (int row = 0; row < count; row++) {
      long at = offset + (long) stride * row;
      out[outFrom + row] = bits == 4 ? nibbles(query, codes, at) : pairs(query, codes, at);
    }
  }

  private static float nibbles(float[] query, MemorySegment codes, long at) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    for (int j = 0; j < query.length; j += 64) {
      for (int k = 0; k < 32; k += LANES) {
        ByteVector code = load(codes, at + j / 2 + k);
        s0 = floats(code.and((byte) 15)).fma(load(query, j + k), s0);
        s1 = floats(shifted(code, 4).and((byte) 15)).fma(load(query, j + 32 + k), s1);
      }
    }
    return s0.add(s1).reduceLanes(VectorOperators.ADD);
  }

  private static float pairs(float[] query, MemorySegment codes, long at) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int j = 0; j < query.length; j += 64) {
      for (int k = 0; k < 16; k += LANES) {
        ByteVector code = load(codes, at + j / 4 + k);
        s0 = floats(code.and((byte) 3)).fma(load(query, j + k), s0);
        s1 = floats(shifted(code, 2).and((byte) 3)).fma(load(query, j + 16 + k), s1);
        s2 = floats(shifted(code, 4).and((byte) 3)).fma(load(query, j + 32 + k), s2);
        s3 = floats(shifted(code, 6).and((byte) 3)).fma(load(query, j + 48 + k), s3);
      }
    }
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
  }

  /** Shifts within pairs of bytes, which is what machines can do; the mask takes off the rest. */
  private static ByteVector shifted(ByteVector code, int by) {
    return code.reinterpretAsShorts().lanewise(VectorOperators.LSHR, by).reinterpretAsBytes();
  }

  private static FloatVector floats(ByteVector code) {
    return (FloatVector) code.convertShape(VectorOperators.B2F, FLOATS, 0);
  }

  private static FloatVector load(float[] from, int index) {
    return FloatVector.fromArray(FLOATS, from, index);
  }

  private static ByteVector load(MemorySegment from, long at) {
    return ByteVector.fromMemorySegment(BYTES, from, at, ByteOrder.LITTLE_ENDIAN);
  }
}
