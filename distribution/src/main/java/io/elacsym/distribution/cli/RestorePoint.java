package io.elacsym.distribution.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a namespace is brought back to. */
sealed interface RestorePoint {
  /** This version. */
  record Version(long version) implements RestorePoint {}

  /** Whatever was the newest version then. */
  record Time(Instant time) implements RestorePoint {}

  /** Reads {@code 12}, {@code 2026-11-25T10:00:00Z}, or {@code 2026-11-25T10:00} where we are. */
  final class Converter implements ITypeConverter<RestorePoint> {
    @Override
    public RestorePoint convert(String text) {
      return of(text, ZoneId.systemDefault());
    }

    static RestorePoint of(String text, ZoneId zone) {
      if (text.matches("\\d{1,18}")) {
        return new Version(Long.parseLong(text));
      }
      // Many programs print a time with a space between date and time of day, and people type it
      // so.
      String iso = text.strip().replaceFirst(" +", "T");
      try {
        return new Time(OffsetDateTime.parse(iso).toInstant());
      } catch (DateTimeException e) {
        // Perhaps it is one without a zone.
      }
      try {
        return new Time(LocalDateTime.parse(iso).atZone(zone).toInstant());
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is neither a version such as 12 nor a time such as 2026-11-25T10:00:00Z or"
                + " 2026-11-25T10:00");
      }
    }
  }
}
