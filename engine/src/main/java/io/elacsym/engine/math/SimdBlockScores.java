package io.elacsym.engine.math;

import io.elacsym.api.VectorMath;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Makes scores of a block's sums and says which may reach a threshold. */
final class SimdBlockScores {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int AREA = VectorMath.BLOCK * Float.BYTES;

  private SimdBlockScores() {}

  static long scores(
      int[] sums,
      MemorySegment factors,
      long offset,
      VectorMath.Estimate estimate,
      float threshold,
      float[] out) {
    float base = estimate.base();
    float constant = estimate.constant();
    float slope = estimate.slope();
    float doubt = estimate.doubt();
    float noise = estimate.noise();
    long reached = 0;
    for (int i = 0; i < VectorMath.BLOCK; i += LANES) {
      long at = offset + (long) Float.BYTES * i;
      FloatVector sum =
          (FloatVector) IntVector.fromArray(INTS, sums, i).convert(VectorOperators.I2F, 0);
      FloatVector scale = load(factors, at + AREA);
      FloatVector score = sum.mul(slope).add(constant).fma(scale, load(factors, at).add(base));
      score.intoArray(out, i);
      VectorMask<Float> below =
          load(factors, at + 2 * AREA)
              .mul(doubt)
              .add(scale.mul(noise))
              .add(score)
              .compare(VectorOperators.LT, threshold);
      reached |= below.not().toLong() << i;
    }
    return reached;
  }

  private static FloatVector load(MemorySegment from, long at) {
    return FloatVector.fromMemorySegment(FLOATS, from, at, ByteOrder.LITTLE_ENDIAN);
  }
}
