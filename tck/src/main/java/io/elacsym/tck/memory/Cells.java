package io.elacsym.tck.memory;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns as lists of plain objects that know {@code equals}: slow, and easy to compare. A cell is
 * a Boolean, Long, Double, String, ByteBuffer (binary), FloatBuffer (vector), a List of the first
 * five, or {@link Absent#ABSENT}.
 */
public final class Cells {
  /** The cell of a row without a value. */
  public enum Absent {
    ABSENT
  }

  private Cells() {}

  /** The cell of one row. */
  public static Object at(Column column, int row) {
    if (!column.isPresent(row)) {
      return Absent.ABSENT;
    }
    if (!column.spec().list()) {
      return value(column, row);
    }
    List<Object> elements = new ArrayList<>();
    for (int i = column.start(row); i < column.end(row); i++) {
      elements.add(value(column, i));
    }
    return elements;
  }

  /** The cells of all rows. */
  public static List<Object> of(Column column) {
    List<Object> cells = new ArrayList<>(column.rows());
    for (int row = 0; row < column.rows(); row++) {
      cells.add(at(column, row));
    }
    return cells;
  }

  private static Object value(Column column, int index) {
    int dimension = column.spec().dimension();
    return switch (column.spec().type()) {
      case BOOL -> column.booleans()[index];
      case INT64 -> column.longs()[index];
      case FLOAT64 -> column.doubles()[index];
      case STRING -> column.strings()[index];
      case BINARY -> ByteBuffer.wrap(column.binaries()[index].clone());
      case VECTOR -> FloatBuffer.wrap(column.floats(), index * dimension, dimension).slice();
    };
  }

  /** A column with these cells. */
  public static Column column(ColumnSpec spec, List<Object> cells) {
    ColumnBuilder column = new ColumnBuilder(spec, cells.size());
    for (Object cell : cells) {
      if (cell == Absent.ABSENT) {
        column.addAbsent();
      } else if (cell instanceof List<?> elements) {
        elements.forEach(element -> add(element, column));
        column.endList();
      } else {
        add(cell, column);
      }
    }
    return column.build();
  }

  private static void add(Object value, ColumnBuilder to) {
    switch (value) {
      case Boolean flag -> to.add(flag);
      case Long number -> to.add(number);
      case Double number -> to.add(number);
      case String text -> to.add(text);
      case ByteBuffer binary -> to.add(bytes(binary));
      case FloatBuffer vector ->
          to.addVectors(1, (array, at) -> vector.duplicate().get(array, at, vector.remaining()));
      default -> throw new IllegalArgumentException(value + " is no cell");
    }
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
