package io.elacsym.index.ivf.quantizer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One byte a component: component {@code j} of code {@code c} is {@code min[j] + step[j] * (c +
 * 128)}.
 *
 * @param min smallest values
 * @param step distances of neighbouring values, 0 or more
 */
public record Scale(float[] min, float[] step) {
  private static final int LEVELS = 255;

  /** The scale from the smallest to the largest value of each component. */
  public static Scale between(float[] min, float[] max) {
    float[] step = new float[min.length];
    for (int j = 0; j < step.length; j++) {
      step[j] = (float) (((double) max[j] - min[j]) / LEVELS);
    }
    return new Scale(min, step);
  }

  /** The scale of vectors that lie one after the other. */
  public static Scale of(float[] vectors, int dimension) {
    float[] min = new float[dimension];
    float[] max = new float[dimension];
    System.arraycopy(vectors, 0, min, 0, dimension);
    System.arraycopy(vectors, 0, max, 0, dimension);
    for (int at = dimension; at < vectors.length; at += dimension) {
      for (int j = 0; j < dimension; j++) {
        min[j] = Math.min(min[j], vectors[at + j]);
        max[j] = Math.max(max[j], vectors[at + j]);
      }
    }
    return between(min, max);
  }

  public int dimension() {
    return min.length;
  }

  public static long bytes(int dimension) {
    return 8L * dimension;
  }

  public void write(MemorySegment to, long offset) {
    Bytes.put(min, to, offset);
    Bytes.put(step, to, offset + 4L * min.length);
  }

  public static Scale read(MemorySegment from, long offset, int dimension) {
    return new Scale(
        Bytes.floats(from, offset, dimension),
        Bytes.floats(from, offset + 4L * dimension, dimension));
  }

  /** Whether all numbers are finite and no step is negative. */
  public boolean isSane() {
    for (int j = 0; j < min.length; j++) {
      if (!Float.isFinite(min[j]) || !Float.isFinite(step[j]) || step[j] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The inverses of the steps, for {@link #encode}. */
  public float[] inverse() {
    float[] inverse = new float[step.length];
    for (int j = 0; j < step.length; j++) {
      float value = 1 / step[j];
      inverse[j] = Float.isFinite(value) ? value : 0;
    }
    return inverse;
  }

  /** Codes the vector at {@code vector[from..]} with the nearest values. */
  public void encode(float[] vector, int from, float[] inverse, byte[] codes, int codesFrom) {
    for (int j = 0; j < min.length; j++) {
      int level = (int) ((vector[from + j] - min[j]) * inverse[j] + 0.5f);
      codes[codesFrom + j] = (byte) (Math.clamp(level, 0, LEVELS) - 128);
    }
  }

  /** Decodes the vector whose code starts at byte {@code offset}. */
  public void decode(MemorySegment codes, long offset, float[] to, int toFrom) {
    for (int j = 0; j < min.length; j++) {
      to[toFrom + j] = min[j] + step[j] * (codes.get(ValueLayout.JAVA_BYTE, offset + j) + 128);
    }
  }
}
