package io.elacsym.engine.math;

import io.elacsym.api.VectorMath;
import java.lang.System.Logger.Level;
import jdk.incubator.vector.FloatVector;

/** Chooses the vector arithmetic of this machine. */
public final class Kernels {
  private static final System.Logger LOG = System.getLogger(Kernels.class.getName());

  /** Lanes below which the vector API gains nothing over plain loops. */
  private static final int MIN_LANES = 4;

  private static final String VECTORS = "jdk.incubator.vector";

  private Kernels() {}

  /** The fastest kernels of this machine; the choice is logged. */
  public static VectorMath choose() {
    if (ModuleLayer.boot().findModule(VECTORS).isEmpty()) {
      LOG.log(Level.WARNING, "vector kernels: scalar, much faster with --add-modules {0}", VECTORS);
      return new ScalarVectorMath();
    }
    int lanes = FloatVector.SPECIES_PREFERRED.length();
    boolean simd = lanes >= MIN_LANES;
    LOG.log(Level.INFO, "vector kernels: {0}", simd ? "SIMD, " + lanes + " floats" : "scalar");
    return simd ? new SimdVectorMath() : new ScalarVectorMath();
  }

  /** The same kernels, which end when the deadline of their thread is over. */
  public static VectorMath withDeadline(VectorMath kernels) {
    return new DeadlineVectorMath(kernels);
  }

  /** Plain loops. */
  public static VectorMath scalar() {
    return new ScalarVectorMath();
  }
}
