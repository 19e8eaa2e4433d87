package io.elacsym.index.codes;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Numbers as the blob holds them: little-endian, at any address. */
public final class Bytes {
  public static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  public static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  public static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  public static void put(float[] from, MemorySegment to, long offset) {
    MemorySegment.copy(from, 0, to, F32, offset, from.length);
  }

  public static float[] floats(MemorySegment from, long offset, int count) {
    float[] to = new float[count];
    MemorySegment.copy(from, F32, offset, to, 0, count);
    return to;
  }

  /**
   * Native memory that is freed when it is no longer reachable. Native also where an array would
   * do: the host's kernels are fastest when all memory they see is of one kind.
   */
  public static MemorySegment allocate(long bytes) {
    return Arena.ofAuto().allocate(bytes, 64);
  }
}
