package io.elacsym.distribution.plugins;

import io.elacsym.api.Option;
import io.elacsym.api.Provider;
import io.elacsym.api.SpiLevel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/** Starts a provider and holds it to what {@link Provider} promises. */
final class ProviderCheck {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

  private ProviderCheck() {}

  /** The plugin, or empty with what is wrong added to {@code problems}. */
  static Optional<InstalledPlugin> check(
      PluginKind kind,
      ServiceLoader.Provider<? extends Provider> service,
      PluginJar jar,
      List<String> problems) {
    String who = jar.path() + ": " + service.type().getName();
    try {
      Provider provider = ContextLoader.around(service.get(), kind.spi());
      // Before everything else: no other method means the same on another level.
      int level = provider.spiLevel();
      if (level != SpiLevel.CURRENT) {
        problems.add(
            who
                + " speaks SPI level "
                + level
                + ", expected "
                + SpiLevel.CURRENT
                + " (this Elacsym's); install the plugin's release for this Elacsym");
        return Optional.empty();
      }
      InstalledPlugin plugin =
          new InstalledPlugin(
              kind,
              provider.name(),
              level,
              jar.version(),
              provider.description().strip(),
              provider.options(),
              jar.path(),
              provider);
      int before = problems.size();
      checkNames(who, plugin, problems);
      return problems.size() > before ? Optional.empty() : Optional.of(plugin);
    } catch (Exception | LinkageError | ServiceConfigurationError e) {
      // Whatever foreign code throws must not be more than one line at start-up.
      problems.add(who + " failed while it was loaded: " + root(e) + "; report it to its authors");
      return Optional.empty();
    }
  }

  private static void checkNames(String who, InstalledPlugin plugin, List<String> problems) {
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
