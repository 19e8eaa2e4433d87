package io.elacsym.distribution.logging;

import io.elacsym.distribution.terminal.Printable;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/**
 * Time, level, target and message; a stack trace below. What was logged cannot make up a line: the
 * message is on one, and those of a trace are indented.
 */
final class TextLines extends Formatter {
  private static final String INDENT = "    ";

  @Override
  public String format(LogRecord record) {
    String line =
        "%-24s %-5s %s: %s%n"
            .formatted(
                record.getInstant().truncatedTo(ChronoUnit.MILLIS),
                LogLevels.nameOf(record.getLevel()),
                Printable.line(String.valueOf(record.getLoggerName())),
                Printable.line(Secrets.hidden(formatMessage(record))));
    return record.getThrown() == null ? line : line + trace(record.getThrown());
  }

  private static String trace(Throwable thrown) {
    return Secrets.hidden(JsonLines.stackTrace(thrown))
        .lines()
        .map(line -> INDENT + Printable.lines(line) + System.lineSeparator())
        .collect(Collectors.joining());
  }
}
