package io.elacsym.distribution.cli;

import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginDirectories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where plugins are looked for. */
final class PluginOptions {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description =
          "Look for plugins in this directory too; may be repeated. Also: ELACSYM_PLUGINS.")
  private List<Path> directories = new ArrayList<>();

  InstalledPlugins load(Map<String, String> environment) {
    return InstalledPlugins.load(
        PluginDirectories.searched(
            directories, Optional.ofNullable(environment.get(PluginDirectories.VARIABLE))));
  }
}
