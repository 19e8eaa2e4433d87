package io.elacsym.format.orc.read;

import io.elacsym.api.blob.ByteRange;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Some consecutive rows of one column of a stripe, to be read.
 *
 * @param from the first row, in the stripe
 * @param to the first row after them
 * @param ranges what they need
 * @param opener decodes them
 */
record ColumnPart(int from, int to, List<ByteRange> ranges, Opener opener) {
  /** Decodes rows from the first on. */
  @FunctionalInterface
  interface Opener {
    /**
     * @param bytes one segment for each range
     */
    ColumnRows open(List<MemorySegment> bytes, Decompressor decompressor) throws IOException;
  }

  long size() {
    return ranges.stream().mapToLong(ByteRange::length).sum();
  }
}
