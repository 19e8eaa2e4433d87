package io.elacsym.distribution.config;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds everything that is wrong with some values by a check that ends at the first thing: what is
 * refused is noted, and the check is made again without it.
 */
final class EveryProblem {
  private final Configuration configuration;
  private final List<String> problems;

  /**
   * @param configuration says where values come from
   * @param problems gets one line for each problem
   */
  EveryProblem(Configuration configuration, List<String> problems) {
    this.configuration = configuration;
    this.problems = problems;
  }

  /**
   * Checks values by key.
   *
   * @param prefix what stands before their keys in full, and in messages
   * @param check throws {@code INVALID_REQUEST} with a message that begins with the key, in full or
   *     without the prefix
   * @return what the check gave for the values without those that it refused; empty when it could
   *     not be had
   */
  <T> Optional<T> check(
      String prefix, Map<String, String> values, Function<Map<String, String>, T> check) {
    Map<String, String> rest = new TreeMap<>(values);
    Set<String> named = new HashSet<>();
    while (true) {
      try {
        return Optional.of(check.apply(rest));
      } catch (ElacsymException e) {
        String message = named(prefix, Option.withoutUserInfo(e.forOperators()));
        Optional<Setting> setting = setting(message);
        if (setting.isEmpty()) {
          problems.add(message);
          return Optional.empty();
        }
        String key = setting.get().key();
        if (!named.add(key)) {
          return Optional.empty();
        }
        problems.add(from(key) + message);
        String inTable = key.substring(prefix.length());
        rest.remove(inTable);
        StandIn.of(setting.get().option()).ifPresent(value -> rest.put(inTable, value));
      }
    }
  }

  /** Where a value comes from, as the beginning of a message; nothing for a default. */
  String from(String key) {
    Origin origin = configuration.origin(key);
    return origin instanceof Origin.Default ? "" : origin + ": ";
  }

  /** A message with the full key. */
  private String named(String prefix, String message) {
    return setting(message).isEmpty() && setting(prefix + message).isPresent()
        ? prefix + message
        : message;
  }

  private Optional<Setting> setting(String message) {
    return configuration.settings().stream()
        .filter(setting -> message.startsWith(setting.key() + " "))
        .findFirst();
  }
}
