package io.elacsym.distribution.logging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.logging.Level;

/**
 * From which level on is logged: {@code info}, or with levels for parts of the program {@code
 * elacsym=debug,info}.
 *
 * @param root of everything of Elacsym without a level of its own; libraries are not logged below
 *     {@code info} unless they are named
 * @param targets levels by logger name; a logger has its nearest ancestor's
 */
public record LogLevels(Level root, SequencedMap<String, Level> targets) {
  private static final Map<String, Level> LEVELS =
      Map.of(
          "off", Level.OFF,
          "error", Level.SEVERE,
          "warn", Level.WARNING,
          "info", Level.INFO,
          "debug", Level.FINE,
          "trace", Level.FINEST);

  /** What a valid text looks like, as the end of "expected ...". */
  public static final String EXPECTATION =
      "error, warn, info, debug, trace or off, or such levels by target: elacsym=debug,info";

  /** The levels of a text, and the parts of it that make no sense. */
  public record Parsed(LogLevels levels, List<String> bad) {}

  /** Reads levels as other programs write them in {@code RUST_LOG}. */
  public static Parsed parse(String text) {
    Level root = Level.INFO;
    SequencedMap<String, Level> targets = new LinkedHashMap<>();
    List<String> bad = new ArrayList<>();
    for (String part : text.split(",")) {
      String directive = part.strip();
      int equals = directive.indexOf('=');
      Level level = LEVELS.get(directive.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
      if (directive.isEmpty()) {
        continue;
      }
      if (level == null) {
        bad.add(directive);
      } else if (equals < 0) {
        root = level;
      } else {
        targets.put(loggerName(directive.substring(0, equals).strip()), level);
      }
    }
    return new Parsed(new LogLevels(root, targets), bad);
  }

  private static String loggerName(String target) {
    String name = target.replace("::", ".");
    return name.equals("elacsym") || name.startsWith("elacsym.") ? "io." + name : name;
  }

  /** A level's name in the log. */
  static String nameOf(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }
}
