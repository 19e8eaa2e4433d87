package io.elacsym.distribution.config;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Provider;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.engine.settings.SettingsSection;
import io.elacsym.server.helidon.ServerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A configuration that was checked as a whole.
 *
 * @param engine what the engine is opened with; empty when something is wrong
 * @param server what the HTTP server is started with; empty when something is wrong
 * @param logging the log; the default where that part is wrong
 * @param problems everything that is wrong, one line each
 * @param warnings what is odd but harmless
 */
public record CheckedSettings(
    Optional<EngineSettings> engine,
    Optional<ServerSettings> server,
    LoggingSettings logging,
    List<String> problems,
    List<String> warnings) {
  public CheckedSettings {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** Checks ranges, names of plugins, and the options of the plugins that are chosen. */
  public static CheckedSettings of(Configuration configuration, InstalledPlugins installed) {
    List<String> problems = new ArrayList<>(installed.problems());
    problems.addAll(configuration.problems());
    Optional<LoggingSettings> logging =
        attempt(problems, () -> LoggingSettings.of(configuration.given("logging")));
    Optional<ServerSettings> server =
        attempt(
            problems,
            () -> ServerSettings.of(configuration.givenIn(List.of(ServerSettings.SECTION.name()))));
    Map<String, String> distributed = new TreeMap<>(configuration.given("distributed"));
    distributed.keySet().removeIf(key -> key.contains("."));
    attempt(
        problems,
        () -> {
          DistributedSettings.check(distributed);
          return distributed;
        });
    Optional<EngineSettings> engine =
        attempt(
            problems,
            () -> EngineSettings.of(configuration.givenIn(names(EngineSettings.SECTIONS))));
    engine.ifPresent(settings -> checkPlugins(settings, installed.providers(), problems));
    boolean right = problems.isEmpty();
    return new CheckedSettings(
        engine.filter(settings -> right),
        server.filter(settings -> right),
        logging.orElse(LoggingSettings.DEFAULT),
        problems,
        configuration.warnings());
  }

  private static void checkPlugins(
      EngineSettings settings, Providers providers, List<String> problems) {
    record Choice(String key, String section, String name, Function<String, Provider> find) {}
    List<Choice> choices =
        List.of(
            new Choice("storage.backend", "storage", settings.storageBackend(), providers::storage),
            new Choice(
                "segment.format", "segment", settings.segmentFormat(), providers::segmentFormat),
            new Choice("index.vector", "index", settings.vectorIndex(), providers::vectorIndex),
            new Choice("index.text", "index", settings.textIndex(), providers::textIndex));
    for (Choice choice : choices) {
      attempt(
          problems,
          choice.key() + ": ",
          () -> settings.optionsOf(choice.section(), choice.find().apply(choice.name())));
    }
  }

  private static List<String> names(List<SettingsSection> sections) {
    return sections.stream().map(SettingsSection::name).toList();
  }

  private static <T> Optional<T> attempt(List<String> problems, Supplier<T> check) {
    return attempt(problems, "", check);
  }

  private static <T> Optional<T> attempt(List<String> problems, String prefix, Supplier<T> check) {
    try {
      return Optional.of(check.get());
    } catch (ElacsymException e) {
      problems.add(prefix + e.getMessage());
      return Optional.empty();
    }
  }
}
