package io.elacsym.index.ivf.build;

import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.Space;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.lang.foreign.MemorySegment;

/**
 * Differences of items and the centroids of their lists, in the space of the codes. For one thread;
 * fastest for items in their order.
 */
final class Residuals {
  private final ListTable table;
  private final Space space;
  private final MemorySegment packed;
  private final float[] vector;
  private final float[] moved;
  private final float[] residual;
  private final float[] centroid;
  private int list = -1;

  /**
   * @param packed all vectors, in list order
   */
  Residuals(ListTable table, Space space, MemorySegment packed) {
    this.table = table;
    this.space = space;
    this.packed = packed;
    this.vector = new float[space.middle().length];
    this.moved = new float[vector.length];
    this.residual = new float[table.components()];
    this.centroid = new float[table.components()];
  }

  /** The residual of an item; overwritten by the next one. */
  float[] of(int item) {
    if (list < 0 || item < table.first()[list] || item >= table.first()[list + 1]) {
      list = table.listOf(item);
      table.centroid(list, centroid);
    }
    MemorySegment.copy(packed, Bytes.F32, 4L * vector.length * item, vector, 0, vector.length);
    space.enter(vector, moved, residual);
    for (int j = 0; j < residual.length; j++) {
      residual[j] -= centroid[j];
    }
    return residual;
  }

  /** The centroid of the list of the last item. */
  float[] centroid() {
    return centroid;
  }
}
