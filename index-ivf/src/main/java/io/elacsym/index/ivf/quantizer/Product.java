package io.elacsym.index.ivf.quantizer;

import io.elacsym.index.codes.Uniform;

/**
 * Product quantization with 4 bits: each two components of the rotated vector are a sub-vector with
 * a codebook of 16 entries of its own. Vectors are coded at length 1 times the root of their
 * components, so that a codebook serves long and short ones.
 *
 * @param components of a rotated vector
 * @param codebooks for each group 16 entries of 2 components
 */
public record Product(int components, float[] codebooks) implements Quantizer {
  public static final String NAME = "pq";

  /** Components of a sub-vector. */
  public static final int GROUP = 2;

  public static final int ENTRIES = 16;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CodeShape shape() {
    return new CodeShape(components, components / GROUP, 0);
  }

  /** Floats in all codebooks. */
  public static int codebookFloats(int components) {
    return components * ENTRIES;
  }

  @Override
  public QueryTables tables(float[] query) {
    float[] values = new float[components / GROUP * ENTRIES];
    for (int i = 0; i < values.length; i++) {
      int component = i / ENTRIES * GROUP;
      values[i] =
          query[component] * codebooks[GROUP * i] + query[component + 1] * codebooks[GROUP * i + 1];
    }
    return QueryTables.of(values);
  }

  @Override
  public Coder coder() {
    return new NearestCoder();
  }

  private final class NearestCoder implements Coder {
    private final byte[] plane = new byte[components / GROUP];
    private final float[] values = new float[components];

    @Override
    public void code(float[] residual) {
      float scale = Uniform.inverseStep(residual, 1);
      for (int group = 0; group < plane.length; group++) {
        float x = residual[GROUP * group] * scale;
        float y = residual[GROUP * group + 1] * scale;
        int entry = nearest(codebooks, group, x, y);
        plane[group] = (byte) entry;
        values[GROUP * group] = codebooks[GROUP * (ENTRIES * group + entry)];
        values[GROUP * group + 1] = codebooks[GROUP * (ENTRIES * group + entry) + 1];
      }
    }

    @Override
    public byte[] plane() {
      return plane;
    }

    @Override
    public float[] planeValues() {
      return values;
    }

    @Override
    public byte[] refinement() {
      return new byte[0];
    }

    @Override
    public float[] refinedValues() {
      return new float[0];
    }
  }

  /** The entry of a group's codebook that is nearest to a sub-vector. */
  public static int nearest(float[] codebooks, int group, float x, float y) {
    int best = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int entry = 0; entry < ENTRIES; entry++) {
      int at = GROUP * (ENTRIES * group + entry);
      float dx = x - codebooks[at];
      float dy = y - codebooks[at + 1];
      float distance = dx * dx + dy * dy;
      if (distance < least) {
        least = distance;
        best = entry;
      }
    }
    return best;
  }
}
