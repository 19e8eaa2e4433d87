package io.elacsym.index.ivf.quantizer;

/**
 * A query as tables that a block's fields are looked up in: the product of the query and the values
 * of a plane is {@code offset + step * sum}.
 *
 * @param tables 16 bytes a group, and 16 more
 * @param groups how many tables
 * @param offset the sum of the least values
 * @param step what a unit of a sum is worth
 */
public record QueryTables(byte[] tables, int groups, float offset, float step) {
  static final QueryTables NONE = new QueryTables(new byte[0], 0, 0, 0);

  private static final int SIZE = 16;
  private static final int LEVELS = 255;

  /** How far a product may be off since table entries are bytes: a standard deviation. */
  public float noise() {
    // Rounding errors are spread evenly over a step: their variance is a twelfth of its square.
    return (float) (step * Math.sqrt(groups / 12.0));
  }

  /**
   * Makes bytes of tables of floats.
   *
   * @param values 16 a group; changed
   */
  static QueryTables of(float[] values) {
    int groups = values.length / SIZE;
    double offset = 0;
    float widest = 0;
    for (int group = 0; group < groups; group++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      int from = SIZE * group;
      for (int i = from; i < from + SIZE; i++) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
      for (int i = from; i < from + SIZE; i++) {
        values[i] -= least;
      }
      offset += least;
      widest = Math.max(widest, most - least);
    }
    float step = widest / LEVELS;
    float inverse = step > 0 ? 1 / step : 0;
    byte[] tables = new byte[values.length + SIZE];
    for (int i = 0; i < values.length; i++) {
      tables[i] = (byte) (int) (values[i] * inverse + 0.5f);
    }
    return new QueryTables(tables, groups, (float) offset, step);
  }
}
