package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Where floats lie in a stream of full chunks, none of them compressed, or without chunks.
 *
 * @param whole where the stream lies in the file
 * @param chunkBytes of every chunk but the last; 0 when there are none
 * @param size how many bytes of floats there are
 */
record VectorBytes(ByteRange whole, int chunkBytes, long size) {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  VectorBytes {
    long chunks = chunkBytes == 0 ? 0 : Math.ceilDiv(size, chunkBytes);
    long expected = size + chunks * IndexedStream.HEADER_BYTES;
    if (whole.length() != expected) {
      throw ElacsymException.corrupt(
          "the vectors of a stripe take "
              + whole.length()
              + " bytes of the ORC file, expected "
              + expected);
    }
  }

  /** Where in the file the byte {@code at} of the floats is. */
  private long offset(long at) {
    long headers = chunkBytes == 0 ? 0 : at / chunkBytes + 1;
    return whole.offset() + at + headers * IndexedStream.HEADER_BYTES;
  }

  /** Where in the file some bytes of the floats are. */
  ByteRange range(long from, long to) {
    long start = offset(from);
    return new ByteRange(
        from == to ? whole.offset() : start, from == to ? 0 : offset(to - 1) + 1 - start);
  }

  /**
   * Copies floats.
   *
   * @param from the byte of the first, of all floats
   * @param bytes what {@link #range} of {@code start} and some end has
   */
  void copy(long from, MemorySegment bytes, long start, float[] to, int at, int count) {
    long next = from;
    int done = 0;
    while (done < count) {
      long left = (long) (count - done) * Float.BYTES;
      long part = chunkBytes == 0 ? left : Math.min(left, chunkBytes - next % chunkBytes);
      long offset = offset(next) - offset(start);
      if (chunkBytes > 0 && next % chunkBytes == 0 && next > start) {
        checkHeader(bytes, offset - IndexedStream.HEADER_BYTES, next);
      }
      int floats = (int) (part / Float.BYTES);
      MemorySegment.copy(bytes, FLOAT, offset, to, at + done, floats);
      done += floats;
      next += part;
    }
  }

  private void checkHeader(MemorySegment bytes, long at, long next) {
    int header = 0;
    for (int i = IndexedStream.HEADER_BYTES - 1; i >= 0; i--) {
      header = header << Byte.SIZE | Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at + i));
    }
    int expected = (int) Math.min(chunkBytes, size - next) << 1 | 1;
    if (header != expected) {
      throw ElacsymException.corrupt(
          "a chunk of vectors in the ORC file begins with "
              + header
              + ", expected "
              + expected
              + ": all full and none compressed");
    }
  }
}
