package io.elacsym.distribution.config;

import io.elacsym.api.Option;
import java.util.Optional;

/**
 * A key with its effective value.
 *
 * @param key in full, such as {@code cache.memory_size}
 * @param option its declaration
 * @param value empty when it has none
 * @param origin who said so
 */
public record Setting(String key, Option option, Optional<String> value, Origin origin) {
  /** The value as it may be printed. */
  public String shown() {
    return value.map(option::shown).orElse("-");
  }
}
