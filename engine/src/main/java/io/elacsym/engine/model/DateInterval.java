package io.elacsym.engine.model;

import java.time.Duration;
import java.time.ZoneId;

/** How time is cut into pieces. */
public sealed interface DateInterval {

  /** Pieces of a calendar, which differ in length. */
  record Calendar(Unit unit, ZoneId zone) implements DateInterval {}

  /**
   * Pieces of one length, counted from 1970-01-01T00:00Z.
   *
   * @param length whole milliseconds, at least one
   */
  record Fixed(Duration length) implements DateInterval {
    /** A hundred years of 366 days. */
    public static final Duration MOST = Duration.ofDays(36_600);
  }

  /** The pieces of a calendar. */
  enum Unit {
    MINUTE,
    HOUR,
    DAY,
    /** From Monday to Sunday. */
    WEEK,
    MONTH,
    QUARTER,
    YEAR
  }
}
