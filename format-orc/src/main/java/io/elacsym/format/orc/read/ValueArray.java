package io.elacsym.format.orc.read;

import io.elacsym.api.segment.ValueType;
import java.io.IOException;
import java.lang.reflect.Array;

/** A growing array of the Java type that a {@link ValueType} names. For one thread. */
final class ValueArray {
  private final Class<?> element;
  private Object array;
  private int capacity;

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
    this.array = Array.newInstance(element, capacity);
    this.capacity = capacity;
  }

  Object array() {
    return array;
  }

  void decode(ValueReader from, int at) throws IOException {
    reserve(at + 1);
    from.read(array, at);
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
