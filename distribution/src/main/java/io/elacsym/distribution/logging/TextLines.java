package io.elacsym.distribution.logging;

import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** Time, level, target and message; a stack trace below. */
final class TextLines extends Formatter {
  @Override
  public String format(LogRecord record) {
    String line =
        "%-24s %-5s %s: %s%n"
            .formatted(
                record.getInstant().truncatedTo(ChronoUnit.MILLIS),
                LogLevels.nameOf(record.getLevel()),
                record.getLoggerName(),
                formatMessage(record));
    return record.getThrown() == null ? line : line + JsonLines.stackTrace(record.getThrown());
  }
}
