package io.elacsym.tck.fault;

import java.time.Duration;

/**
 * What goes wrong with one request. A fault that makes no sense for the request is not looked at.
 */
public sealed interface Fault {
  /** Faults without a measure. */
  enum Kind implements Fault {
    /** Nothing. */
    NONE,
    /** The storage cannot be reached: {@code UNAVAILABLE}, and nothing happened. */
    UNAVAILABLE,
    /** A delete that throws {@code UNAVAILABLE} after the first half of its names. */
    HALF_DELETED,
    /** A put that returns {@code UNKNOWN} and took effect, if its condition held. */
    IN_DOUBT_STORED,
    /** A put that returns {@code UNKNOWN} and did not take effect. */
    IN_DOUBT_LOST,
    /**
     * A put that returns {@code UNKNOWN} and reaches the storage later: before the third request
     * after it, or when {@link FaultyStorage#deliverLate} is called. Its condition is looked at
     * then.
     */
    IN_DOUBT_LATE,
    /** A put that finds no space left. */
    NO_SPACE,
    /** A get that returns only the first half of the bytes: what a checksum must notice. */
    TRUNCATED,
    /** A get in which one bit is wrong: what a checksum must notice. */
    FLIPPED,
    /** The process dies before the request has any effect: see {@link CrashError}. */
    CRASH_BEFORE,
    /** The process dies after the request took effect and before it hears so. */
    CRASH_AFTER
  }

  /**
   * The request takes long; nothing else is wrong.
   *
   * @param by what the storage's {@link Sleeper} is asked to wait, before the request
   */
  record Slow(Duration by) implements Fault {}

  /** No fault. */
  static Fault none() {
    return Kind.NONE;
  }
}
