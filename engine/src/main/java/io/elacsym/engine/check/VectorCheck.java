package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;

/** Which vectors a field accepts; the rules for documents and for queries are the same. */
final class VectorCheck {
  /**
   * Greatest squared length: sums and differences of two such vectors are still finite floats, so
   * that no score is infinite or not a number.
   */
  private static final double MAX_SQUARED = Float.MAX_VALUE / 4;

  /** Least squared length where directions count: the product of two lengths stays normal. */
  private static final double MIN_SQUARED = 1e-30;

  private VectorCheck() {}

  /**
   * Checks a vector.
   *
   * @param name of its field
   * @throws ElacsymException {@code INVALID_REQUEST} naming the place, what is wrong there and what
   *     was expected
   */
  static void check(float[] vector, String name, Schema schema, Place place) {
    VectorField field = FieldCheck.vector(name, schema, place);
    if (vector.length != field.dimension()) {
      throw ElacsymException.invalid(
          place + " has " + vector.length + " components, expected " + field.dimension());
    }
    double squared = 0;
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw ElacsymException.invalid(
            place.index(i) + " is " + vector[i] + ", expected a finite 32-bit float");
      }
      squared += (double) vector[i] * vector[i];
    }
    if (squared > MAX_SQUARED) {
      throw ElacsymException.invalid(
          place + " has the length " + Math.sqrt(squared) + ", expected at most 9e18");
    }
    if (field.metric() == Metric.COSINE && squared < MIN_SQUARED) {
      throw ElacsymException.invalid(
          squared == 0
              ? place + " is all zeros, which has no direction for the metric cosine"
              : place
                  + " has the length "
                  + Math.sqrt(squared)
                  + ", expected at least 1e-15 for the metric cosine");
    }
  }
}
