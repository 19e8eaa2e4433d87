package io.elacsym.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The declaration of one option: the single place from which parsing, {@code --check-config}, the
 * generated documentation and {@code elacsym plugins} come.
 *
 * @param key the last part of its configuration key, {@code [a-z][a-z0-9_]*}. The host adds where
 *     it stands: {@code root_path} of the storage {@code local} is {@code storage.local.root_path}.
 * @param type how the value is checked
 * @param defaultValue the value when none is given; an option without one is required as soon as
 *     its plugin is chosen, unless it is {@linkplain #optional optional}
 * @param required whether opening the plugin without a value is an error
 * @param doc one sentence or two: meaning, unit, range
 * @param environment the environment variable that overrides the file, if there is one
 * @param secret whether the value must never be printed
 * @param heapPart 4 for a number of bytes of which never more than a quarter of the Java heap is
 *     used, whatever is given, and so on; 0 when the heap does not count
 */
public record Option(
    String key,
    OptionType type,
    Optional<String> defaultValue,
    boolean required,
    String doc,
    Optional<String> environment,
    boolean secret,
    int heapPart) {
  private static final String HIDDEN = "(hidden)";
  private static final int MOST_SHOWN = 200;

  /**
   * User and password of an address. A password may have an {@code @} in it, but ends at the last.
   */
  private static final Pattern USER_INFO = Pattern.compile("://[^\\s/?#\"'<>]*@");

  public Option {
    if (defaultValue.isPresent() && !type.accepts(defaultValue.get())) {
      throw new IllegalArgumentException(
          "option " + key + ": default '" + defaultValue.get() + "' is no " + type.expectation());
    }
    if (heapPart < 0 || (heapPart > 0 && type != OptionType.BYTES)) {
      throw new IllegalArgumentException("option " + key + " has heapPart " + heapPart);
    }
  }

  /** An option that has a value always, if only this default. */
  public static Option of(String key, OptionType type, String defaultValue, String doc) {
    return new Option(key, type, Optional.of(defaultValue), false, doc, Optional.empty(), false, 0);
  }

  /** An option that must be given. */
  public static Option required(String key, OptionType type, String doc) {
    return new Option(key, type, Optional.empty(), true, doc, Optional.empty(), false, 0);
  }

  /** An option that may stay without a value. */
  public static Option optional(String key, OptionType type, String doc) {
    return new Option(key, type, Optional.empty(), false, doc, Optional.empty(), false, 0);
  }

  /** The same option, also read from an environment variable. */
  public Option fromEnvironment(String variable) {
    return new Option(
        key, type, defaultValue, required, doc, Optional.of(variable), secret, heapPart);
  }

  /**
   * The same option, of whose bytes never more than a part of the Java heap is used. The host says
   * so when it starts, if the heap makes a difference.
   *
   * @param part 4 for a quarter
   */
  public Option withinHeap(int part) {
    return new Option(key, type, defaultValue, required, doc, environment, secret, part);
  }

  /** What is used of so many bytes with such a heap. */
  public long within(long heap, long bytes) {
    return heapPart == 0 ? bytes : Math.min(bytes, heap / heapPart);
  }

  /**
   * A value as it may be printed: nothing of a secret, no user and password in an address, and of a
   * very long one its beginning.
   */
  public String shown(String value) {
    return secret ? HIDDEN : cut(withoutUserInfo(value));
  }

  /** A text with the user and password of every address in it hidden. */
  public static String withoutUserInfo(String text) {
    return text.contains("@") ? USER_INFO.matcher(text).replaceAll("://" + HIDDEN + "@") : text;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MOST_SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "...";
  }

  /** The same option, never printed. */
  public Option kept() {
    return new Option(key, type, defaultValue, required, doc, environment, true, heapPart);
  }
}
