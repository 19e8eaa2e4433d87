package io.elacsym.engine.live;

import java.util.Arrays;

/** The vectors of one field by row; a row without one has {@link #NONE}. */
final class VectorColumn {
  static final float[] NONE = {};

  private float[][] rows = new float[64][];

  void append(int row, float[] vector) {
    if (row == rows.length) {
      rows = Arrays.copyOf(rows, row * 2);
    }
    rows[row] = vector;
  }

  float[][] rows() {
    return rows;
  }
}
