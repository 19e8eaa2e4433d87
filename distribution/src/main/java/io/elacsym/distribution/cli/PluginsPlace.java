package io.elacsym.distribution.cli;

import io.elacsym.distribution.install.PluginStore;
import io.elacsym.distribution.plugins.PluginDirectories;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says which directory of plugins is changed. */
final class PluginsPlace {
  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "The directory of plugins to change. Default: plugins/ of the installation.")
  private @Nullable Path directory;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  PluginStore store() {
    return new PluginStore(
        Optional.ofNullable(directory)
            .or(() -> PluginDirectories.home().map(home -> home.resolve("plugins")))
            .map(path -> path.toAbsolutePath().normalize())
            .orElseThrow(() ->
                WrongArguments.of(
                    command, "there is no installation around; name a directory with --into")));
  }
}
