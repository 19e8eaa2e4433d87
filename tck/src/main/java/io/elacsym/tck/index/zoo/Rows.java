package io.elacsym.tck.index.zoo;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** What the shapes of the zoo are made of. */
final class Rows {
  private Rows() {}

  /** Independent normal components of mean {@code mean} and deviation 1. */
  static float[][] normal(int count, int dimension, double mean, Random random) {
    return each(new float[count][dimension], x -> mean + random.nextGaussian());
  }

  /** Changes every component of every row, in order, in place. */
  static float[][] each(float[][] rows, DoubleUnaryOperator change) {
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) change.applyAsDouble(row[i]);
      }
    }
    return rows;
  }

  /** Multiplies a row, in place. */
  static void scale(float[] row, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (row[i] * factor);
    }
  }

  /** A row around a center. */
  static float[] near(float[] center, double spread, Random random) {
    float[] row = new float[center.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (center[i] + spread * random.nextGaussian());
    }
    return row;
  }

  /** Gives a row of nothing but zeros its first axis as direction. */
  static void keepFromZero(float[] row) {
    for (float x : row) {
      if (x != 0) {
        return;
      }
    }
    row[0] = 1;
  }
}
