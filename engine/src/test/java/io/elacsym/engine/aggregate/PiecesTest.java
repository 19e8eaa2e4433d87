package io.elacsym.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.model.DateInterval;
import io.elacsym.engine.model.DateInterval.Unit;
import io.elacsym.engine.model.Seeded;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PiecesTest {
  /** Among them those that are or were set by half an hour, or at the end of a day. */
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Asia/Kolkata",
          "Australia/Lord_Howe",
          "America/Goose_Bay",
          "America/Sao_Paulo",
          "Pacific/Apia");

  private static DateInterval interval(Random random) {
    return random.nextInt(4) == 0
        ? new DateInterval.Fixed(Duration.ofMillis(1 + random.nextInt(1_000_000)))
        : new DateInterval.Calendar(
            List.of(Unit.values()).get(random.nextInt(Unit.values().length)),
            ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
  }

  /** About a time when clocks are set, or any. */
  private static long moment(Random random, ZoneId zone) {
    long any =
        switch (random.nextInt(8)) {
          case 0 -> random.nextLong();
          case 1 -> Long.MAX_VALUE - random.nextInt(2);
          case 2 -> Long.MIN_VALUE + random.nextInt(2);
          default -> random.nextLong(4_000_000_000_000L) - 2_000_000_000_000L;
        };
    boolean isFar = Math.abs(any / 2) > 2_000_000_000_000L;
    var set = isFar ? null : zone.getRules().nextTransition(Instant.ofEpochMilli(any));
    return random.nextBoolean() || set == null
        ? any
        : set.getInstant().toEpochMilli() + random.nextInt(8_000_000) - 4_000_000;
  }

  @Test
  void everyMomentIsInOnePieceWhateverWasAskedBefore() {
    Seeded.run(random -> {
      for (int round = 0; round < 20_000; round++) {
        DateInterval interval = interval(random);
        ZoneId zone =
            interval instanceof DateInterval.Calendar calendar ? calendar.zone() : ZoneId.of("UTC");
        Pieces used = new Pieces(interval);
        long moment = moment(random, zone);
        long start = used.start(moment);
        long end = used.end(moment);
        assertThat(start).as("%s at %d", interval, moment).isLessThanOrEqualTo(moment);
        boolean isLast = moment == Long.MAX_VALUE;
        assertThat(end).as("%s at %d", interval, moment).isGreaterThan(isLast ? end - 1 : moment);
        used.start(moment(random, zone));
        assertThat(used.start(moment)).isEqualTo(start);
        assertThat(new Pieces(interval).start(start))
            .as("%s at %d", interval, moment)
            .isEqualTo(start);
        assertThat(new Pieces(interval).end(start)).as("%s at %d", interval, moment).isEqualTo(end);
        if (!isLast) {
          assertThat(new Pieces(interval).start(end - 1))
              .as("%s at %d", interval, moment)
              .isEqualTo(start);
        }
      }
    });
  }

  private static String piece(String moment, Unit unit, String zone) {
    Pieces pieces = new Pieces(new DateInterval.Calendar(unit, ZoneId.of(zone)));
    long millis = Instant.parse(moment).toEpochMilli();
    return Instant.ofEpochMilli(pieces.start(millis))
        + " "
        + Instant.ofEpochMilli(pieces.end(millis));
  }

  @Test
  void piecesAreThoseOfTheCalendarOfTheZone() {
    String moment = "2026-03-29T12:34:56.789Z";
    assertThat(piece(moment, Unit.MINUTE, "UTC"))
        .isEqualTo("2026-03-29T12:34:00Z 2026-03-29T12:35:00Z");
    assertThat(piece(moment, Unit.HOUR, "Asia/Kolkata"))
        .isEqualTo("2026-03-29T12:30:00Z 2026-03-29T13:30:00Z");
    assertThat(piece(moment, Unit.DAY, "Europe/Berlin"))
        .as("a day of 23 hours")
        .isEqualTo("2026-03-28T23:00:00Z 2026-03-29T22:00:00Z");
    assertThat(piece(moment, Unit.WEEK, "UTC"))
        .isEqualTo("2026-03-23T00:00:00Z 2026-03-30T00:00:00Z");
    assertThat(piece(moment, Unit.MONTH, "UTC"))
        .isEqualTo("2026-03-01T00:00:00Z 2026-04-01T00:00:00Z");
    assertThat(piece(moment, Unit.QUARTER, "UTC"))
        .isEqualTo("2026-01-01T00:00:00Z 2026-04-01T00:00:00Z");
    assertThat(piece(moment, Unit.YEAR, "Europe/Berlin"))
        .isEqualTo("2025-12-31T23:00:00Z 2026-12-31T23:00:00Z");
    assertThat(piece("2026-10-25T01:30:00Z", Unit.HOUR, "Europe/Berlin"))
        .as("the second hour of two that are called alike")
        .isEqualTo("2026-10-25T01:00:00Z 2026-10-25T02:00:00Z");
    assertThat(piece("2026-04-04T15:15:00Z", Unit.HOUR, "Australia/Lord_Howe"))
        .as("clocks are set back by half an hour")
        .isEqualTo("2026-04-04T15:00:00Z 2026-04-04T15:30:00Z");
  }
}
