package io.elacsym.benchmarks.measure;

import io.elacsym.api.index.Metric;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Vectors of one dimension, side by side. Immutable. */
public final class Vectors {
  /** A component as it lies in memory and in files. */
  public static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment components;
  private final int dimension;
  private final int count;

  /**
   * Takes the components as they are, without a copy.
   *
   * @param components vector after vector
   */
  public Vectors(float[] components, int dimension) {
    this(MemorySegment.ofArray(components), dimension);
  }

  /**
   * Takes memory as it is, without a copy.
   *
   * @param components vector after vector, little-endian
   */
  public Vectors(MemorySegment components, int dimension) {
    if (dimension < 1 || components.byteSize() % ((long) dimension * Float.BYTES) != 0) {
      throw new IllegalArgumentException(
          components.byteSize() + " bytes of vectors of dimension " + dimension);
    }
    this.components = components;
    this.dimension = dimension;
    this.count = Math.toIntExact(components.byteSize() / ((long) dimension * Float.BYTES));
  }

  public int dimension() {
    return dimension;
  }

  public int count() {
    return count;
  }

  /** The first of them. */
  public Vectors first(int wanted) {
    return new Vectors(components.asSlice(0, offset(wanted)), dimension);
  }

  /** All components, vector after vector, little-endian. */
  public MemorySegment components() {
    return components;
  }

  /** The inner product of {@code query} and vector {@code index}. */
  public float dot(float[] query, int index) {
    return Dot.product(query, components, offset(index));
  }

  /**
   * How alike {@code query} and vector {@code index} are; more is more alike.
   *
   * @param metric under cosine both are of length one
   */
  public float score(Metric metric, float[] query, int index) {
    return metric == Metric.L2
        ? -Dot.squaredDistance(query, components, offset(index))
        : Dot.product(query, components, offset(index));
  }

  /** A copy of one vector. */
  public float[] get(int index) {
    float[] vector = new float[dimension];
    copy(index, vector, 0);
    return vector;
  }

  /** Copies vector {@code index} to {@code to[at..at + dimension)}. */
  public void copy(int index, float[] to, int at) {
    MemorySegment.copy(components, FLOAT, offset(index), to, at, dimension);
  }

  private long offset(int index) {
    return (long) index * dimension * Float.BYTES;
  }
}
