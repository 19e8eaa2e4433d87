package io.elacsym.api;

import java.util.Optional;

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
 */
public record Option(
    String key,
    OptionType type,
    Optional<String> defaultValue,
    boolean required,
    String doc,
    Optional<String> environment,
    boolean secret) {

  public Option {
    if (defaultValue.isPresent() && !type.accepts(defaultValue.get())) {
      throw new IllegalArgumentException(
          "option " + key + ": default '" + defaultValue.get() + "' is no " + type.expectation());
    }
  }

  /** An option that has a value always, if only this default. */
  public static Option of(String key, OptionType type, String defaultValue, String doc) {
    return new Option(key, type, Optional.of(defaultValue), false, doc, Optional.empty(), false);
  }

  /** An option that must be given. */
  public static Option required(String key, OptionType type, String doc) {
    return new Option(key, type, Optional.empty(), true, doc, Optional.empty(), false);
  }

  /** An option that may stay without a value. */
  public static Option optional(String key, OptionType type, String doc) {
    return new Option(key, type, Optional.empty(), false, doc, Optional.empty(), false);
  }

  /** The same option, also read from an environment variable. */
  public Option fromEnvironment(String variable) {
    return new Option(key, type, defaultValue, required, doc, Optional.of(variable), secret);
  }

  /** The same option, never printed. */
  public Option kept() {
    return new Option(key, type, defaultValue, required, doc, environment, true);
  }
}
