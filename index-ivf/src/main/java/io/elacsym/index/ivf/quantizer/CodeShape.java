package io.elacsym.index.ivf.quantizer;

import io.elacsym.api.VectorMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the codes of a block of 64 items look like in the blob: the plane, which is scanned, with
 * the items' factors; then an item's refinement after the other.
 *
 * @param components of a rotated vector, a multiple of 64
 * @param groups tables of the plane; 0 without a plane
 * @param bits of a component's refinement: 0 (none), 2, 4 or 8
 */
public record CodeShape(int components, int groups, int bits) {
  /** Shift, scale and error of an item. */
  public static final int FACTOR_BYTES = 12;

  private static final int GROUP_BYTES = 32;

  /** Nothing is coded: vectors are scanned themselves. */
  public static final CodeShape NONE = new CodeShape(0, 0, 0);

  public boolean isEmpty() {
    return groups == 0 && bits == 0;
  }

  public boolean hasPlane() {
    return groups > 0;
  }

  public boolean isRefined() {
    return bits > 0;
  }

  /** Where a block's factors lie in it: 64 shifts, then scales, then errors. */
  public int factorsAt() {
    return groups * GROUP_BYTES;
  }

  /** Where a block's refinements lie in it. */
  public int refinementsAt() {
    return hasPlane() ? factorsAt() + VectorMath.BLOCK * FACTOR_BYTES : 0;
  }

  /** Bytes of an item's code in its refinement. */
  public int codeBytes() {
    return components / Byte.SIZE * bits;
  }

  /** Bytes of an item's refinement: shift, scale, error, code. */
  public int refinementBytes() {
    return isRefined() ? FACTOR_BYTES + codeBytes() : 0;
  }

  /**
   * The product of a refined code and a query, from that of the plane's values and that of the
   * refinement's fields. The plane gives the sign, and a field counts from the least value of the
   * sign's half: so a sign is worth as many levels as there are fields, and fields have a middle.
   *
   * @param plane product of the plane's values
   * @param fields product of the refinement's fields
   * @param sum of the query's components
   */
  public float refined(float plane, float fields, float sum) {
    return hasPlane() ? planeWeight() * plane + fields - (planeWeight() - 1) / 2f * sum : fields;
  }

  /** How much the plane's product, and its noise, counts in that of a refined code. */
  public int planeWeight() {
    return !hasPlane() ? 0 : bits == Byte.SIZE ? 128 : 1 << bits;
  }

  /** Bytes of a block, all of which are alike, also the last one if it is not full. */
  public int blockBytes() {
    return refinementsAt() + VectorMath.BLOCK * refinementBytes();
  }

  /** How many blocks so many items need. */
  public static int blocks(int items) {
    return Math.ceilDiv(items, VectorMath.BLOCK);
  }

  /**
   * Writes an item's fields into a block's plane, which was zero there.
   *
   * @param fields one of 4 bits for each group
   * @param block where the block begins
   * @param place of the item in the block
   */
  public void putFields(byte[] fields, MemorySegment to, long block, int place) {
    long at = block + 4L * (place % 8) + place % 32 / 8;
    int shift = place < VectorMath.BLOCK / 2 ? 0 : 4;
    for (byte field : fields) {
      int both = to.get(ValueLayout.JAVA_BYTE, at) | field << shift;
      to.set(ValueLayout.JAVA_BYTE, at, (byte) both);
      at += GROUP_BYTES;
    }
  }
}
