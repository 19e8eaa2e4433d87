package io.elacsym.engine.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What one class logs while a test runs. */
public final class LogWatch implements AutoCloseable {
  private final Logger logger;
  private final Level before;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          lines.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Watches from now on, from debug on. */
  public static LogWatch atDebug(Class<?> logging) {
    return new LogWatch(logging, Level.FINE);
  }

  /** Watches from now on, from info on. */
  public static LogWatch atInfo(Class<?> logging) {
    return new LogWatch(logging, Level.INFO);
  }

  private LogWatch(Class<?> logging, Level level) {
    this.logger = Logger.getLogger(logging.getName());
    this.before = logger.getLevel();
    logger.setLevel(level);
    logger.addHandler(handler);
  }

  /** Level and message of each line so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setLevel(before);
  }
}
