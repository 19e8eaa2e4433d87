package io.elacsym.distribution.cli;

import io.elacsym.distribution.config.CheckedSettings;
import io.elacsym.distribution.config.Configuration;
import io.elacsym.distribution.config.Declarations;
import io.elacsym.distribution.plugins.InstalledPlugins;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the configuration is, and where the plugins are that it may name. */
final class ConfigOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration. Default: the file named by ELACSYM_CONFIG, else ./config.toml, else"
              + " /etc/elacsym/config.toml, else defaults and environment only.")
  private @Nullable Path file;

  @Mixin private PluginOptions plugins = new PluginOptions();

  /**
   * Everything that was read.
   *
   * @param installed the plugins
   * @param configuration the values
   * @param checked the same, checked as a whole
   */
  record Loaded(InstalledPlugins installed, Configuration configuration, CheckedSettings checked) {}

  Loaded load(Map<String, String> environment) {
    InstalledPlugins installed = plugins.load(environment);
    Configuration configuration =
        Configuration.read(Declarations.of(installed), Optional.ofNullable(file), environment);
    return new Loaded(installed, configuration, CheckedSettings.of(configuration, installed));
  }
}
