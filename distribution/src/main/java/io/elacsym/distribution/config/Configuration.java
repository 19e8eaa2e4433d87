package io.elacsym.distribution.config;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.engine.settings.EngineSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The effective value of every key: environment over file over default.
 *
 * @param settings every declared key, in the order of the declarations
 * @param file the file that was read
 * @param problems every unknown key and every value that its option does not take, one line each
 * @param warnings what is odd but harmless
 */
public record Configuration(
    List<Setting> settings, Optional<Path> file, List<String> problems, List<String> warnings) {
  public Configuration {
    settings = List.copyOf(settings);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the configuration of a process.
   *
   * @param given the file named with {@code --config}
   * @param environment the variables of the process
   */
  public static Configuration read(
      Declarations declarations, Optional<Path> given, Map<String, String> environment) {
    try {
      return merge(declarations, ConfigurationFile.find(given, environment), environment);
    } catch (ElacsymException e) {
      Configuration rest = merge(declarations, Optional.empty(), environment);
      List<String> problems = new ArrayList<>();
      problems.add(e.getMessage());
      problems.addAll(rest.problems());
      return new Configuration(rest.settings(), Optional.empty(), problems, rest.warnings());
    }
  }

  private static Configuration merge(
      Declarations declarations, Optional<Path> file, Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Map<String, ConfigurationFile.Entry> fromFile =
        file.map(ConfigurationFile::read).orElseGet(TreeMap::new);
    Map<String, EnvironmentVariables.Given> fromEnvironment =
        EnvironmentVariables.read(environment, declarations, problems, warnings);
    Map<String, Option> keys = declarations.keys();
    reportUnknown(origins(fromFile), keys, problems, warnings);
    List<Setting> settings = new ArrayList<>();
    keys.forEach((key, option) -> {
      EnvironmentVariables.Given variable = fromEnvironment.get(key);
      ConfigurationFile.Entry inFile = fromFile.get(key);
      Setting setting;
      if (variable != null) {
        setting =
            new Setting(
                key,
                option,
                Optional.of(variable.value()),
                new Origin.Environment(variable.variable()));
      } else if (inFile != null) {
        setting = new Setting(key, option, Optional.of(inFile.value()), inFile.origin());
      } else {
        setting = new Setting(key, option, option.defaultValue(), new Origin.Default());
      }
      settings.add(checked(setting, problems));
    });
    return new Configuration(settings, file, problems, warnings);
  }

  private static SequencedMap<String, Origin> origins(
      Map<String, ConfigurationFile.Entry> entries) {
    SequencedMap<String, Origin> origins = new LinkedHashMap<>();
    entries.forEach((key, entry) -> origins.put(key, entry.origin()));
    return origins;
  }

  /**
   * The same configuration with the keys below {@code table} that a file gives; its other keys are
   * not looked at. The environment does not win over this file.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} when the file cannot be read
   */
  public Configuration with(Path changes, String table) {
    Map<String, ConfigurationFile.Entry> entries = ConfigurationFile.read(changes);
    entries.keySet().removeIf(key -> !key.startsWith(table + "."));
    return with(entries);
  }

  /** The same configuration with other values for some keys. */
  public Configuration with(Map<String, String> changes, Origin origin) {
    Map<String, ConfigurationFile.Entry> entries = new TreeMap<>();
    changes.forEach((key, value) -> entries.put(key, new ConfigurationFile.Entry(value, origin)));
    return with(entries);
  }

  private Configuration with(Map<String, ConfigurationFile.Entry> changes) {
    Map<String, Option> known = new LinkedHashMap<>();
    settings.forEach(setting -> known.put(setting.key(), setting.option()));
    List<String> newProblems = new ArrayList<>(problems);
    List<String> newWarnings = new ArrayList<>(warnings);
    reportUnknown(origins(changes), known, newProblems, newWarnings);
    List<Setting> changed = new ArrayList<>();
    for (Setting setting : settings) {
      ConfigurationFile.Entry entry = changes.get(setting.key());
      changed.add(
          entry == null
              ? setting
              : checked(
                  new Setting(
                      setting.key(), setting.option(), Optional.of(entry.value()), entry.origin()),
                  newProblems));
    }
    return new Configuration(changed, file, newProblems, newWarnings);
  }

  private static void reportUnknown(
      SequencedMap<String, Origin> origins,
      Map<String, Option> known,
      List<String> problems,
      List<String> warnings) {
    origins.forEach((key, origin) -> {
      if (!known.containsKey(key)) {
        if (isOfAnotherPlugin(key, known)) {
          warnings.add(origin + ": '" + key + "' is not used: no installed plugin has it");
        } else {
          problems.add(origin + ": " + unknown(key, known));
        }
      }
    });
  }

  /**
   * Whether a key stands in the table of a plugin that is not installed here: one file may serve
   * several machines. A key that is almost one of the known keys is taken for a mistake instead,
   * and so for unknown.
   */
  private static boolean isOfAnotherPlugin(String key, Map<String, Option> known) {
    String[] parts = key.split("\\.", 3);
    return parts.length == 3
        && EngineSettings.PLUGIN_SECTIONS.contains(parts[0])
        && known.keySet().stream().noneMatch(k -> k.startsWith(parts[0] + "." + parts[1] + "."))
        && Nearest.to(key, known.keySet()).isEmpty();
  }

  private static String unknown(String key, Map<String, Option> known) {
    String message = "unknown key '" + key + "'";
    int dot = key.lastIndexOf('.');
    String table = key.substring(0, Math.max(dot, 0));
    List<String> inTable =
        known.keySet().stream().filter(name -> name.startsWith(table + ".")).toList();
    return Nearest.to(key, known.keySet())
        .map(nearest -> message + "; did you mean '" + nearest + "'?")
        .orElseGet(() ->
            inTable.isEmpty() || table.isEmpty()
                ? message + "; `elacsym server --check-config` lists the keys there are"
                : message + "; the table has " + inTable);
  }

  private static Setting checked(Setting setting, List<String> problems) {
    setting
        .value()
        .flatMap(setting.option()::refusal)
        .ifPresent(
            refusal -> problems.add(setting.origin() + ": " + setting.key() + " " + refusal));
    return setting;
  }

  /** Where the value of a key comes from; the declaration for an unknown key. */
  Origin origin(String key) {
    return settings.stream()
        .filter(setting -> setting.key().equals(key))
        .map(Setting::origin)
        .findFirst()
        .orElse(new Origin.Default());
  }

  /**
   * What a file or the environment says of the keys below {@code table}, without its name. A value
   * that its option does not take is left out: it was reported, and nothing more is said of it.
   */
  public Map<String, String> given(String table) {
    Map<String, String> values = new TreeMap<>();
    for (Setting setting : settings) {
      if (!(setting.origin() instanceof Origin.Default) && setting.key().startsWith(table + ".")) {
        setting
            .value()
            .filter(setting.option()::accepts)
            .or(() -> StandIn.of(setting.option()))
            .ifPresent(v -> values.put(setting.key().substring(table.length() + 1), v));
      }
    }
    return values;
  }

  /** The same for several tables, with their names. */
  Map<String, String> givenIn(List<String> tables) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String table : tables) {
      given(table).forEach((key, value) -> values.put(table + "." + key, value));
    }
    return values;
  }
}
