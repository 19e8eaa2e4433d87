package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;

/** Which vectors a field takes, as documents and as queries. */
public final class VectorCheck {
  /**
   * Greatest squared length: sums and differences of two such vectors are still finite floats, so
   * that no score is infinite or not a number.
   */
  private static final double MAX_SQUARED = Float.MAX_VALUE / 4;

  /** Least squared length where directions count: the product of two lengths stays normal. */
  private static final double MIN_SQUARED = 1e-30;

  private VectorCheck() {}

  /**
   * @param what the vector is, for the message: {@code "vector"} or {@code "document 7: vector"}
   * @throws ElacsymException {@code INVALID_REQUEST} naming the wrong component or length
   */
  public static void check(String what, float[] vector, VectorField field) {
    if (vector.length != field.dimension()) {
      throw ElacsymException.invalid(
          what + " has " + vector.length + " components, expected " + field.dimension());
    }
    double squared = 0;
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw ElacsymException.invalid(
            what + "[" + i + "] is " + vector[i] + ", expected a finite number");
      }
      squared += (double) vector[i] * vector[i];
    }
    if (squared > MAX_SQUARED) {
      throw ElacsymException.invalid(
          what + " has the length " + Math.sqrt(squared) + ", expected at most 9e18");
    }
    if (field.metric() == Metric.COSINE && squared < MIN_SQUARED) {
      throw ElacsymException.invalid(
          squared == 0
              ? what + " is all zeros, which has no direction for the metric cosine"
              : what
                  + " has the length "
                  + Math.sqrt(squared)
                  + ", expected at least 1e-15 for the metric cosine");
    }
  }
}
