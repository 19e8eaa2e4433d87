package io.elacsym.index.hnsw.code;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.CodeFit;
import io.elacsym.index.codes.Steps;
import io.elacsym.index.codes.Uniform;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Codes vectors. Formulas: {@code docs/format/index-hnsw.md}. For one thread.
 *
 * <p>The code points about where the vector's difference from the center does; how well, is its
 * {@link CodeFit}.
 */
public final class NodeCoder {
  static final int BITS = 4;

  /** The value in the middle of all fields. */
  static final float MIDDLE = 7.5f;

  private static final int LEVELS = 1 << BITS;

  /** Fields of one integer of the code. */
  private static final int FIELDS = 4;

  private static final int WORDS = VectorMath.BLOCK / FIELDS;

  private final CodeSpace space;
  private final float[] moved;
  private final float[] residual;
  private final byte[] code;

  public NodeCoder(CodeSpace space) {
    this.space = space;
    this.moved = new float[space.center().length];
    this.residual = new float[space.space().components()];
    this.code = new byte[residual.length / 2];
  }

  /**
   * Codes the vector of a node.
   *
   * @param vector of length 1 where the metric is the cosine
   */
  public void code(float[] vector, NodeCodes to, int node) {
    space.space().enter(vector, moved, residual);
    double square = 0;
    double along = 0;
    double size = 0;
    float inverse = Uniform.inverseStep(residual, Steps.of(BITS));
    Arrays.fill(code, (byte) 0);
    for (int j = 0; j < residual.length; j++) {
      float component = residual[j];
      int field = Math.clamp((int) Math.floor(component * inverse) + LEVELS / 2, 0, LEVELS - 1);
      double value = field - MIDDLE;
      square += (double) component * component;
      along += value * component;
      size += value * value;
      int word = j / VectorMath.BLOCK * WORDS + j % WORDS;
      int bit = BITS * (j % VectorMath.BLOCK / WORDS);
      code[2 * word + bit / Byte.SIZE] |= (byte) (field << (bit % Byte.SIZE));
    }
    long at = to.at(node);
    factors(vector, square, along, size).write(to.memory(), at);
    MemorySegment.copy(
        code, 0, to.memory(), ValueLayout.JAVA_BYTE, at + NodeCodes.FACTOR_BYTES, code.length);
  }

  private Factors factors(float[] vector, double square, double along, double size) {
    CodeFit fit = CodeFit.of(square, along, size, residual.length);
    double scale = fit.scale();
    double error = fit.error();
    double ofCenter = 0;
    double length = 0;
    for (int j = 0; j < vector.length; j++) {
      ofCenter += (double) space.center()[j] * moved[j];
      length += (double) vector[j] * vector[j];
    }
    Factors factors =
        space.metric() == Metric.L2
            ? new Factors((float) -square, (float) (2 * scale), (float) (2 * error), sqrt(length))
            : new Factors((float) ofCenter, (float) scale, (float) error, sqrt(length));
    return factors.areFinite() ? factors : Factors.UNKNOWN;
  }

  private static float sqrt(double square) {
    return (float) Math.sqrt(square);
  }

  private record Factors(float shift, float scale, float error, float length) {
    /** Never a good score, and always doubtful: its vector decides. */
    private static final Factors UNKNOWN =
        new Factors(-Float.MAX_VALUE, 0, Float.POSITIVE_INFINITY, 0);

    boolean areFinite() {
      return Float.isFinite(shift + scale + error + length);
    }

    void write(MemorySegment to, long at) {
      to.set(Bytes.F32, at + NodeCodes.SHIFT_AT, shift);
      to.set(Bytes.F32, at + NodeCodes.SCALE_AT, scale);
      to.set(Bytes.F32, at + NodeCodes.ERROR_AT, error);
      to.set(Bytes.F32, at + NodeCodes.LENGTH_AT, length);
    }
  }
}
