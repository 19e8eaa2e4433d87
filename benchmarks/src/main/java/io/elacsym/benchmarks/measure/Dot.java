package io.elacsym.benchmarks.measure;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The arithmetic of the oracle; on purpose not the engine's. */
final class Dot {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Dot() {}

  /** The inner product of {@code a} and as many floats from byte {@code from} of {@code b}. */
  static float product(float[] a, MemorySegment b, long from) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(a.length);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      sum = FloatVector.fromArray(SPECIES, a, i).fma(lanes(b, from, i), sum);
    }
    float dot = sum.reduceLanes(VectorOperators.ADD);
    for (; i < a.length; i++) {
      dot = Math.fma(a[i], b.get(Vectors.FLOAT, from + (long) i * Float.BYTES), dot);
    }
    return dot;
  }

  /** The squared Euclidean distance of the same two. */
  static float squaredDistance(float[] a, MemorySegment b, long from) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(a.length);
    int i = 0;
    for (; i < bound; i += SPECIES.length()) {
      FloatVector difference = FloatVector.fromArray(SPECIES, a, i).sub(lanes(b, from, i));
      sum = difference.fma(difference, sum);
    }
    float square = sum.reduceLanes(VectorOperators.ADD);
    for (; i < a.length; i++) {
      float difference = a[i] - b.get(Vectors.FLOAT, from + (long) i * Float.BYTES);
      square = Math.fma(difference, difference, square);
    }
    return square;
  }

  private static FloatVector lanes(MemorySegment b, long from, int i) {
    return FloatVector.fromMemorySegment(
        SPECIES, b, from + (long) i * Float.BYTES, ByteOrder.LITTLE_ENDIAN);
  }
}
