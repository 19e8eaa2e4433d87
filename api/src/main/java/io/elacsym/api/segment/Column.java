package io.elacsym.api.segment;

import java.util.BitSet;

/**
 * The values of one column for some consecutive or fetched rows. Immutable by agreement: nobody
 * writes to the arrays once it is built.
 *
 * <p>For a scalar column, row {@code r} has the value at index {@code r} of the array. For a list
 * column, row {@code r} has the elements {@code offsets[r]} to {@code offsets[r + 1]} (exclusive).
 * A vector column has {@code dimension} floats a row. A row that is not {@linkplain #isPresent
 * present} has no value (which is not the same as an empty list); what the array holds there is not
 * looked at. {@link ColumnBuilder} makes a column row by row.
 */
public final class Column {
  private static final int[] NO_OFFSETS = {};

  private final ColumnSpec spec;
  private final int rows;
  private final BitSet present;
  private final int[] offsets;
  private final Object values;

  private Column(ColumnSpec spec, int rows, BitSet present, int[] offsets, Object values) {
    this.spec = spec;
    this.rows = rows;
    this.present = present;
    this.offsets = offsets;
    this.values = values;
  }

  /**
   * A scalar or vector column.
   *
   * @param values the array that {@link ValueType} names, at least {@code rows} (times dimension)
   *     long
   */
  public static Column of(ColumnSpec spec, int rows, BitSet present, Object values) {
    check(spec, spec.list(), false);
    checkArray(spec, values);
    return new Column(spec, rows, present, NO_OFFSETS, values);
  }

  /**
   * A list column.
   *
   * @param offsets {@code rows + 1} ascending indexes into {@code values}
   */
  public static Column ofLists(
      ColumnSpec spec, int rows, BitSet present, int[] offsets, Object values) {
    check(spec, spec.list(), true);
    checkArray(spec, values);
    return new Column(spec, rows, present, offsets, values);
  }

  private static void check(ColumnSpec spec, boolean isList, boolean wanted) {
    if (isList != wanted) {
      throw new IllegalArgumentException("column " + spec.name() + ": list is " + isList);
    }
  }

  private static void checkArray(ColumnSpec spec, Object values) {
    boolean fits =
        switch (spec.type()) {
          case BOOL -> values instanceof boolean[];
          case INT64 -> values instanceof long[];
          case FLOAT64 -> values instanceof double[];
          case STRING -> values instanceof String[];
          case BINARY -> values instanceof byte[][];
          case VECTOR -> values instanceof float[];
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "column " + spec.name() + ": " + spec.type() + " in " + values.getClass().getTypeName());
    }
  }

  public ColumnSpec spec() {
    return spec;
  }

  /** How many rows. */
  public int rows() {
    return rows;
  }

  public boolean isPresent(int row) {
    return present.get(row);
  }

  /** Which rows have a value; not to be changed. */
  public BitSet present() {
    return present;
  }

  /** Index of the first element of row {@code row} in a list column, the row itself otherwise. */
  public int start(int row) {
    return spec.list() ? offsets[row] : row;
  }

  /** Index after the last element of row {@code row}. */
  public int end(int row) {
    return spec.list() ? offsets[row + 1] : row + 1;
  }

  /** The column whose row {@code i} is this one's row {@code rows[i]}; repeats are allowed. */
  public Column gather(int[] rows) {
    ColumnBuilder gathered = new ColumnBuilder(spec, rows.length);
    for (int row : rows) {
      gathered.addRow(this, row);
    }
    return gathered.build();
  }

  /** The array of values, whatever its type. */
  Object values() {
    return values;
  }

  public boolean[] booleans() {
    return (boolean[]) values;
  }

  public long[] longs() {
    return (long[]) values;
  }

  public double[] doubles() {
    return (double[]) values;
  }

  public String[] strings() {
    return (String[]) values;
  }

  public byte[][] binaries() {
    return (byte[][]) values;
  }

  public float[] floats() {
    return (float[]) values;
  }
}
