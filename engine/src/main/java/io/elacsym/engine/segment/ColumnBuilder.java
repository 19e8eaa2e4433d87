package io.elacsym.engine.segment;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Value;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Grows one attribute column row by row. For one thread. */
final class ColumnBuilder {
  private final ColumnSpec spec;
  private final BitSet present = new BitSet();
  private int rows;
  private int size;
  private int[] offsets = new int[16];
  private Object values;

  ColumnBuilder(ColumnSpec spec) {
    this.spec = spec;
    this.values =
        switch (spec.type()) {
          case BOOL -> new boolean[16];
          case INT64 -> new long[16];
          case FLOAT64 -> new double[16];
          case STRING -> new String[16];
          case BINARY -> new byte[16][];
          case VECTOR -> throw new IllegalArgumentException("vectors are not kept in columns here");
        };
  }

  /** The physical column of an attribute. */
  static ColumnSpec spec(String name, AttributeType type) {
    ColumnSpec plain =
        switch (type.element()) {
          case STRING -> column(name, ValueType.STRING, type);
          case INT -> column(name, ValueType.INT64, type);
          case UINT -> column(name, ValueType.INT64, type).logically("uint");
          case FLOAT -> column(name, ValueType.FLOAT64, type);
          case BOOL -> column(name, ValueType.BOOL, type);
          case DATETIME -> column(name, ValueType.INT64, type).logically("datetime");
          case UUID -> column(name, ValueType.BINARY, type).logically("uuid");
        };
    return plain;
  }

  private static ColumnSpec column(String name, ValueType physical, AttributeType type) {
    return type.isArray() ? ColumnSpec.listOf(name, physical) : ColumnSpec.of(name, physical);
  }

  void appendAbsent() {
    startRow();
    if (!spec.list()) {
      reserve();
      if (values instanceof String[] texts) {
        texts[size] = "";
      } else if (values instanceof byte[][] binaries) {
        binaries[size] = new byte[0];
      }
      size++;
    }
    endRow();
  }

  void append(Value value) {
    startRow();
    present.set(rows);
    List<Value.Scalar> scalars =
        switch (value) {
          case Value.Array array -> array.values();
          case Value.Scalar scalar -> List.of(scalar);
        };
    for (Value.Scalar scalar : scalars) {
      reserve();
      set(scalar);
      size++;
    }
    endRow();
  }

  private void set(Value.Scalar scalar) {
    switch (scalar) {
      case Value.Text text -> ((String[]) values)[size] = text.value();
      case Value.Int number -> ((long[]) values)[size] = number.value();
      case Value.Uint number -> ((long[]) values)[size] = number.value();
      case Value.Real number -> ((double[]) values)[size] = number.value();
      case Value.Bool flag -> ((boolean[]) values)[size] = flag.value();
      case Value.DateTime time -> ((long[]) values)[size] = time.epochMillis();
      case Value.Uuid uuid ->
          ((byte[][]) values)[size] =
              ByteBuffer.allocate(16)
                  .putLong(uuid.value().getMostSignificantBits())
                  .putLong(uuid.value().getLeastSignificantBits())
                  .array();
    }
  }

  /** Appends a row of a column of the same type. */
  void appendFrom(Column source, int row) {
    if (!source.isPresent(row)) {
      appendAbsent();
      return;
    }
    startRow();
    present.set(rows);
    Object from = arrayOf(source);
    int start = source.start(row);
    int count = source.end(row) - start;
    while (size + count > Array.getLength(values)) {
      grow();
    }
    System.arraycopy(from, start, values, size, count);
    size += count;
    endRow();
  }

  private static Object arrayOf(Column column) {
    return switch (column.spec().type()) {
      case BOOL -> column.booleans();
      case INT64 -> column.longs();
      case FLOAT64 -> column.doubles();
      case STRING -> column.strings();
      case BINARY -> column.binaries();
      case VECTOR -> column.floats();
    };
  }

  private void startRow() {
    if (rows + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[rows] = size;
  }

  private void endRow() {
    offsets[++rows] = size;
  }

  private void reserve() {
    if (size == Array.getLength(values)) {
      grow();
    }
  }

  private void grow() {
    int length = Array.getLength(values) * 2;
    values =
        switch (values) {
          case boolean[] array -> Arrays.copyOf(array, length);
          case long[] array -> Arrays.copyOf(array, length);
          case double[] array -> Arrays.copyOf(array, length);
          case String[] array -> Arrays.copyOf(array, length);
          case byte[][] array -> Arrays.copyOf(array, length);
          default -> throw new IllegalStateException(values.getClass().getName());
        };
  }

  Column build() {
    return spec.list()
        ? Column.ofLists(spec, rows, present, Arrays.copyOf(offsets, rows + 1), values)
        : Column.of(spec, rows, present, values);
  }
}
