package io.elacsym.format.orc.read;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import java.io.IOException;
import java.util.BitSet;

/** A column that grows by rows. For one thread. */
final class ColumnBuilder {
  private final ColumnSpec spec;
  private final BitSet present;
  private final ValueArray values;
  private final int[] offsets;
  private final int width;
  private int rows;
  private int elements;

  ColumnBuilder(ColumnSpec spec, int capacity) {
    this.spec = spec;
    this.present = new BitSet(capacity);
    this.width = spec.type() == ValueType.VECTOR ? spec.dimension() : 1;
    this.values =
        new ValueArray(spec.type(), spec.list() ? 0 : Math.multiplyExact(capacity, width));
    this.offsets = new int[spec.list() ? capacity + 1 : 0];
  }

  /** Adds a row without a value. */
  void addAbsent() {
    rows++;
    markEnd();
  }

  /** Adds a row with the next value. */
  void addScalar(ValueReader from) throws IOException {
    values.decode(from, rows);
    present.set(rows++);
  }

  /** Adds an element to the row that {@link #endList} adds. */
  void addElement(ValueReader from) throws IOException {
    values.decode(from, elements++);
  }

  /** Adds a row with the elements added since the last row. */
  void endList() {
    present.set(rows++);
    markEnd();
  }

  private void markEnd() {
    if (spec.list()) {
      offsets[rows] = elements;
    }
  }

  /** Where vectors come from. */
  @FunctionalInterface
  interface Vectors {
    /** Copies them into an array from an index on. */
    void copy(float[] to, int at);
  }

  /** Adds rows with vectors. */
  void addVectors(int count, Vectors from) {
    from.copy((float[]) values.array(), rows * width);
    present.set(rows, rows + count);
    rows += count;
  }

  Column build() {
    return spec.list()
        ? Column.ofLists(spec, rows, present, offsets, values.array())
        : Column.of(spec, rows, present, values.array());
  }

  /** The column whose row {@code i} is this one's row {@code order[i]}. */
  Column gather(int[] order) {
    ColumnBuilder gathered = new ColumnBuilder(spec, order.length);
    for (int row : order) {
      gathered.addRow(this, row);
    }
    return gathered.build();
  }

  private void addRow(ColumnBuilder from, int row) {
    if (!from.present.get(row)) {
      addAbsent();
    } else if (spec.list()) {
      int count = from.offsets[row + 1] - from.offsets[row];
      values.copy(from.values, from.offsets[row], elements, count);
      elements += count;
      endList();
    } else {
      values.copy(from.values, row * width, rows * width, width);
      present.set(rows++);
    }
  }
}
