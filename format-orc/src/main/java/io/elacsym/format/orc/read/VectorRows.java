package io.elacsym.format.orc.read;

import io.elacsym.api.segment.ColumnBuilder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Rows with a vector or none. Vectors that follow each other are copied together. */
final class VectorRows implements ColumnRows {
  private final Presence presence;
  private final VectorBytes vectors;
  private final MemorySegment bytes;
  private final long start;
  private final int dimension;
  private long next;

  /**
   * @param bytes of the vectors from the byte {@code start} on
   */
  VectorRows(
      Presence presence, VectorBytes vectors, MemorySegment bytes, long start, int dimension) {
    this.presence = presence;
    this.vectors = vectors;
    this.bytes = bytes;
    this.start = start;
    this.dimension = dimension;
    this.next = start;
  }

  @Override
  public void skip(int rows) throws IOException {
    next += (long) presence.skip(rows) * dimension * Float.BYTES;
  }

  @Override
  public void read(int rows, ColumnBuilder to) throws IOException {
    int pending = 0;
    for (int i = 0; i < rows; i++) {
      if (presence.next()) {
        pending++;
      } else {
        copy(pending, to);
        pending = 0;
        to.addAbsent();
      }
    }
    copy(pending, to);
  }

  private void copy(int count, ColumnBuilder to) {
    int floats = count * dimension;
    to.addVectors(count, (array, at) -> vectors.copy(next, bytes, start, array, at, floats));
    next += (long) floats * Float.BYTES;
  }
}
