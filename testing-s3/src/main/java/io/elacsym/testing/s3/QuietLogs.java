package io.elacsym.testing.s3;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the servers and their libraries from telling a test's output what they do. */
final class QuietLogs {
  /** Held, because the JDK forgets the level of a logger that nobody holds. */
  private static final List<Logger> LOGGERS =
      List.of(
          logger("org.gaul", Level.OFF), // each refused or cut request is a warning to it
          logger("org.testcontainers", Level.SEVERE),
          logger("tc", Level.SEVERE),
          logger("com.github.dockerjava", Level.SEVERE),
          logger("software.amazon.awssdk", Level.SEVERE));

  private QuietLogs() {}

  static void set() {
    assert !LOGGERS.isEmpty(); // the class is initialized by now
  }

  private static Logger logger(String name, Level level) {
    Logger logger = Logger.getLogger(name);
    logger.setLevel(level);
    return logger;
  }
}
