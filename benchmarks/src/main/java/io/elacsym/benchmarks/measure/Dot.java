package io.elacsym.benchmarks.measure;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The inner product of the oracle; on purpose not the engine's. */
final class Dot {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Dot() {}

  /** Of {@code a} and {@code b[from..from + a.length)}. */
  static float product(float[] a, float[] b, int from) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(a.length);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      sum =
          FloatVector.fromArray(SPECIES, a, i)
              .fma(FloatVector.fromArray(SPECIES, b, from + i), sum);
    }
    float dot = sum.reduceLanes(VectorOperators.ADD);
    for (; i < a.length; i++) {
      dot = Math.fma(a[i], b[from + i], dot);
    }
    return dot;
  }
}
