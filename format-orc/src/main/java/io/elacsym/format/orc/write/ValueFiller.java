package io.elacsym.format.orc.write;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.format.columnar.Uuids;
import io.elacsym.format.orc.layout.InstantCode;
import io.elacsym.format.orc.layout.LeafType;
import java.nio.charset.StandardCharsets;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/** Copies single values of a column into the library's vector. */
@FunctionalInterface
interface ValueFiller {
  /**
   * Copies the value {@code index} of the column's array to {@code at}.
   *
   * @return how many bytes of memory it takes beyond its place in the vector
   */
  int put(Column column, int index, int at);

  /**
   * For every type but vectors.
   *
   * @param to of the type that the library has for these values
   */
  static ValueFiller of(ColumnSpec spec, ColumnVector to) {
    return switch (LeafType.of(spec)) {
      case BOOLEAN -> booleans((LongColumnVector) to);
      case LONG -> longs((LongColumnVector) to);
      case INSTANT -> instants((TimestampColumnVector) to);
      case DOUBLE -> doubles((DoubleColumnVector) to);
      case STRING -> texts((BytesColumnVector) to);
      case BINARY -> binaries(spec, (BytesColumnVector) to);
      case FLOAT -> throw new IllegalArgumentException("a vector is not copied value by value");
    };
  }

  private static ValueFiller booleans(LongColumnVector to) {
    return (column, index, at) -> {
      to.vector[at] = column.booleans()[index] ? 1 : 0;
      return 0;
    };
  }

  private static ValueFiller longs(LongColumnVector to) {
    return (column, index, at) -> {
      to.vector[at] = column.longs()[index];
      return 0;
    };
  }

  private static ValueFiller instants(TimestampColumnVector to) {
    to.changeCalendar(true, false); // so that the library does not convert old dates
    return (column, index, at) -> {
      long millis = column.longs()[index];
      to.time[at] = millis;
      to.nanos[at] = InstantCode.nanos(millis);
      return 0;
    };
  }

  private static ValueFiller doubles(DoubleColumnVector to) {
    return (column, index, at) -> {
      to.vector[at] = column.doubles()[index];
      return 0;
    };
  }

  private static ValueFiller texts(BytesColumnVector to) {
    return (column, index, at) -> {
      byte[] bytes = column.strings()[index].getBytes(StandardCharsets.UTF_8);
      to.setRef(at, bytes, 0, bytes.length);
      return bytes.length;
    };
  }

  private static ValueFiller binaries(ColumnSpec spec, BytesColumnVector to) {
    return (column, index, at) -> {
      byte[] bytes = column.binaries()[index];
      Uuids.check(spec, bytes);
      to.setRef(at, bytes, 0, bytes.length);
      return 0; // the bytes are the column's own
    };
  }
}
