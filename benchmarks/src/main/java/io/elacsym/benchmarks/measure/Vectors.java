package io.elacsym.benchmarks.measure;

import java.util.Arrays;

/** Vectors of one dimension, side by side. Immutable. */
public final class Vectors {
  private final float[] components;
  private final int dimension;

  /**
   * Takes the components as they are, without a copy.
   *
   * @param components vector after vector
   */
  public Vectors(float[] components, int dimension) {
    if (dimension < 1 || components.length % dimension != 0) {
      throw new IllegalArgumentException(
          components.length + " components of vectors of dimension " + dimension);
    }
    this.components = components;
    this.dimension = dimension;
  }

  public int dimension() {
    return dimension;
  }

  public int count() {
    return components.length / dimension;
  }

  /** The inner product of {@code query} and vector {@code index}. */
  public float dot(float[] query, int index) {
    return Dot.product(query, components, Math.multiplyExact(index, dimension));
  }

  /** A copy of one vector. */
  public float[] get(int index) {
    return Arrays.copyOfRange(components, index * dimension, (index + 1) * dimension);
  }
}
