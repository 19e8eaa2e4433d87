package io.elacsym.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checked values of a provider's declared options. Immutable. Asking for an undeclared key is a
 * bug of the plugin and throws {@link IllegalArgumentException}.
 */
public final class Options {
  private final Map<String, Option> declared;
  private final Map<String, String> values;

  private Options(Map<String, Option> declared, Map<String, String> values) {
    this.declared = declared;
    this.values = values;
  }

  /**
   * Checks given values against declarations and fills in defaults.
   *
   * @param prefix what stands before each key in messages, such as {@code storage.local.}; may be
   *     empty
   * @param declared the declarations
   * @param given values by key
   * @throws ElacsymException {@link ErrorKind#INVALID_REQUEST} naming the key, the value and what
   *     was expected: for an unknown key, a value of the wrong type, or a required option that is
   *     missing
   */
  public static Options of(String prefix, List<Option> declared, Map<String, String> given) {
    Map<String, Option> byKey = new TreeMap<>();
    declared.forEach(option -> byKey.put(option.key(), option));
    Map<String, String> values = new HashMap<>();
    given.forEach((key, value) -> {
      Option option = byKey.get(key);
      if (option == null) {
        throw ElacsymException.invalid(
            "unknown option '" + prefix + key + "'; known are " + byKey.keySet());
      }
      option
          .refusal(value)
          .ifPresent(refusal -> {
            throw ElacsymException.invalid(prefix + key + " " + refusal);
          });
      values.put(key, value);
    });
    for (Option option : declared) {
      if (values.containsKey(option.key())) {
        continue;
      }
      option.defaultValue().ifPresent(value -> values.put(option.key(), value));
      if (option.required()) {
        throw ElacsymException.invalid(
            prefix
                + option.key()
                + " is missing, expected "
                + option.expectation()
                + option.environment().map(name -> " (or set " + name + ")").orElse("")
                + ": "
                + option.doc());
      }
    }
    return new Options(byKey, values);
  }

  /** The defaults of a provider that needs no values. */
  public static Options defaults(Provider provider) {
    return of("", provider.options(), Map.of());
  }

  public Optional<String> find(String key) {
    if (!declared.containsKey(key)) {
      throw new IllegalArgumentException("option " + key + " is not declared");
    }
    return Optional.ofNullable(values.get(key));
  }

  public String text(String key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException("option " + key + " is unset"));
  }

  public Path path(String key) {
    return Path.of(text(key));
  }

  public long integer(String key) {
    return Long.parseLong(text(key));
  }

  /** {@link #integer} of an option whose range fits an {@code int}. */
  public int smallInteger(String key) {
    return Math.toIntExact(integer(key));
  }

  public double number(String key) {
    return Double.parseDouble(text(key));
  }

  public boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  /** A number of bytes, as it was given. */
  public long bytes(String key) {
    return OptionType.parseBytes(text(key)).orElseThrow();
  }

  /** A number of bytes, but no more than this process' heap allows the option. */
  public long bytesWithinHeap(String key) {
    long bytes = bytes(key);
    return Objects.requireNonNull(declared.get(key))
        .within(Runtime.getRuntime().maxMemory(), bytes);
  }

  public Duration duration(String key) {
    return Duration.ofMillis(OptionType.parseMillis(text(key)).orElseThrow());
  }

  /** For messages: values with secrets hidden. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>();
    values.forEach(
        (key, value) -> shown.put(key, Objects.requireNonNull(declared.get(key)).shown(value)));
    return shown.toString();
  }
}
