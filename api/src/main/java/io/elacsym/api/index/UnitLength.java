package io.elacsym.api.index;

import io.elacsym.api.VectorMath;

/**
 * Lengths of vectors, and scaling to length 1, which makes the cosine an inner product. Every
 * component is finite.
 *
 * <p>The sum of squares is the host's fast one in floats, as long as that is far from both ends of
 * their range; beyond, squares are lost or overflow, and so they are added up in doubles, whose
 * range has room for the square of every float.
 */
public final class UnitLength {
  private static final float LEAST = 1e-30f;
  private static final float MOST = 1e30f;

  private UnitLength() {}

  /**
   * The squared length of {@code vector[from..from+length)}: 0 exactly when all components are 0.
   */
  public static double squared(VectorMath math, float[] vector, int from, int length) {
    float fast = math.dot(vector, from, vector, from, length);
    if (isSafe(fast)) {
      return fast;
    }
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += (double) vector[i] * vector[i];
    }
    return sum;
  }

  /**
   * Scales {@code vector[from..from+length)} to length 1, in place. A vector of zeros has no
   * direction and stays as it is, so that its inner product with every other is 0.
   */
  public static void scale(VectorMath math, float[] vector, int from, int length) {
    double squared = squared(math, vector, from, length);
    if (squared == 0) {
      return;
    }
    double factor = 1 / Math.sqrt(squared);
    if (isSafe((float) squared)) {
      // As exact as the sum, and twice as fast as in doubles.
      float single = (float) factor;
      for (int i = from; i < from + length; i++) {
        vector[i] *= single;
      }
      return;
    }
    // The inverse of a very small length is no float.
    for (int i = from; i < from + length; i++) {
      vector[i] = (float) (vector[i] * factor);
    }
  }

  /** Whether a squared length is far from both ends of the range of floats. */
  private static boolean isSafe(float squared) {
    return squared > LEAST && squared < MOST;
  }
}
