package io.elacsym.index.hnsw;

import io.elacsym.api.VectorMath;

/** Scaling to length 1, which turns the cosine into an inner product. */
final class UnitLength {
  private UnitLength() {}

  /** Scales {@code vector[at..at+length)} in place; a zero vector stays as it is. */
  static void scale(VectorMath math, float[] vector, int at, int length) {
    double square = math.dot(vector, at, vector, at, length);
    if (!(square > 1e-30 && square < 1e30)) {
      // Out of a float's comfortable range: the sum may have lost everything.
      square = 0;
      for (int i = at; i < at + length; i++) {
        square += (double) vector[i] * vector[i];
      }
      if (square == 0) {
        return;
      }
    }
    double factor = 1 / Math.sqrt(square);
    for (int i = at; i < at + length; i++) {
      vector[i] = (float) (vector[i] * factor);
    }
  }
}
