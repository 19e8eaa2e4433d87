package io.elacsym.tck.host;

import io.elacsym.api.index.VectorRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Vectors whose memory is freed when the build has returned, as a host may do. */
public final class PassingRows implements VectorRows, AutoCloseable {
  private final VectorRows rows;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment vectors;
  private volatile boolean gone;

  public PassingRows(VectorRows rows) {
    this.rows = rows;
    this.vectors = arena.allocate(rows.vectors().byteSize()).copyFrom(rows.vectors());
  }

  @Override
  public int count() {
    expectThere();
    return rows.count();
  }

  @Override
  public int row(int item) {
    expectThere();
    return rows.row(item);
  }

  @Override
  public int segmentRows() {
    expectThere();
    return rows.segmentRows();
  }

  @Override
  public MemorySegment vectors() {
    expectThere();
    return vectors.asReadOnly();
  }

  @Override
  public void copy(int item, float[] to, int at) {
    expectThere();
    rows.copy(item, to, at);
  }

  private void expectThere() {
    if (gone) {
      throw new AssertionError("the build has returned, and its rows are looked at");
    }
  }

  @Override
  public void close() {
    gone = true;
    arena.close();
  }
}
