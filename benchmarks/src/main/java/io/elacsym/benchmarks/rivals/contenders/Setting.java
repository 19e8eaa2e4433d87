package io.elacsym.benchmarks.rivals.contenders;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How thorough a search is, in the contender's own terms.
 *
 * @param values by the name of what is set, such as {@code nprobe}
 */
public record Setting(Map<String, Double> values) {
  public Setting {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  static Setting of(String name, double value) {
    return new Setting(Map.of(name, value));
  }

  /** One setting a value. */
  static List<Setting> each(String name, double... values) {
    return Arrays.stream(values).mapToObj(value -> of(name, value)).toList();
  }

  /** Every pair of a setting of this list and a value. */
  static List<Setting> times(List<Setting> settings, String name, double... values) {
    return settings.stream()
        .flatMap(setting ->
            Arrays.stream(values)
                .mapToObj(value -> {
                  Map<String, Double> both = new TreeMap<>(setting.values());
                  both.put(name, value);
                  return new Setting(both);
                }))
        .toList();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  double number(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not in " + this);
    }
    return value;
  }

  int integer(String name) {
    return (int) Math.round(number(name));
  }

  /** The names of what is set: settings of one shape are points of one curve. */
  public String shape() {
    return String.join(" ", values.keySet());
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " " + shown(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String shown(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
