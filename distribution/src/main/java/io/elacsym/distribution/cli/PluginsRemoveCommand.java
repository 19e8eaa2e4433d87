package io.elacsym.distribution.cli;

import io.elacsym.distribution.install.PluginStore;
import io.elacsym.distribution.terminal.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a plugin's directory. */
@Command(
    name = "remove",
    description = "Remove a plugin's directory.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym plugins remove index-flat",
      "",
      "NAME is the directory's, the last part of what `elacsym plugins` shows as 'from'. No code of the"
          + " plugin is run. A running server keeps what it has loaded until it is stopped. What the"
          + " plugin has stored can be read again only when it is installed again; `elacsym reindex`"
          + " exchanges its indexes before."
    })
final class PluginsRemoveCommand implements Callable<Integer> {
  private final Screen screen;

  @Parameters(paramLabel = "NAME", description = "The plugin's directory.")
  private String name = "";

  @Mixin private PluginsPlace place = new PluginsPlace();
  @Mixin private Consent consent = new Consent();

  PluginsRemoveCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    PluginStore store = place.store();
    if (store.has(name)
        && !consent.given(screen, "Remove " + store.plugins().resolve(name) + "?")) {
      return ExitCode.SOFTWARE;
    }
    store.remove(name);
    screen.line("Removed " + store.plugins().resolve(name));
    return ExitCode.OK;
  }
}
