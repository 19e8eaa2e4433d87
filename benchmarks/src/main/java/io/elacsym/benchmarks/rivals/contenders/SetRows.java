package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.api.index.VectorRows;
import io.elacsym.benchmarks.measure.Vectors;
import java.lang.foreign.MemorySegment;

/**
 * The vectors of a set as a segment's: every item is a row of its own, in order.
 *
 * @param of the set
 */
record SetRows(Vectors of) implements VectorRows {
  @Override
  public int count() {
    return of.count();
  }

  @Override
  public int row(int item) {
    return item;
  }

  @Override
  public int segmentRows() {
    return of.count();
  }

  @Override
  public MemorySegment vectors() {
    return of.components();
  }

  @Override
  public void copy(int item, float[] to, int at) {
    of.copy(item, to, at);
  }
}
