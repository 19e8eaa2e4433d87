package io.elacsym.format.parquet;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.format.columnar.Uuids;
import java.io.IOException;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Appends rows of one column to the file's pages. */
@FunctionalInterface
interface ValueAppender {
  void add(Column column, int row) throws IOException;

  /** Writes one value of a column's array with its levels. */
  @FunctionalInterface
  interface ValueWriter {
    void write(Column column, int index, int repetition, int definition);
  }

  /** For every type but vectors. */
  static ValueAppender of(ColumnSpec spec, ColumnWriter to) {
    ValueWriter writer = writer(spec, to);
    return spec.list() ? list(to, writer) : scalar(to, writer);
  }

  private static ValueAppender scalar(ColumnWriter to, ValueWriter writer) {
    return (column, row) -> {
      if (column.isPresent(row)) {
        writer.write(column, row, 0, ParquetSchema.SCALAR_PRESENT);
      } else {
        to.writeNull(0, ParquetSchema.ABSENT);
      }
    };
  }

  private static ValueAppender list(ColumnWriter to, ValueWriter writer) {
    return (column, row) -> {
      int start = column.start(row);
      int end = column.end(row);
      if (!column.isPresent(row)) {
        to.writeNull(0, ParquetSchema.ABSENT);
      } else if (start == end) {
        to.writeNull(0, ParquetSchema.LIST_EMPTY);
      } else {
        for (int i = start; i < end; i++) {
          writer.write(column, i, i == start ? 0 : 1, ParquetSchema.ELEMENT_PRESENT);
        }
      }
    };
  }

  private static ValueWriter writer(ColumnSpec spec, ColumnWriter to) {
    return switch (spec.type()) {
      case BOOL -> (column, i, r, d) -> to.write(column.booleans()[i], r, d);
      case INT64 -> (column, i, r, d) -> to.write(column.longs()[i], r, d);
      case FLOAT64 -> (column, i, r, d) -> to.write(column.doubles()[i], r, d);
      case STRING -> (column, i, r, d) -> to.write(Binary.fromString(column.strings()[i]), r, d);
      case BINARY -> (column, i, r, d) -> to.write(binary(spec, column.binaries()[i]), r, d);
      case VECTOR -> throw new IllegalArgumentException("a vector is not written value by value");
    };
  }

  private static Binary binary(ColumnSpec spec, byte[] bytes) {
    Uuids.check(spec, bytes);
    return Binary.fromReusedByteArray(bytes);
  }
}
