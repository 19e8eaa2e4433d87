package io.elacsym.api;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type of an option's value, and how its text is checked. */
public enum OptionType {
  /** Any text. */
  TEXT("text"),
  /** A file system path. */
  PATH("path"),
  /** A whole number that fits 64 bits. */
  INTEGER("whole number"),
  /** A finite decimal number. */
  NUMBER("number"),
  /** {@code true} or {@code false}. */
  FLAG("true or false"),
  /** A number of bytes: {@code 4096}, {@code 64KB}, {@code 8GB}; 1 KB is 1024 bytes. */
  BYTES("number of bytes such as 1048576, 64KB or 8GB"),
  /** A time span: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}; a bare number is seconds. */
  DURATION("time span such as 250ms, 30s or 5m");

  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(|B|[KMGT]i?B?)");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,15})\\s*(|ms|s|m|h|d)");

  private final String expectation;

  OptionType(String expectation) {
    this.expectation = expectation;
  }

  /** What a valid value looks like, as the end of the sentence "expected a ...". */
  public String expectation() {
    return expectation;
  }

  /** Whether {@code text} is a value of this type. */
  public boolean accepts(String text) {
    return switch (this) {
      case TEXT -> true;
      case PATH -> !text.isBlank();
      case INTEGER -> isLong(text);
      case NUMBER -> isFinite(text);
      case FLAG -> text.equals("true") || text.equals("false");
      case BYTES -> parseBytes(text).isPresent();
      case DURATION -> parseMillis(text).isPresent();
    };
  }

  /** Whether values of this type can be in a range. */
  boolean hasOrder() {
    return switch (this) {
      case INTEGER, NUMBER, BYTES, DURATION -> true;
      case TEXT, PATH, FLAG -> false;
    };
  }

  /** Compares two values of a type that has an order. */
  int compare(String a, String b) {
    return switch (this) {
      case INTEGER -> Long.compare(Long.parseLong(a), Long.parseLong(b));
      case NUMBER -> Double.compare(Double.parseDouble(a), Double.parseDouble(b));
      case BYTES -> Long.compare(parseBytes(a).orElseThrow(), parseBytes(b).orElseThrow());
      case DURATION -> Long.compare(parseMillis(a).orElseThrow(), parseMillis(b).orElseThrow());
      case TEXT, PATH, FLAG -> throw new IllegalStateException(this + " has no order");
    };
  }

  static OptionalLong parseBytes(String text) {
    Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT).replace("IB", "B"));
    if (!size.matches()) {
      return OptionalLong.empty();
    }
    String unit = size.group(2);
    int power = unit.isEmpty() ? 0 : "BKMGT".indexOf(unit.charAt(0));
    return scaled(Long.parseLong(size.group(1)), 1L << (10 * power));
  }

  static OptionalLong parseMillis(String text) {
    Matcher span = SPAN.matcher(text.strip());
    if (!span.matches()) {
      return OptionalLong.empty();
    }
    long unit =
        switch (span.group(2)) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          default -> 1_000;
        };
    return scaled(Long.parseLong(span.group(1)), unit);
  }

  private static OptionalLong scaled(long amount, long unit) {
    return amount > Long.MAX_VALUE / unit ? OptionalLong.empty() : OptionalLong.of(amount * unit);
  }

  private static boolean isLong(String text) {
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isFinite(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
