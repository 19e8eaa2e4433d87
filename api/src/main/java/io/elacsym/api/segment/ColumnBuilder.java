package io.elacsym.api.segment;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A column that grows by rows. For one thread.
 *
 * <p>One {@code add} is a row of a scalar column; in a list column it is an element of the row that
 * the next {@link #endList} ends. A value of another type than the column's is a {@link
 * ClassCastException}.
 */
public final class ColumnBuilder {
  private final ColumnSpec spec;
  private final BitSet present;
  private int[] offsets;
  private Object values;
  private int capacity;
  private int rows;

  /** How many places of the array are taken. */
  private int size;

  /**
   * @param rows how many rows there is room for; adding more takes time for another copy
   */
  public ColumnBuilder(ColumnSpec spec, int rows) {
    this.spec = spec;
    this.present = new BitSet(rows);
    this.offsets = new int[spec.list() ? rows + 1 : 0];
    this.capacity = spec.list() ? 0 : Math.multiplyExact(rows, width());
    this.values =
        switch (spec.type()) {
          case BOOL -> new boolean[capacity];
          case INT64 -> new long[capacity];
          case FLOAT64 -> new double[capacity];
          case STRING -> new String[capacity];
          case BINARY -> new byte[capacity][];
          case VECTOR -> new float[capacity];
        };
  }

  /** How many places of the array a row takes that is no list. */
  private int width() {
    return spec.type() == ValueType.VECTOR ? spec.dimension() : 1;
  }

  public void add(boolean value) {
    int at = next();
    ((boolean[]) values)[at] = value;
  }

  public void add(long value) {
    int at = next();
    ((long[]) values)[at] = value;
  }

  public void add(double value) {
    int at = next();
    ((double[]) values)[at] = value;
  }

  public void add(String value) {
    int at = next();
    ((String[]) values)[at] = value;
  }

  /** Adds bytes, which must not change from now on. */
  public void add(byte[] value) {
    int at = next();
    ((byte[][]) values)[at] = value;
  }

  /** Takes a place of the array, and if it is not one of a list, the row as well. */
  private int next() {
    reserve(1);
    if (!spec.list()) {
      present.set(rows++);
    }
    return size++;
  }

  /** Adds the row with the elements that were added since the last row; they may be none. */
  public void endList() {
    present.set(rows++);
    markEnd();
  }

  /** Adds a row without a value. */
  public void addAbsent() {
    rows++;
    if (spec.list()) {
      markEnd();
    } else {
      reserve(width());
      size += width();
    }
  }

  private void markEnd() {
    if (rows == offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(rows + 1, offsets.length));
    }
    offsets[rows] = size;
  }

  /** Where vectors come from. */
  @FunctionalInterface
  public interface Vectors {
    /** Copies as many as were asked for into an array from an index on. */
    void copy(float[] to, int at);
  }

  /** Adds rows with a vector each. */
  public void addVectors(int count, Vectors from) {
    int floats = Math.multiplyExact(count, spec.dimension());
    reserve(floats);
    from.copy((float[]) values, size);
    size += floats;
    present.set(rows, rows + count);
    rows += count;
  }

  /** Adds a row of a column of the same type. */
  public void addRow(Column from, int row) {
    if (!from.isPresent(row)) {
      addAbsent();
      return;
    }
    int start = spec.list() ? from.start(row) : Math.multiplyExact(row, width());
    int count = spec.list() ? from.end(row) - start : width();
    reserve(count);
    System.arraycopy(from.values(), start, values, size, count);
    size += count;
    present.set(rows++);
    if (spec.list()) {
      markEnd();
    }
  }

  private void reserve(int more) {
    if (more > capacity - size) {
      capacity = grown(Math.addExact(size, more), capacity);
      values =
          switch (values) {
            case boolean[] array -> Arrays.copyOf(array, capacity);
            case long[] array -> Arrays.copyOf(array, capacity);
            case double[] array -> Arrays.copyOf(array, capacity);
            case String[] array -> Arrays.copyOf(array, capacity);
            case byte[][] array -> Arrays.copyOf(array, capacity);
            case float[] array -> Arrays.copyOf(array, capacity);
            default -> throw new IllegalStateException(values.getClass().getName());
          };
    }
  }

  private static int grown(int least, int before) {
    return Math.max(least, before + (before >> 1) + 8);
  }

  /** The column with the rows that were added. Nothing may be added after it. */
  public Column build() {
    return spec.list()
        ? Column.ofLists(spec, rows, present, offsets, values)
        : Column.of(spec, rows, present, values);
  }
}
