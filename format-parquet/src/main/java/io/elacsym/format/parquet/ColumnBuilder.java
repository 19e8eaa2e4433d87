package io.elacsym.format.parquet;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import java.nio.FloatBuffer;
import java.util.BitSet;
import org.apache.parquet.column.values.ValuesReader;

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
  void addScalar(ValuesReader from) {
    values.decode(from, rows);
    present.set(rows++);
  }

  /** Adds an element to the row that {@link #endList} adds. */
  void addElement(ValuesReader from) {
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

  /** Adds rows with the next vectors. */
  void addVectors(int count, FloatBuffer from) {
    from.get((float[]) values.array(), rows * width, count * width);
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
