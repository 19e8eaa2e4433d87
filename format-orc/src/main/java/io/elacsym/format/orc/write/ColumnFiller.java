package io.elacsym.format.orc.write;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;

/** Copies rows of one column into the library's vector, front to back. For one thread. */
sealed interface ColumnFiller {
  /** Begins a batch. */
  void clear();

  /**
   * Copies a row that has a value; {@code at} is its number in the batch.
   *
   * @return how many bytes of memory it takes beyond its place in the vector
   */
  int put(Column column, int row, int at);

  static ColumnFiller of(ColumnSpec spec, ColumnVector to) {
    if (spec.type() == ValueType.VECTOR) {
      return new OfVectors(spec.dimension(), (ListColumnVector) to);
    }
    if (spec.list()) {
      ListColumnVector lists = (ListColumnVector) to;
      return new OfLists(lists, ValueFiller.of(spec, lists.child));
    }
    return new OfScalars(ValueFiller.of(spec, to));
  }

  /** Rows of one value. */
  record OfScalars(ValueFiller values) implements ColumnFiller {
    @Override
    public void clear() {}

    @Override
    public int put(Column column, int row, int at) {
      return values.put(column, row, at);
    }
  }

  /** Rows of any number of values, which lie one after the other. */
  final class OfLists implements ColumnFiller {
    private final ListColumnVector lists;
    private final ValueFiller values;

    OfLists(ListColumnVector lists, ValueFiller values) {
      this.lists = lists;
      this.values = values;
    }

    @Override
    public void clear() {
      lists.childCount = 0;
    }

    @Override
    public int put(Column column, int row, int at) {
      int start = column.start(row);
      int length = column.end(row) - start;
      int first = begin(lists, at, length);
      int bytes = 0;
      for (int i = 0; i < length; i++) {
        bytes += values.put(column, start + i, first + i) + Long.BYTES;
      }
      return bytes;
    }
  }

  /** Rows of so many floats, which the library takes as wider numbers. */
  final class OfVectors implements ColumnFiller {
    private final int dimension;
    private final ListColumnVector lists;
    private final DoubleColumnVector components;

    OfVectors(int dimension, ListColumnVector lists) {
      this.dimension = dimension;
      this.lists = lists;
      this.components = (DoubleColumnVector) lists.child;
    }

    @Override
    public void clear() {
      lists.childCount = 0;
    }

    @Override
    public int put(Column column, int row, int at) {
      int first = begin(lists, at, dimension);
      float[] floats = column.floats();
      int start = row * dimension;
      for (int i = 0; i < dimension; i++) {
        components.vector[first + i] = floats[start + i];
      }
      return dimension * Double.BYTES;
    }
  }

  /** Begins a list of so many elements; returns where the first of them is to go. */
  private static int begin(ListColumnVector lists, int at, int length) {
    int first = lists.childCount;
    lists.offsets[at] = first;
    lists.lengths[at] = length;
    lists.childCount = first + length;
    lists.child.ensureSize(lists.childCount, true);
    return first;
  }
}
