package io.elacsym.distribution.terminal;

import java.util.regex.Pattern;

/**
 * Text from elsewhere, made fit for a terminal and for a log of lines: control characters, which
 * could move the cursor or make up a line, are written as in Java ({@code \\u001b}).
 */
public final class Printable {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\u2028\u2029]");
  private static final Pattern CONTROL_BUT_LINES =
      Pattern.compile("[\\p{Cc}\u2028\u2029&&[^\\t\\n]]");

  private Printable() {}

  /** The text on one line. */
  public static String line(String text) {
    return escaped(CONTROL, text);
  }

  /** The text with the lines it has. */
  public static String lines(String text) {
    return escaped(CONTROL_BUT_LINES, text);
  }

  private static String escaped(Pattern pattern, String text) {
    return pattern.matcher(text).replaceAll(found -> "\\\\" + escape(found.group().charAt(0)));
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "n";
      case '\r' -> "r";
      case '\t' -> "t";
      default -> "u%04x".formatted((int) c);
    };
  }
}
