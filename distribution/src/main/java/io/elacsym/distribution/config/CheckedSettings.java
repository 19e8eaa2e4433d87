package io.elacsym.distribution.config;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Option;
import io.elacsym.api.Options;
import io.elacsym.api.Provider;
import io.elacsym.cluster.settings.ClusterSettings;
import io.elacsym.distribution.plugins.InstalledPlugin;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginKind;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.SettingsSection;
import io.elacsym.server.helidon.ServerSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A configuration that was checked as a whole.
 *
 * @param engine what the engine is opened with; empty when something is wrong
 * @param server what the HTTP server is started with; empty when something is wrong
 * @param cluster how it is one of several nodes; empty when it is not, or when something is wrong
 * @param logging the log; the default where that part is wrong
 * @param problems everything that is wrong, one line each
 * @param warnings what is odd but harmless
 */
public record CheckedSettings(
    Optional<EngineSettings> engine,
    Optional<ServerSettings> server,
    Optional<ClusterSettings> cluster,
    LoggingSettings logging,
    List<String> problems,
    List<String> warnings) {
  public CheckedSettings {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks what makes sense only together, names of plugins, and the tables of all plugins: also of
   * those that are not chosen, which may still read what they have stored.
   */
  public static CheckedSettings of(Configuration configuration, InstalledPlugins installed) {
    List<String> problems = new ArrayList<>(installed.problems());
    problems.addAll(configuration.problems());
    EveryProblem every = new EveryProblem(configuration, problems);
    Optional<LoggingSettings> logging =
        every.check("logging.", configuration.given("logging"), LoggingSettings::of);
    Optional<ServerSettings> server =
        every.check(
            "", configuration.givenIn(List.of(ServerSettings.SECTION.name())), ServerSettings::of);
    Optional<Optional<ClusterSettings>> cluster =
        every.check("distributed.", configuration.given("distributed"), ClusterSettings::of);
    Optional<EngineSettings> engine =
        every.check("", configuration.givenIn(names(EngineSettings.SECTIONS)), EngineSettings::of);
    engine.ifPresent(settings -> checkPlugins(settings, installed, every, problems));
    boolean right = problems.isEmpty();
    return new CheckedSettings(
        engine.filter(settings -> right),
        server.filter(settings -> right),
        cluster.filter(settings -> right).flatMap(Function.identity()),
        logging.orElse(LoggingSettings.DEFAULT),
        problems,
        configuration.warnings());
  }

  private static void checkPlugins(
      EngineSettings settings,
      InstalledPlugins installed,
      EveryProblem every,
      List<String> problems) {
    Providers providers = installed.providers();
    Set<String> checked = new HashSet<>();
    for (PluginKind kind : PluginKind.values()) {
      try {
        Provider provider = kind.named(providers, kind.chosen(settings));
        String table = kind.section() + "." + kind.chosen(settings);
        checkTable(table, provider, given(settings, table), every);
        checked.add(table);
      } catch (ElacsymException e) {
        problems.add(every.from(kind.key()) + kind.key() + ": " + e.getMessage());
      }
    }
    for (InstalledPlugin plugin : installed.plugins()) {
      Map<String, String> given = given(settings, plugin.table());
      // A plugin that is not used need not have all that it requires.
      boolean whole =
          plugin.options().stream()
              .filter(Option::required)
              .allMatch(option -> given.containsKey(option.key()));
      if (whole && !given.isEmpty() && checked.add(plugin.table())) {
        checkTable(plugin.table(), plugin.provider(), given, every);
      }
    }
  }

  private static Map<String, String> given(EngineSettings settings, String table) {
    return settings.pluginOptions().getOrDefault(table, Map.of());
  }

  private static void checkTable(
      String table, Provider provider, Map<String, String> given, EveryProblem every) {
    var _ =
        every.check(
            table + ".",
            given,
            values -> {
              Options options = Options.of(table + ".", provider.options(), values);
              checkTogether(table, provider, options);
              return options;
            });
  }

  private static void checkTogether(String table, Provider provider, Options options) {
    try {
      provider.check(options);
    } catch (ElacsymException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // A bug of the plugin is a line like any other, so that all the rest is still checked.
      throw ElacsymException.invalid(
          "the table "
              + table
              + " cannot be checked: its plugin threw "
              + e
              + "; report it to its authors");
    }
  }

  private static List<String> names(List<SettingsSection> sections) {
    return sections.stream().map(SettingsSection::name).toList();
  }
}
