package io.elacsym.engine.blob;

import java.lang.System.Logger.Level;

/**
 * The log of what was not in memory. Operators look for its words to learn why queries are slow, so
 * they stay as they are.
 */
final class CacheMisses {
  private static final System.Logger LOG = System.getLogger(CacheMisses.class.getName());

  private CacheMisses() {}

  /** Bytes of an object are read from somewhere else than memory. */
  static void log(String object, long bytes, String from) {
    if (LOG.isLoggable(Level.DEBUG)) {
      LOG.log(
          Level.DEBUG, "cache miss: {0}, {1} bytes from {2}", object, Long.toString(bytes), from);
    }
  }
}
