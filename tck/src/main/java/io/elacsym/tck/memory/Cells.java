package io.elacsym.tck.memory;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
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
    BitSet present = new BitSet(cells.size());
    for (int row = 0; row < cells.size(); row++) {
      present.set(row, cells.get(row) != Absent.ABSENT);
    }
    if (!spec.list()) {
      return Column.of(spec, cells.size(), present, array(spec, cells));
    }
    int[] offsets = new int[cells.size() + 1];
    List<Object> elements = new ArrayList<>();
    for (int row = 0; row < cells.size(); row++) {
      if (cells.get(row) instanceof List<?> list) {
        elements.addAll(list);
      }
      offsets[row + 1] = elements.size();
    }
    return Column.ofLists(spec, cells.size(), present, offsets, array(spec, elements));
  }

  private static Object array(ColumnSpec spec, List<Object> cells) {
    int size = cells.size();
    return switch (spec.type()) {
      case BOOL -> {
        boolean[] array = new boolean[size];
        for (int i = 0; i < size; i++) {
          array[i] = cells.get(i) instanceof Boolean value && value;
        }
        yield array;
      }
      case INT64 -> {
        long[] array = new long[size];
        for (int i = 0; i < size; i++) {
          array[i] = cells.get(i) instanceof Long value ? value : 0;
        }
        yield array;
      }
      case FLOAT64 -> {
        double[] array = new double[size];
        for (int i = 0; i < size; i++) {
          array[i] = cells.get(i) instanceof Double value ? value : 0;
        }
        yield array;
      }
      case STRING -> {
        String[] array = new String[size];
        for (int i = 0; i < size; i++) {
          array[i] = cells.get(i) instanceof String value ? value : "";
        }
        yield array;
      }
      case BINARY -> {
        byte[][] array = new byte[size][];
        for (int i = 0; i < size; i++) {
          array[i] = cells.get(i) instanceof ByteBuffer value ? bytes(value) : new byte[0];
        }
        yield array;
      }
      case VECTOR -> {
        float[] array = new float[size * spec.dimension()];
        for (int i = 0; i < size; i++) {
          if (cells.get(i) instanceof FloatBuffer value) {
            value.duplicate().get(array, i * spec.dimension(), spec.dimension());
          }
        }
        yield array;
      }
    };
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
