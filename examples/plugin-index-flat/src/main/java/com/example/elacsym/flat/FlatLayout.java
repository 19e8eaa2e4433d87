package com.example.elacsym.flat;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The blob, version 1. All numbers are little-endian.
 *
 * <pre>
 * offset               bytes                 what
 * 0                    8                     "FLATIDX1"
 * 8                    4                     dimension
 * 12                   4                     count: rows that have a vector
 * 16                   4 * count             the segment rows of these vectors, ascending
 * 16 + 4 * count       4 * dimension * count the vectors as 32-bit floats, in the same order;
 *                                            under the metric cosine they have length 1
 * </pre>
 *
 * <p>There is no checksum: the host verifies one wherever it reads.
 *
 * @param dimension components of a vector
 * @param count how many vectors
 */
record FlatLayout(int dimension, int count) {
  static final int VERSION = 1;

  /** Blobs have no alignment, so these are the unaligned layouts. */
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** "FLATIDX1" as its eight bytes read as one number. */
  private static final long MAGIC = 0x3158444954414c46L;

  private static final long HEADER_BYTES = 16;

  long vectorBytes() {
    return 4L * dimension;
  }

  long rowsOffset() {
    return HEADER_BYTES;
  }

  long rowsBytes() {
    return 4L * count;
  }

  long vectorsOffset() {
    return rowsOffset() + rowsBytes();
  }

  long blobBytes() {
    return vectorsOffset() + vectorBytes() * count;
  }

  void writeHeader(BlobSink sink) {
    MemorySegment header = MemorySegment.ofArray(new byte[(int) HEADER_BYTES]);
    header.set(LONG, 0, MAGIC);
    header.set(INT, 8, dimension);
    header.set(INT, 12, count);
    sink.write(header);
  }

  /**
   * Reads the header and holds it to what the host knows.
   *
   * @param dimension of the field
   * @param segmentRows of the segment, which bounds the count
   * @throws ElacsymException {@code CORRUPT} when the blob is no flat index of that field
   */
  static FlatLayout read(BlobSource source, int dimension, int segmentRows) {
    if (source.size() < HEADER_BYTES) {
      throw ElacsymException.corrupt(
          "flat index has " + source.size() + " bytes, expected at least " + HEADER_BYTES);
    }
    MemorySegment header = source.read(0, HEADER_BYTES);
    if (header.get(LONG, 0) != MAGIC) {
      throw ElacsymException.corrupt("flat index does not start with FLATIDX1");
    }
    FlatLayout layout = new FlatLayout(header.get(INT, 8), header.get(INT, 12));
    if (layout.dimension() != dimension) {
      throw ElacsymException.corrupt(
          "flat index has dimension " + layout.dimension() + ", expected " + dimension);
    }
    if (layout.count() < 0 || layout.count() > segmentRows) {
      throw ElacsymException.corrupt(
          "flat index has " + layout.count() + " vectors, expected at most " + segmentRows);
    }
    if (layout.blobBytes() != source.size()) {
      throw ElacsymException.corrupt(
          "flat index has " + source.size() + " bytes, expected " + layout.blobBytes());
    }
    return layout;
  }

  /** The segment rows of all vectors. */
  int[] readRows(BlobSource source, int segmentRows) {
    int[] rows = source.read(rowsOffset(), rowsBytes()).toArray(INT);
    for (int i = 0; i < rows.length; i++) {
      int least = i == 0 ? 0 : rows[i - 1] + 1;
      if (rows[i] < least || rows[i] >= segmentRows) {
        throw ElacsymException.corrupt(
            "flat index has row "
                + rows[i]
                + " at place "
                + i
                + ", expected "
                + least
                + " to "
                + (segmentRows - 1));
      }
    }
    return rows;
  }
}
