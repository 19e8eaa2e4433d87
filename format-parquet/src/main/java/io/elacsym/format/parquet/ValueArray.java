package io.elacsym.format.parquet;

import io.elacsym.api.segment.ValueType;
import java.lang.reflect.Array;
import org.apache.parquet.column.values.ValuesReader;

/** A growing array of the Java type that a {@link ValueType} names. For one thread. */
final class ValueArray {
  private final Class<?> element;
  private final Decoder decoder;
  private Object array;
  private int capacity;

  /** Decodes the next value into an array. */
  @FunctionalInterface
  private interface Decoder {
    void decode(ValuesReader from, Object array, int at);
  }

  ValueArray(ValueType type, int capacity) {
    this.element =
        switch (type) {
          case BOOL -> boolean.class;
          case INT64 -> long.class;
          case FLOAT64 -> double.class;
          case STRING -> String.class;
          case BINARY -> byte[].class;
          case VECTOR -> float.class;
        };
    this.decoder =
        switch (type) {
          case BOOL -> (from, to, at) -> ((boolean[]) to)[at] = from.readBoolean();
          case INT64 -> (from, to, at) -> ((long[]) to)[at] = from.readLong();
          case FLOAT64 -> (from, to, at) -> ((double[]) to)[at] = from.readDouble();
          case STRING ->
              (from, to, at) -> ((String[]) to)[at] = from.readBytes().toStringUsingUTF8();
          case BINARY -> (from, to, at) -> ((byte[][]) to)[at] = from.readBytes().getBytes();
          case VECTOR -> (from, to, at) -> ((float[]) to)[at] = from.readFloat();
        };
    this.array = Array.newInstance(element, capacity);
    this.capacity = capacity;
  }

  Object array() {
    return array;
  }

  void decode(ValuesReader from, int at) {
    reserve(at + 1);
    decoder.decode(from, array, at);
  }

  void copy(ValueArray from, int fromIndex, int at, int count) {
    reserve(at + count);
    System.arraycopy(from.array, fromIndex, array, at, count);
  }

  private void reserve(int size) {
    if (size > capacity) {
      int grown = Math.max(size, capacity + (capacity >> 1) + 8);
      Object larger = Array.newInstance(element, grown);
      System.arraycopy(array, 0, larger, 0, capacity);
      array = larger;
      capacity = grown;
    }
  }
}
