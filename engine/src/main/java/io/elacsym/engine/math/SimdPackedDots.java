package io.elacsym.engine.math;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of floats and codes of 2 or 4 bits. The fields of one integer belong to components that
 * lie a vector's length apart, so that a shift and a mask give neighbouring components, and no
 * bytes need be widened.
 */
final class SimdPackedDots {
  private static final int BLOCK = 64;

  private SimdPackedDots() {}

  /** Whether there are vectors of 8 floats, for which this is made; else plain loops must do. */
  static boolean isFast() {
    return FloatVector.SPECIES_PREFERRED.length() >= FloatVector.SPECIES_256.length();
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
    FloatVector s0 = FloatVector.zero(FloatVector.SPECIES_256);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int j = 0; j < query.length; j += BLOCK) {
      IntVector words = load(IntVector.SPECIES_256, codes, at + j / 2);
      s0 = field(words, 0, 15).fma(load(query, j), s0);
      s1 = field(words, 4, 15).fma(load(query, j + 8), s1);
      s2 = field(words, 8, 15).fma(load(query, j + 16), s2);
      s3 = field(words, 12, 15).fma(load(query, j + 24), s3);
      s0 = field(words, 16, 15).fma(load(query, j + 32), s0);
      s1 = field(words, 20, 15).fma(load(query, j + 40), s1);
      s2 = field(words, 24, 15).fma(load(query, j + 48), s2);
      s3 = field(words, 28, 15).fma(load(query, j + 56), s3);
    }
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
  }

  private static float pairs(float[] query, MemorySegment codes, long at) {
    FloatVector s0 = FloatVector.zero(FloatVector.SPECIES_128);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int j = 0; j < query.length; j += BLOCK) {
      IntVector words = load(IntVector.SPECIES_128, codes, at + j / 4);
      s0 = field(words, 0, 3).fma(narrow(query, j), s0);
      s1 = field(words, 2, 3).fma(narrow(query, j + 4), s1);
      s2 = field(words, 4, 3).fma(narrow(query, j + 8), s2);
      s3 = field(words, 6, 3).fma(narrow(query, j + 12), s3);
      s0 = field(words, 8, 3).fma(narrow(query, j + 16), s0);
      s1 = field(words, 10, 3).fma(narrow(query, j + 20), s1);
      s2 = field(words, 12, 3).fma(narrow(query, j + 24), s2);
      s3 = field(words, 14, 3).fma(narrow(query, j + 28), s3);
      s0 = field(words, 16, 3).fma(narrow(query, j + 32), s0);
      s1 = field(words, 18, 3).fma(narrow(query, j + 36), s1);
      s2 = field(words, 20, 3).fma(narrow(query, j + 40), s2);
      s3 = field(words, 22, 3).fma(narrow(query, j + 44), s3);
      s0 = field(words, 24, 3).fma(narrow(query, j + 48), s0);
      s1 = field(words, 26, 3).fma(narrow(query, j + 52), s1);
      s2 = field(words, 28, 3).fma(narrow(query, j + 56), s2);
      s3 = field(words, 30, 3).fma(narrow(query, j + 60), s3);
    }
    return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector field(IntVector words, int shift, int mask) {
    return (FloatVector)
        words.lanewise(VectorOperators.LSHR, shift).and(mask).convert(VectorOperators.I2F, 0);
  }

  private static FloatVector load(float[] from, int index) {
    return FloatVector.fromArray(FloatVector.SPECIES_256, from, index);
  }

  private static FloatVector narrow(float[] from, int index) {
    return FloatVector.fromArray(FloatVector.SPECIES_128, from, index);
  }

  private static IntVector load(VectorSpecies<Integer> species, MemorySegment from, long at) {
    return IntVector.fromMemorySegment(species, from, at, ByteOrder.LITTLE_ENDIAN);
  }
}
