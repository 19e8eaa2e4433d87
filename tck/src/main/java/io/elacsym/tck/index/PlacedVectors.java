package io.elacsym.tck.index;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.tck.MemoryBlobSource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The vectors of a segment as a file in which they lie one after the other, whose reads are
 * counted. Safe for use by many threads.
 *
 * @param file vector after vector
 * @param dimension components of a vector
 * @param places the place of a row's vector in the file, from 0; negative if it has none
 */
public record PlacedVectors(MemoryBlobSource file, int dimension, IntUnaryOperator places)
    implements StoredVectors {
  @Override
  public void read(int[] rows, Run to) {
    List<ByteRange> ranges = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    long stride = (long) Float.BYTES * dimension;
    int from = 0;
    while (from < rows.length) {
      int place = place(rows, from);
      int end = from + 1;
      while (end < rows.length && place(rows, end) == place + end - from) {
        end++;
      }
      starts.add(from);
      ranges.add(new ByteRange(stride * place, stride * (end - from)));
      from = end;
    }
    starts.add(rows.length);
    List<MemorySegment> read = file.readAll(ranges);
    for (int i = 0; i < read.size(); i++) {
      to.accept(starts.get(i), starts.get(i + 1), read.get(i), 0);
    }
  }

  private int place(int[] rows, int at) {
    int place = places.applyAsInt(rows[at]);
    if (at > 0 && rows[at] <= rows[at - 1]) {
      throw new IllegalArgumentException(
          "row " + rows[at] + " is asked for after row " + rows[at - 1]);
    }
    if (place < 0) {
      throw ElacsymException.corrupt("row " + rows[at] + " has no vector");
    }
    return place;
  }
}
