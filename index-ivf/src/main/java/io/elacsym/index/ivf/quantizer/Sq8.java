package io.elacsym.index.ivf.quantizer;

import io.elacsym.index.codes.Steps;
import io.elacsym.index.codes.Uniform;

/**
 * One signed byte a component of the rotated vector, in steps that fit its own length. There is no
 * plane: every code is multiplied out, which takes several times as long and is nearly exact.
 *
 * @param components of a rotated vector
 */
public record Sq8(int components) implements Quantizer {
  public static final String NAME = "sq8";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CodeShape shape() {
    return new CodeShape(components, 0, Byte.SIZE);
  }

  @Override
  public QueryTables tables(float[] query) {
    return QueryTables.NONE;
  }

  @Override
  public Coder coder() {
    return new ByteCoder();
  }

  private final class ByteCoder implements Coder {
    private final byte[] code = new byte[components];
    private final float[] values = new float[components];

    @Override
    public void code(float[] residual) {
      float inverse = Uniform.inverseStep(residual, Steps.of(Byte.SIZE));
      for (int j = 0; j < components; j++) {
        int level = Math.round(residual[j] * inverse);
        code[j] = (byte) Math.clamp(level, Byte.MIN_VALUE, Byte.MAX_VALUE);
        values[j] = code[j];
      }
    }

    @Override
    public byte[] plane() {
      return new byte[0];
    }

    @Override
    public float[] planeValues() {
      return new float[0];
    }

    @Override
    public byte[] refinement() {
      return code;
    }

    @Override
    public float[] refinedValues() {
      return values;
    }
  }
}
