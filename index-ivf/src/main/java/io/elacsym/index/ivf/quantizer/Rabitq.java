package io.elacsym.index.ivf.quantizer;

import io.elacsym.index.codes.Steps;
import io.elacsym.index.codes.Uniform;
import java.util.List;

/**
 * RaBitQ: the signs of a rotated vector are its plane, and further bits of each component refine
 * them. Signs alone point in a direction that is known to lie close to the vector's, and how close
 * is measured for each vector, so that its product with any query is estimated without a bias and
 * with a known error. J. Gao and C. Long, "RaBitQ", SIGMOD 2024; further bits after J. Gao et al.,
 * "Practical and asymptotically optimal quantization", SIGMOD 2025, with the best step for a normal
 * distribution in place of a search for each vector.
 *
 * @param components of a rotated vector
 * @param bits of a component, the sign among them: 1, 3, 5 or 8
 */
public record Rabitq(int components, int bits) implements Quantizer {
  public static final String NAME = "rabitq";

  /** Values of {@link #bits}. */
  public static final List<Integer> BITS = List.of(1, 3, 5, 8);

  /** Signs of one table. */
  private static final int GROUP = 4;

  private static final int TABLE = 16;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CodeShape shape() {
    // Seven bits are kept in a byte: kernels are made for 2, 4 and 8.
    return new CodeShape(components, components / GROUP, bits == 8 ? 8 : bits - 1);
  }

  @Override
  public QueryTables tables(float[] query) {
    return signs(query);
  }

  /**
   * Tables for signs, which are the same whatever refines them.
   *
   * @param query rotated
   */
  public static QueryTables signs(float[] query) {
    float[] values = new float[query.length / GROUP * TABLE];
    float half = 0;
    for (int group = 0; group < query.length / GROUP; group++) {
      int at = TABLE * group;
      int component = GROUP * group;
      for (int bit = 0; bit < GROUP; bit++) {
        float add = query[component + bit];
        half += add / 2;
        int known = 1 << bit;
        for (int i = 0; i < known; i++) {
          values[at + known + i] = values[at + i] + add;
        }
      }
    }
    // A sign stands for plus or minus a half, and tables count the plus signs.
    QueryTables tables = QueryTables.of(values);
    return new QueryTables(tables.tables(), tables.groups(), tables.offset() - half, tables.step());
  }

  @Override
  public Coder coder() {
    return new SignCoder();
  }

  private final class SignCoder implements Coder {
    private final byte[] plane = new byte[components / GROUP];
    private final float[] planeValues = new float[components];
    private final byte[] refinement = new byte[shape().codeBytes()];
    private final float[] refinedValues = new float[components];
    private final int[] levels = new int[components];

    @Override
    public void code(float[] residual) {
      for (int group = 0; group < plane.length; group++) {
        int field = 0;
        for (int bit = 0; bit < GROUP; bit++) {
          int j = GROUP * group + bit;
          boolean positive = residual[j] >= 0;
          field |= positive ? 1 << bit : 0;
          planeValues[j] = positive ? 0.5f : -0.5f;
        }
        plane[group] = (byte) field;
      }
      if (bits > 1) {
        refine(residual);
      }
    }

    private void refine(float[] residual) {
      int most = (1 << (bits - 1)) - 1;
      float inverse = Uniform.inverseStep(residual, Steps.of(bits));
      for (int j = 0; j < components; j++) {
        int level = (int) Math.min(Math.abs(residual[j]) * inverse, most);
        boolean positive = residual[j] >= 0;
        refinedValues[j] = positive ? level + 0.5f : -level - 0.5f;
        // The field adds up with the sign: it counts from the least value of the sign's half.
        levels[j] = positive ? level : most - level;
      }
      Uniform.pack(levels, shape().bits(), refinement);
    }

    @Override
    public byte[] plane() {
      return plane;
    }

    @Override
    public float[] planeValues() {
      return planeValues;
    }

    @Override
    public byte[] refinement() {
      return refinement;
    }

    @Override
    public float[] refinedValues() {
      return refinedValues;
    }
  }
}
