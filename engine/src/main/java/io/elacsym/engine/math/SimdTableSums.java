package io.elacsym.engine.math;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of looked-up bytes for a block of 64 codes ("fast scan"): a table of 16 bytes lies in a
 * register, and one instruction looks up as many codes as a vector has bytes.
 *
 * <p>Sums of bytes need 16 bits. A looked-up vector is added as it is to one sum of 16-bit lanes,
 * where the upper byte of a lane disturbs the lower one's sum, and shifted to another, which has
 * the upper bytes alone: what they added too much is taken off at the end. That is cheaper than
 * widening each vector first. The order of the codes in a block is the one in which the sums come
 * out of masks and shifts.
 */
final class SimdTableSums {
  private static final int TABLE = 16;
  private static final int GROUP_BYTES = 32;

  /** So many bytes of 255 fit into 16 bits. */
  private static final int MOST_GROUPS = 257;

  private static final VectorSpecies<Byte> WIDE = ByteVector.SPECIES_256;
  private static final VectorSpecies<Byte> NARROW = ByteVector.SPECIES_128;
  private static final boolean IS_WIDE = ByteVector.SPECIES_PREFERRED.length() >= WIDE.length();

  private SimdTableSums() {}

  static void sums(byte[] tables, int groups, MemorySegment codes, long offset, int[] out) {
    for (int from = 0; from < groups; from += MOST_GROUPS) {
      int to = Math.min(groups, from + MOST_GROUPS);
      if (IS_WIDE) {
        wide(tables, codes, offset, from, to, out);
      } else {
        narrow(tables, codes, offset, from, to, 0, out);
        narrow(tables, codes, offset, from, to, 1, out);
      }
    }
  }

  private static void wide(
      byte[] tables, MemorySegment codes, long offset, int from, int to, int[] out) {
    ShortVector low = ShortVector.zero(ShortVector.SPECIES_256);
    ShortVector lowOdd = low;
    ShortVector high = low;
    ShortVector highOdd = low;
    for (int group = from; group < to; group++) {
      ByteVector code =
          ByteVector.fromMemorySegment(
              WIDE, codes, offset + (long) GROUP_BYTES * group, ByteOrder.LITTLE_ENDIAN);
      // No index is above 15, so the upper half of the vector is never looked up.
      ByteVector table = ByteVector.fromArray(WIDE, tables, TABLE * group);
      ShortVector one = lower(code).selectFrom(table).reinterpretAsShorts();
      ShortVector other = upper(code).selectFrom(table).reinterpretAsShorts();
      low = low.add(one);
      lowOdd = lowOdd.add(one.lanewise(VectorOperators.LSHR, Byte.SIZE));
      high = high.add(other);
      highOdd = highOdd.add(other.lanewise(VectorOperators.LSHR, Byte.SIZE));
    }
    boolean more = from > 0;
    store(even(low, lowOdd).reinterpretAsInts(), more, out, 0, 16);
    store(lowOdd.reinterpretAsInts(), more, out, 8, 16);
    store(even(high, highOdd).reinterpretAsInts(), more, out, 32, 16);
    store(highOdd.reinterpretAsInts(), more, out, 40, 16);
  }

  /** As {@link #wide} for one half of the bytes of each group. */
  private static void narrow(
      byte[] tables, MemorySegment codes, long offset, int from, int to, int half, int[] out) {
    ShortVector low = ShortVector.zero(ShortVector.SPECIES_128);
    ShortVector lowOdd = low;
    ShortVector high = low;
    ShortVector highOdd = low;
    long at = offset + (long) NARROW.length() * half;
    for (int group = from; group < to; group++) {
      ByteVector code =
          ByteVector.fromMemorySegment(
              NARROW, codes, at + (long) GROUP_BYTES * group, ByteOrder.LITTLE_ENDIAN);
      ByteVector table = ByteVector.fromArray(NARROW, tables, TABLE * group);
      ShortVector one = lower(code).selectFrom(table).reinterpretAsShorts();
      ShortVector other = upper(code).selectFrom(table).reinterpretAsShorts();
      low = low.add(one);
      lowOdd = lowOdd.add(one.lanewise(VectorOperators.LSHR, Byte.SIZE));
      high = high.add(other);
      highOdd = highOdd.add(other.lanewise(VectorOperators.LSHR, Byte.SIZE));
    }
    boolean more = from > 0;
    int first = 4 * half;
    store(even(low, lowOdd).reinterpretAsInts(), more, out, first, 16);
    store(lowOdd.reinterpretAsInts(), more, out, first + 8, 16);
    store(even(high, highOdd).reinterpretAsInts(), more, out, first + 32, 16);
    store(highOdd.reinterpretAsInts(), more, out, first + 40, 16);
  }

  private static ByteVector lower(ByteVector code) {
    return code.and((byte) 15);
  }

  private static ByteVector upper(ByteVector code) {
    return lower(code.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes());
  }

  /** What remains of the sums of even bytes when the odd ones above them are taken off. */
  private static ShortVector even(ShortVector disturbed, ShortVector odd) {
    return disturbed.sub(odd.lanewise(VectorOperators.LSHL, Byte.SIZE));
  }

  /** Stores the lower halves of pairs of sums, and their upper halves {@code apart} further on. */
  private static void store(IntVector pairs, boolean more, int[] out, int at, int apart) {
    IntVector lower = pairs.and(0xffff);
    IntVector upper = pairs.lanewise(VectorOperators.LSHR, Short.SIZE);
    if (more) {
      lower = lower.add(IntVector.fromArray(pairs.species(), out, at));
      upper = upper.add(IntVector.fromArray(pairs.species(), out, at + apart));
    }
    lower.intoArray(out, at);
    upper.intoArray(out, at + apart);
  }
}
