package io.elacsym.benchmarks.rivals.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where, when and how something was measured.
 *
 * @param command as it was typed
 * @param machine facts by name
 * @param versions of everything that took part
 */
public record Circumstances(
    String command, Map<String, String> machine, Map<String, String> versions) {
  public Circumstances {
    machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }
}
