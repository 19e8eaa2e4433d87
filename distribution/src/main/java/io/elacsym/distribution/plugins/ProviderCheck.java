package io.elacsym.distribution.plugins;

import io.elacsym.api.Option;
import io.elacsym.api.Provider;
import io.elacsym.api.SpiLevel;
import io.elacsym.engine.border.MissingClass;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Starts a provider and holds it to what {@link Provider} promises. */
final class ProviderCheck {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

  private final PluginKind kind;
  private final PluginJar jar;
  private final Duration patience;
  private final List<String> problems;

  ProviderCheck(PluginKind kind, PluginJar jar, Duration patience, List<String> problems) {
    this.kind = kind;
    this.jar = jar;
    this.patience = patience;
    this.problems = problems;
  }

  /**
   * What a provider says of itself, before anything was checked. The SPI level is asked first and
   * alone: no other method means the same on another level.
   */
  private record Said(
      Provider provider,
      int level,
      @Nullable String name,
      @Nullable String description,
      @Nullable List<Option> options) {}

  /** The plugin, or empty with what is wrong added to the problems. */
  Optional<InstalledPlugin> check(ServiceLoader.Provider<? extends Provider> service) {
    String who = jar.path() + ": " + service.type().getName();
    try {
      return checked(who, FirstCalls.make(who, patience, () -> ask(service)));
    } catch (FirstCalls.Stuck e) {
      problems.add(e.getMessage());
    } catch (ExecutionException e) {
      // Whatever foreign code throws must not be more than one line at start-up.
      Throwable root = root(e);
      problems.add(
          root instanceof LinkageError error
              ? MissingClass.message(jar.path(), error)
              : who + " failed while it was loaded: " + root + "; report it to its authors");
    }
    return Optional.empty();
  }

  private Said ask(ServiceLoader.Provider<? extends Provider> service) {
    Thread.currentThread().setContextClassLoader(service.type().getClassLoader());
    Provider provider = PluginCalls.around(service.get(), kind.spi(), jar.path());
    int level = provider.spiLevel();
    return level == SpiLevel.CURRENT
        ? new Said(provider, level, provider.name(), provider.description(), provider.options())
        : new Said(provider, level, null, null, null);
  }

  private Optional<InstalledPlugin> checked(String who, Said said) {
    if (said.level() != SpiLevel.CURRENT) {
      problems.add(
          who
              + " speaks SPI level "
              + said.level()
              + ", expected "
              + SpiLevel.CURRENT
              + " (this Elacsym's); install the plugin's release for this Elacsym");
      return Optional.empty();
    }
    String name = said.name();
    String description = said.description();
    List<Option> options = said.options();
    if (name == null || description == null || options == null || hasNull(options)) {
      problems.add(
          who
              + " returns null from "
              + (name == null ? "name()" : description == null ? "description()" : "options()")
              + ", and nothing of a plugin is ever null; report it to its authors");
      return Optional.empty();
    }
    InstalledPlugin plugin =
        new InstalledPlugin(
            kind,
            name,
            said.level(),
            jar.version(),
            description.strip(),
            options,
            jar.path(),
            said.provider());
    int before = problems.size();
    checkNames(who, plugin);
    return problems.size() > before ? Optional.empty() : Optional.of(plugin);
  }

  /** {@code contains(null)} of an immutable list would throw. */
  private static boolean hasNull(List<Option> options) {
    return options.stream().anyMatch(option -> option == null);
  }

  private void checkNames(String who, InstalledPlugin plugin) {
    if (!NAME.matcher(plugin.name()).matches()) {
      problems.add(
          who
              + " is named '"
              + plugin.name()
              + "', expected 1 to 32 characters of a-z, 0-9 and -, starting with a letter");
    }
    if (plugin.description().isEmpty() || plugin.description().contains("\n")) {
      problems.add(who + " has no description of one line");
    }
    Set<String> keys = new HashSet<>();
    for (Option option : plugin.options()) {
      if (!KEY.matcher(option.key()).matches()) {
        problems.add(
            who
                + " declares the option '"
                + option.key()
                + "', expected a key of a-z, 0-9 and _, starting with a letter");
      }
      if (!keys.add(option.key())) {
        problems.add(who + " declares the option '" + option.key() + "' twice");
      }
      option
          .environment()
          .filter(variable -> !VARIABLE.matcher(variable).matches())
          .ifPresent(variable ->
              problems.add(
                  who
                      + " reads the option '"
                      + option.key()
                      + "' from the variable '"
                      + variable
                      + "', expected a name of A-Z, 0-9 and _"));
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
