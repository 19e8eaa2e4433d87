package io.elacsym.format.orc;

import org.apache.orc.OrcProto.Stream.Kind;

/**
 * A stream of a column.
 *
 * @param counters how many numbers a position in it has beyond that of its byte: values that are
 *     encoded in runs, and bits, begin within what begins at a byte
 */
record StreamShape(Kind kind, int counters) {
  /** Which rows have a value; there only when some have none. */
  static final StreamShape PRESENT = bits(Kind.PRESENT);

  /** How many elements lists have. */
  static final StreamShape LIST_LENGTH = runs(Kind.LENGTH);

  static StreamShape bits(Kind kind) {
    return new StreamShape(kind, 2);
  }

  static StreamShape runs(Kind kind) {
    return new StreamShape(kind, 1);
  }

  static StreamShape bytes(Kind kind) {
    return new StreamShape(kind, 0);
  }
}
