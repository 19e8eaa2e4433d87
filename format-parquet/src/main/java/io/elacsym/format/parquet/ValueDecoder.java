package io.elacsym.format.parquet;

import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ValueType;
import org.apache.parquet.column.values.ValuesReader;

/** Decodes the next value of a page into a column. */
@FunctionalInterface
interface ValueDecoder {
  void decode(ColumnBuilder to);

  /** For every type but vectors. */
  static ValueDecoder of(ValueType type, ValuesReader from) {
    return switch (type) {
      case BOOL -> to -> to.add(from.readBoolean());
      case INT64 -> to -> to.add(from.readLong());
      case FLOAT64 -> to -> to.add(from.readDouble());
      case STRING -> to -> to.add(from.readBytes().toStringUsingUTF8());
      case BINARY -> to -> to.add(from.readBytes().getBytes());
      case VECTOR -> throw new IllegalArgumentException("a vector is not read value by value");
    };
  }
}
