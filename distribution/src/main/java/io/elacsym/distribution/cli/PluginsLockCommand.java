package io.elacsym.distribution.cli;

import io.elacsym.distribution.install.PluginStore;
import io.elacsym.distribution.plugins.PluginLock;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Takes the checksums of all plugins down. */
@Command(
    name = "lock",
    description = "Take down the checksums of all plugins as they are now.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym plugins lock",
      "",
      "Writes plugins.lock into the directory of plugins. While it is there, Elacsym runs no code of a"
          + " jar that differs from it or is not in it. Delete the file to be rid of that."
    })
final class PluginsLockCommand implements Callable<Integer> {
  private final Screen screen;

  @Mixin private PluginsPlace place = new PluginsPlace();

  PluginsLockCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    PluginStore store = place.store();
    int jars = store.lock();
    screen.line(store.plugins().resolve(PluginLock.FILE) + " has " + Figures.of(jars, "jar") + ".");
    return ExitCode.OK;
  }
}
