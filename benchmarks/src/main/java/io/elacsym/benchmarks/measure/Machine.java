package io.elacsym.benchmarks.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/** Where and when something was measured. */
public final class Machine {
  private Machine() {}

  /** Facts by name, in the order in which they should be shown. */
  public static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
    facts.put(
        "cpu",
        Runtime.getRuntime().availableProcessors()
            + " x "
            + cpuName()
            + ", "
            + FloatVector.SPECIES_PREFERRED.vectorBitSize()
            + "-bit vectors");
    facts.put("memory", memory());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", Runtime.version() + " " + System.getProperty("java.vendor"));
    facts.put("elacsym", version());
    facts.put("load", load());
    return facts;
  }

  /**
   * The machine's load average of the last minute. When it is more than the measurement itself
   * causes, other work has disturbed it.
   */
  public static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(Locale.ROOT, "%.2f", load);
  }

  private static String version() {
    String version = Machine.class.getPackage().getImplementationVersion();
    return version == null ? "not packaged" : version;
  }

  private static String cpuName() {
    return firstValue(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch"));
  }

  private static String memory() {
    return firstValue(Path.of("/proc/meminfo"), "MemTotal", "unknown");
  }

  private static String firstValue(Path file, String key, String otherwise) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      // Not Linux: the figure says less, the run goes on.
      return otherwise;
    }
  }
}
