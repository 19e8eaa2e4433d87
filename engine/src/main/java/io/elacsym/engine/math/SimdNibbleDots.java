package io.elacsym.engine.math;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of small integers and codes of 4 bits, in vectors of 16-bit integers. These take half as
 * many steps as floats, and a sum of 16 products still fits.
 */
final class SimdNibbleDots {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final int LANES = SHORTS.length();
  private static final int BLOCK = 4 * LANES;

  /** Components after which sums of 16 bits are full: 16 products of at most 127 and 15 each. */
  private static final int FULL = 8 * BLOCK;

  private static final int CACHE_LINE = 64;

  private SimdNibbleDots() {}

  /** Whether there are vectors of 16 short integers, for which this is made. */
  static boolean isFast() {
    return ShortVector.SPECIES_PREFERRED.length() >= LANES;
  }

  static void dots(
      short[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int[] items,
      int count,
      int[] out) {
    touch(codes, offset, stride, items, count, query.length / 2, out);
    for (int i = 0; i < count; i++) {
      out[i] = dot(query, codes, offset + (long) stride * items[i]);
    }
  }

  /**
   * Reads a byte of each cache line of all codes. The reads do not depend on one another, so the
   * memory system does many of them at a time; products are computed one after the other, and each
   * would wait for its own. That makes a difference of three times when codes are not in a cache.
   */
  private static void touch(
      MemorySegment codes, long offset, int stride, int[] items, int count, int bytes, int[] out) {
    for (int i = 0; i < count; i++) {
      long at = offset + (long) stride * items[i];
      int sum = 0;
      for (int j = 0; j < bytes; j += CACHE_LINE) {
        sum += codes.get(ValueLayout.JAVA_BYTE, at + j);
      }
      out[i] = sum; // written over later, but the compiler does not know
    }
  }

  private static int dot(short[] query, MemorySegment codes, long at) {
    IntVector sum = IntVector.zero(INTS);
    for (int from = 0; from < query.length; from += FULL) {
      int to = Math.min(query.length, from + FULL);
      ShortVector s0 = ShortVector.zero(SHORTS);
      ShortVector s1 = s0;
      for (int j = from; j < to; j += BLOCK) {
        ShortVector words =
            ShortVector.fromMemorySegment(SHORTS, codes, at + j / 2, ByteOrder.LITTLE_ENDIAN);
        s0 = words.and((short) 15).mul(load(query, j)).add(s0);
        s1 = shifted(words, 4).and((short) 15).mul(load(query, j + LANES)).add(s1);
        s0 = shifted(words, 8).and((short) 15).mul(load(query, j + 2 * LANES)).add(s0);
        s1 = shifted(words, 12).mul(load(query, j + 3 * LANES)).add(s1);
      }
      IntVector pairs0 = s0.reinterpretAsInts();
      IntVector pairs1 = s1.reinterpretAsInts();
      sum = sum.add(upper(pairs0)).add(lower(pairs0)).add(upper(pairs1)).add(lower(pairs1));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static ShortVector shifted(ShortVector words, int bits) {
    return words.lanewise(VectorOperators.LSHR, bits);
  }

  private static ShortVector load(short[] from, int index) {
    return ShortVector.fromArray(SHORTS, from, index);
  }

  private static IntVector upper(IntVector pairs) {
    return pairs.lanewise(VectorOperators.ASHR, 16);
  }

  private static IntVector lower(IntVector pairs) {
    return pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
  }
}
