package io.elacsym.api.index;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.VectorPlaces;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** See {@link StoredVectors#in}. Neighbours in the file are one run. */
record PlacedVectors(BlobSource file, int dimension, VectorPlaces places) implements StoredVectors {
  @Override
  public void read(int[] rows, Run to) {
    long stride = (long) Float.BYTES * dimension;
    List<ByteRange> ranges = new ArrayList<>();
    int[] starts = new int[rows.length + 1];
    int from = 0;
    while (from < rows.length) {
      long offset = place(rows[from]);
      int end = from + 1;
      while (end < rows.length && places.offset(rows[end]) == offset + stride * (end - from)) {
        end++;
      }
      ranges.add(new ByteRange(offset, stride * (end - from)));
      starts[ranges.size()] = end;
      from = end;
    }
    List<MemorySegment> read = file.readAll(ranges);
    for (int i = 0; i < read.size(); i++) {
      to.accept(starts[i], starts[i + 1], read.get(i), 0);
    }
  }

  private long place(int row) {
    long offset = places.offset(row);
    if (offset == VectorPlaces.NOWHERE) {
      throw ElacsymException.corrupt("row " + row + " has no vector, and an index says it has");
    }
    return offset;
  }
}
