package io.elacsym.format.orc.layout;

import org.apache.orc.OrcProto.Stream.Kind;

/**
 * A stream of a column.
 *
 * @param counters how many numbers a position in it has beyond that of its byte: values that are
 *     encoded in runs, and bits, begin within what begins at a byte
 * @param maxRunBytes no run takes more
 */
public record StreamShape(Kind kind, int counters, int maxRunBytes) {
  /** The most numbers that one run has. */
  private static final int MAX_RUN = 512;

  /**
   * The most bytes that a run takes besides its numbers: a header, a base, and 31 patches of 8
   * bytes.
   */
  private static final int RUN_OVERHEAD = 12 + 31 * Long.BYTES;

  /**
   * The most bytes that a run of bits takes: 128 bytes of bits, and one that says how many these
   * are.
   */
  private static final int BIT_RUN_BYTES = 129;

  /** Which rows have a value; there only when some have none. */
  public static final StreamShape PRESENT = bits(Kind.PRESENT);

  /** How many bytes or elements values have. */
  public static final StreamShape LENGTH = numbers(Kind.LENGTH, Integer.BYTES);

  public static StreamShape bits(Kind kind) {
    return new StreamShape(kind, 2, BIT_RUN_BYTES);
  }

  public static StreamShape runs(Kind kind) {
    return numbers(kind, Long.BYTES);
  }

  private static StreamShape numbers(Kind kind, int mostBytes) {
    return new StreamShape(kind, 1, MAX_RUN * mostBytes + RUN_OVERHEAD);
  }

  public static StreamShape bytes(Kind kind) {
    return new StreamShape(kind, 0, 0);
  }
}
