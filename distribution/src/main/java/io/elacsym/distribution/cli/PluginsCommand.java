package io.elacsym.distribution.cli;

import io.elacsym.api.Option;
import io.elacsym.distribution.plugins.InstalledPlugin;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Lists what is installed. */
@Command(
    name = "plugins",
    description = "List the installed storages, formats and indexes, or change which there are.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym plugins --options",
      "  elacsym plugins --plugins ./my-plugin",
      "  elacsym plugins install com.example:elacsym-index-flat:1.0.0",
      "",
      "A plugin is a directory of jars in plugins/ of the installation. The configuration names"
          + " plugins by the names shown here."
    })
final class PluginsCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Mixin private PluginOptions plugins = new PluginOptions();

  @picocli.CommandLine.Option(
      names = "--options",
      description = "Show what can be configured, and the defaults.")
  private boolean options;

  PluginsCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    InstalledPlugins installed = plugins.load(environment);
    Table table = new Table("kind", "name", "version", "SPI", "from", "description");
    for (InstalledPlugin plugin : installed.plugins()) {
      table.row(
          plugin.kind().label(),
          plugin.name(),
          plugin.version(),
          Integer.toString(plugin.spiLevel()),
          plugin.directory().toString(),
          plugin.description());
    }
    if (table.isEmpty()) {
      screen.note("No plugin is installed; looked in " + installed.searched() + ".");
    } else {
      table.print(screen);
    }
    if (options) {
      installed.plugins().forEach(this::showOptions);
    }
    installed.problems().forEach(problem -> screen.note("error: " + problem));
    return installed.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void showOptions(InstalledPlugin plugin) {
    if (plugin.options().isEmpty()) {
      return;
    }
    screen.line("");
    screen.line("[" + plugin.table() + "]");
    Table table = new Table("key", "default", "environment", "meaning");
    for (Option option : plugin.options()) {
      table.row(
          option.key(),
          option.defaultValue().orElse(option.required() ? "(required)" : ""),
          option.environment().orElse(""),
          option.meaning());
    }
    table.print(screen);
  }
}
