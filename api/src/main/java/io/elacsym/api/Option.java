package io.elacsym.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The declaration of one option: the single place from which parsing, {@code --check-config}, the
 * generated documentation and {@code elacsym plugins} come.
 *
 * @param key the last part of its configuration key, {@code [a-z][a-z0-9_]*}. The host adds where
 *     it stands: {@code root_path} of the storage {@code local} is {@code storage.local.root_path}.
 * @param type how the value is checked
 * @param values which values of that type are taken
 * @param defaultValue the value when none is given; an option without one is required as soon as
 *     its plugin is chosen, unless it is {@linkplain #optional optional}
 * @param required whether opening the plugin without a value is an error
 * @param doc one sentence or two: meaning and unit; the range is added to it where it is shown
 * @param environment the environment variable that overrides the file, if there is one
 * @param secret whether the value must never be printed
 * @param heapPart 4 for a number of bytes of which never more than a quarter of the Java heap is
 *     used, whatever is given, and so on; 0 when the heap does not count
 */
public record Option(
    String key,
    OptionType type,
    OptionValues values,
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
    if (values instanceof OptionValues.Range && !type.hasOrder()) {
      throw new IllegalArgumentException(
          "option " + key + ": values of " + type + " have no order");
    }
    if (defaultValue.filter(value -> !isTaken(type, values, value)).isPresent()) {
      throw new IllegalArgumentException(
          "option "
              + key
              + ": default '"
              + defaultValue.get()
              + "' is no "
              + type.expectation()
              + " that it takes");
    }
    if (heapPart < 0 || (heapPart > 0 && type != OptionType.BYTES)) {
      throw new IllegalArgumentException("option " + key + " has heapPart " + heapPart);
    }
  }

  /** An option that has a value always, if only this default. */
  public static Option of(String key, OptionType type, String defaultValue, String doc) {
    return new Option(
        key,
        type,
        new OptionValues.Any(),
        Optional.of(defaultValue),
        false,
        doc,
        Optional.empty(),
        false,
        0);
  }

  /** An option that must be given. */
  public static Option required(String key, OptionType type, String doc) {
    return new Option(
        key, type, new OptionValues.Any(), Optional.empty(), true, doc, Optional.empty(), false, 0);
  }

  /** An option that may stay without a value. */
  public static Option optional(String key, OptionType type, String doc) {
    return new Option(
        key,
        type,
        new OptionValues.Any(),
        Optional.empty(),
        false,
        doc,
        Optional.empty(),
        false,
        0);
  }

  /** The same option, also read from an environment variable. */
  public Option fromEnvironment(String variable) {
    return new Option(
        key, type, values, defaultValue, required, doc, Optional.of(variable), secret, heapPart);
  }

  /**
   * The same option, of whose bytes never more than a part of the Java heap is used. The host says
   * so when it starts, if the heap makes a difference.
   *
   * @param part 4 for a quarter
   */
  public Option withinHeap(int part) {
    return new Option(key, type, values, defaultValue, required, doc, environment, secret, part);
  }

  /** How many of the given bytes are used when the heap has this size. */
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
  public Option asSecret() {
    return new Option(key, type, values, defaultValue, required, doc, environment, true, heapPart);
  }

  /**
   * The same option, for values in a range, both ends included; of numbers, bytes and time spans.
   *
   * @param least in the words of a configuration, such as {@code 1}, {@code 64KB} or {@code 100ms}
   * @param most likewise
   */
  public Option between(String least, String most) {
    return taking(new OptionValues.Range(least, Optional.of(most)));
  }

  /** As {@link #between}, without an upper end. */
  public Option atLeast(String least) {
    return taking(new OptionValues.Range(least, Optional.empty()));
  }

  /** The same option, for one of these words. */
  public Option oneOf(String... words) {
    return taking(new OptionValues.OneOf(List.of(words)));
  }

  private Option taking(OptionValues newValues) {
    return new Option(
        key, type, newValues, defaultValue, required, doc, environment, secret, heapPart);
  }

  /** Whether this is a value for it. */
  public boolean accepts(String value) {
    return isTaken(type, values, value);
  }

  /**
   * What is wrong with a value, as the end of a message that begins with the key; empty when it is
   * {@linkplain #accepts accepted}.
   */
  public Optional<String> refusal(String value) {
    if (accepts(value)) {
      return Optional.empty();
    }
    // A number that is only out of its range is shown as it would be written.
    boolean isBare = type.hasOrder() && type.accepts(value);
    String given = isBare ? shown(value) : "'" + shown(value) + "'";
    return Optional.of("is " + given + ", expected " + expectation());
  }

  private static boolean isTaken(OptionType type, OptionValues values, String value) {
    return type.accepts(value)
        && switch (values) {
          case OptionValues.Any any -> true;
          case OptionValues.OneOf(List<String> words) -> words.contains(value);
          case OptionValues.Range(String least, Optional<String> most) ->
              type.compare(value, least) >= 0
                  && most.filter(end -> type.compare(value, end) > 0).isEmpty();
        };
  }

  /** What its values look like, as the end of the sentence "expected ...". */
  public String expectation() {
    return switch (values) {
      case OptionValues.Any any -> "a " + type.expectation();
      case OptionValues.OneOf words -> words.toString();
      case OptionValues.Range(String least, Optional<String> most) when most.isPresent() ->
          type == OptionType.INTEGER || type == OptionType.NUMBER
              ? "a " + type.expectation() + " from " + least + " to " + most.get()
              : least + " to " + most.get();
      case OptionValues.Range range -> range.toString();
    };
  }

  /** What it means and which values it takes, in whole sentences for people. */
  public String meaning() {
    return switch (values) {
      case OptionValues.Any any -> doc;
      case OptionValues.OneOf words -> sentence(doc) + " One of " + words + ".";
      case OptionValues.Range(String least, Optional<String> most) ->
          sentence(doc)
              + most.map(end -> " From " + least + " to " + end + ".")
                  .orElse(" At least " + least + ".");
    };
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
