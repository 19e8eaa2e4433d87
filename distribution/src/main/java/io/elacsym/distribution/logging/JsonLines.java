package io.elacsym.distribution.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object a line: {@code timestamp}, {@code level}, {@code target}, {@code message}, and
 * {@code error} with the stack trace when there is one.
 */
final class JsonLines extends Formatter {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String format(LogRecord record) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("timestamp", record.getInstant().toString());
      json.writeStringField("level", LogLevels.nameOf(record.getLevel()));
      json.writeStringField("target", String.valueOf(record.getLoggerName()));
      json.writeStringField("message", Secrets.hidden(formatMessage(record)));
      if (record.getThrown() != null) {
        json.writeStringField("error", Secrets.hidden(stackTrace(record.getThrown())));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return line.append('\n').toString();
  }

  static String stackTrace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
