package io.elacsym.engine.aggregate;

import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.DateInterval.Unit;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Pieces of time. The last one is remembered, because neighbouring rows are often of the same one
 * and a calendar is slow. For one thread.
 */
final class Pieces {
  private final DateInterval interval;
  private long from;

  /** After the piece; there is none yet when it is not after {@link #from}. */
  private long to;

  Pieces(DateInterval interval) {
    this.interval = interval;
  }

  /** When the piece begins that a moment is in; both in milliseconds since 1970. */
  long start(long moment) {
    if (moment < from || moment >= to) {
      find(moment);
    }
    return from;
  }

  /** When the piece ends that a moment is in: the first moment that is not in it. */
  long end(long moment) {
    if (moment < from || moment >= to) {
      find(moment);
    }
    return to;
  }

  private void find(long moment) {
    switch (interval) {
      case DateInterval.Fixed fixed -> findFixed(moment, fixed.length().toMillis());
      case DateInterval.Calendar(Unit unit, ZoneId zone) -> {
        Instant instant = Instant.ofEpochMilli(moment);
        switch (unit) {
          case MINUTE -> findClock(instant, ChronoUnit.MINUTES.getDuration(), zone);
          case HOUR -> findClock(instant, ChronoUnit.HOURS.getDuration(), zone);
          case DAY, WEEK, MONTH, QUARTER, YEAR -> findDays(instant, unit, zone);
        }
      }
    }
  }

  private void findFixed(long moment, long length) {
    long past = Math.floorMod(moment, length);
    from = moment < Long.MIN_VALUE + past ? Long.MIN_VALUE : moment - past;
    long rest = length - past;
    to = moment > Long.MAX_VALUE - rest ? Long.MAX_VALUE : moment + rest;
  }

  /** Hours and minutes as clocks show them; where clocks are set, a piece ends. */
  private void findClock(Instant moment, Duration length, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    long shown = moment.getEpochSecond() + rules.getOffset(moment).getTotalSeconds();
    long past = Math.floorMod(shown, length.toSeconds());
    Instant begin = Instant.ofEpochSecond(moment.getEpochSecond() - past);
    Instant end = begin.plus(length);
    // The one that is asked for is before a moment, and the piece may begin with it.
    Instant set =
        Optional.ofNullable(rules.previousTransition(moment.plusNanos(1)))
            .map(ZoneOffsetTransition::getInstant)
            .orElse(begin);
    Instant nextSet =
        Optional.ofNullable(rules.nextTransition(moment))
            .map(ZoneOffsetTransition::getInstant)
            .orElse(end);
    from = millis(set.isAfter(begin) ? set : begin);
    to = millis(nextSet.isBefore(end) ? nextSet : end);
  }

  /**
   * Days and what consists of days. A piece goes from the first moment of its first day to that of
   * the next piece, even where clocks are set back to the day before.
   */
  private void findDays(Instant moment, Unit unit, ZoneId zone) {
    LocalDate first = first(moment.atZone(zone).toLocalDate(), unit);
    Instant begin = first.atStartOfDay(zone).toInstant();
    LocalDate following = following(first, unit);
    Instant end = following.atStartOfDay(zone).toInstant();
    while (!moment.isBefore(end)) {
      begin = end;
      following = following(following, unit);
      end = following.atStartOfDay(zone).toInstant();
    }
    from = millis(begin);
    to = millis(end);
  }

  /** Milliseconds since 1970, the least or the greatest there are for a moment beyond them. */
  private static long millis(Instant moment) {
    if (moment.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))) {
      return Long.MIN_VALUE;
    }
    return moment.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))
        ? Long.MAX_VALUE
        : moment.toEpochMilli();
  }

  private static LocalDate first(LocalDate date, Unit unit) {
    return switch (unit) {
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case QUARTER -> date.with(date.getMonth().firstMonthOfQuarter()).withDayOfMonth(1);
      case YEAR -> date.withDayOfYear(1);
      case DAY, HOUR, MINUTE -> date;
    };
  }

  private static LocalDate following(LocalDate first, Unit unit) {
    return switch (unit) {
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
      case QUARTER -> first.plusMonths(3);
      case YEAR -> first.plusYears(1);
      case DAY, HOUR, MINUTE -> first.plusDays(1);
    };
  }
}
