package io.elacsym.distribution.logging;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of the process. Everything meets in {@code java.util.logging}: our own {@link
 * System.Logger}s, Helidon's, and those of libraries that speak slf4j (through slf4j-jdk14).
 *
 * <p>Held by whoever set it up: {@code java.util.logging} keeps its loggers weakly, and so would
 * forget their levels.
 */
public final class Logging {
  private static final String OURS = "io.elacsym";

  /** Longer than the hook of {@code java.util.logging} ever takes to begin. */
  private static final long PATIENCE_SECONDS = 2;

  private final Lines handler;
  private final LogLevels levels;
  private final List<Logger> configured = new ArrayList<>();

  private Logging(Lines handler, LogLevels levels) {
    this.handler = handler;
    this.levels = levels;
  }

  /** Sends the log of the whole process to a stream. */
  public static Logging start(LogLevels levels, LogFormat format, PrintStream to) {
    Logging logging = new Logging(new Lines(formatter(format), to), levels);
    logging.attach();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
        logging.write(Level.SEVERE, thread.getName(), "thread ended by a failure", thrown));
    return logging;
  }

  private void attach() {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    // A level without a target means Elacsym: at debug the libraries it is made of would drown it.
    // They are heard as usual, or as much as is wanted when they are named.
    level(root, atLeast(levels.root(), Level.INFO));
    // Helidon tells of each start and stop in several lines; the server's own log says it in one.
    level(Logger.getLogger("io.helidon"), atLeast(levels.root(), Level.WARNING));
    level(Logger.getLogger(OURS), levels.root());
    levels.targets().forEach((name, level) -> level(Logger.getLogger(name), level));
  }

  /**
   * Goes on while the process ends, for a hook that has work to do then: {@code java.util.logging}
   * takes handlers and levels away in a shutdown hook of its own, which this waits for.
   */
  public void outlive() {
    try {
      // If the hook of java.util.logging has not begun by then, handlers and levels are still
      // there.
      boolean taken = handler.closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (taken) {
        attach(); // waits for the reset that is under way
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Level atLeast(Level level, Level least) {
    return level.intValue() > least.intValue() ? level : least;
  }

  private static Formatter formatter(LogFormat format) {
    return switch (format) {
      case JSON -> new JsonLines();
      case TEXT -> new TextLines();
    };
  }

  private void level(Logger logger, Level level) {
    logger.setLevel(level);
    configured.add(logger);
  }

  /**
   * Writes a line past the loggers, which are gone while the process ends, unless this {@linkplain
   * #outlive outlives} them.
   */
  public void write(Level level, String target, String message) {
    handler.publish(record(level, target, message));
  }

  /** Writes out the lines that the handler still holds back. */
  public void flush() {
    handler.flush();
  }

  /** Like {@link #write(Level, String, String)}, with a stack trace. */
  public void write(Level level, String target, String message, Throwable thrown) {
    LogRecord record = record(level, target, message);
    record.setThrown(thrown);
    handler.publish(record);
  }

  private static LogRecord record(Level level, String target, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName(target);
    return record;
  }

  /** Writes each record as one piece, so that lines never mix. */
  private static final class Lines extends Handler {
    private final Formatter formatter;
    private final PrintStream to;
    private final CountDownLatch closed = new CountDownLatch(1);

    Lines(Formatter formatter, PrintStream to) {
      this.formatter = formatter;
      this.to = to;
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        byte[] line = formatter.format(record).getBytes(StandardCharsets.UTF_8);
        synchronized (to) {
          to.write(line, 0, line.length);
          to.flush();
        }
      }
    }

    @Override
    public void flush() {
      to.flush();
    }

    @Override
    public void close() {
      to.flush();
      closed.countDown();
    }
  }
}
