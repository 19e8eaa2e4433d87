package io.elacsym.format.orc;

import org.apache.orc.OrcProto.Stream.Kind;

/**
 * A stream of a column.
 *
 * @param counters how many numbers a position in it has beyond that of its byte: values that are
 *     encoded in runs, and bits, begin within what begins at a byte
 * @param maxRunBytes no run takes more
 */
record StreamShape(Kind kind, int counters, int maxRunBytes) {
  /** 512 numbers, and 31 patches and 12 bytes besides; none is longer than this. */
  private static final int NUMBERS = 512 + 31 + 2;

  /** 128 bytes, and one before them. */
  private static final int BIT_RUN_BYTES = 129;

  /** Which rows have a value; there only when some have none. */
  static final StreamShape PRESENT = bits(Kind.PRESENT);

  /** How many bytes or elements values have. */
  static final StreamShape LENGTH = new StreamShape(Kind.LENGTH, 1, NUMBERS * Integer.BYTES);

  static StreamShape bits(Kind kind) {
    return new StreamShape(kind, 2, BIT_RUN_BYTES);
  }

  static StreamShape runs(Kind kind) {
    return new StreamShape(kind, 1, NUMBERS * Long.BYTES);
  }

  static StreamShape bytes(Kind kind) {
    return new StreamShape(kind, 0, 0);
  }
}
