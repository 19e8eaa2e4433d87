package io.elacsym.format.columnar;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;

/** Columns whose values are UUIDs. */
public final class Uuids {
  /** The length of each value, which is a UUID. */
  public static final int BYTES = 16;

  private Uuids() {}

  /** Whether values of a column, or elements of its lists, are UUIDs. */
  public static boolean has(ColumnSpec spec) {
    return spec.type() == ValueType.BINARY && spec.logicalType().equals("uuid");
  }

  /**
   * Checks a value that is to be written.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} for one of another length, if the column has
   *     UUIDs
   */
  public static void check(ColumnSpec spec, byte[] value) {
    if (has(spec) && value.length != BYTES) {
      throw ElacsymException.invalid(
          "a value of the uuid column '"
              + spec.name()
              + "' has "
              + value.length
              + " bytes, expected "
              + BYTES);
    }
  }
}
