package io.elacsym.distribution.config;

import io.elacsym.distribution.logging.LogLevels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values that the environment gives. */
final class EnvironmentVariables {
  private static final String PREFIX = "ELACSYM_";

  /** Read by the launcher and the command line, not as configuration. */
  private static final Set<String> OTHERS =
      Set.of(
          ConfigurationFile.VARIABLE,
          "ELACSYM_PLUGINS",
          "ELACSYM_SERVER",
          "ELACSYM_HOME",
          "ELACSYM_JAVA_OPTS",
          "ELACSYM_LAUNCHER_BUILD");

  /**
   * What Kubernetes puts into every pod beside a Service called {@code elacsym} or {@code
   * elacsym-...}: {@code ELACSYM_SERVICE_HOST}, {@code ELACSYM_PORT_3000_TCP_ADDR} and so on.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "ELACSYM_(\\w+_)?"
              + "(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

  /** {@code ELACSYM_PORT=tcp://10.0.0.1:3000} is such a link as well, and no port of ours. */
  private static final Pattern SERVICE_URL = Pattern.compile("(tcp|udp|sctp)://.*");

  private EnvironmentVariables() {}

  /** What a variable said. */
  record Given(String variable, String value) {}

  /** Values by full key. */
  static Map<String, Given> read(
      Map<String, String> environment,
      Declarations declarations,
      List<String> problems,
      List<String> warnings) {
    Map<String, List<String>> known = declarations.variables();
    Map<String, Given> values = new TreeMap<>();
    new TreeMap<>(environment)
        .forEach((variable, value) -> {
          List<String> keys = known.get(variable);
          if (SERVICE_URL.matcher(value).matches() && SERVICE_LINK.matcher(variable).matches()) {
            return;
          }
          if (keys != null) {
            // `VARIABLE=` in a compose file or a unit file means: not set.
            if (!value.isBlank()) {
              keys.forEach(key -> values.put(key, new Given(variable, value)));
            }
          } else if (variable.startsWith(PREFIX)
              && !OTHERS.contains(variable)
              && !SERVICE_LINK.matcher(variable).matches()) {
            unknown(variable, known.keySet(), problems, warnings);
          }
        });
    rustLog(environment, values, warnings);
    return values;
  }

  private static void unknown(
      String variable, Set<String> known, List<String> problems, List<String> warnings) {
    List<String> names =
        known.stream()
            .filter(name -> name.startsWith(PREFIX))
            .map(name -> name.substring(PREFIX.length()))
            .toList();
    Nearest.to(variable.substring(PREFIX.length()), names)
        .ifPresentOrElse(
            nearest ->
                problems.add(
                    "environment: unknown variable "
                        + variable
                        + "; did you mean "
                        + PREFIX
                        + nearest
                        + "?"),
            () -> warnings.add("environment: unknown variable " + variable + " is ignored"));
  }

  /**
   * Takes the levels of {@code RUST_LOG} unless {@code ELACSYM_LOG} is set. The variable may be
   * meant for other programs, so what we do not understand in it is only warned about.
   */
  private static void rustLog(
      Map<String, String> environment, Map<String, Given> values, List<String> warnings) {
    String text = environment.get("RUST_LOG");
    if (text == null || text.isBlank() || values.containsKey("logging.level")) {
      return;
    }
    var bad = LogLevels.parse(text).bad();
    if (!bad.isEmpty()) {
      warnings.add("environment: RUST_LOG has '" + String.join(",", bad) + "', which is ignored");
    }
    String understood =
        Arrays.stream(text.split(","))
            .filter(part -> !bad.contains(part.strip()))
            .collect(Collectors.joining(","));
    if (!understood.isBlank()) {
      values.put("logging.level", new Given("RUST_LOG", understood));
    }
  }
}
