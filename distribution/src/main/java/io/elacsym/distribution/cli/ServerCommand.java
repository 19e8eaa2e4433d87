package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Screen;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the server. */
@Command(
    name = "server",
    description = "Run the server (what happens without a command).",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ELACSYM_STORAGE_PATH=/var/lib/elacsym ELACSYM_CACHE_DISK_PATH=/var/cache/elacsym elacsym"
          + " server",
      "  elacsym server --config /etc/elacsym/config.toml",
      "  elacsym server --check-config",
      "",
      "Default: data in ./data, cache in ./cache, port 3000, log as JSON lines on standard error"
          + " (logging.format = \"text\" for people). Ctrl-C or SIGTERM stops it; no acknowledged"
          + " write is ever lost.",
      "Next: curl http://localhost:3000/health, `elacsym import --help`."
    })
final class ServerCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Mixin private ServerOptions options = new ServerOptions();

  ServerCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new ServerRun(screen, environment, options).run();
  }
}
