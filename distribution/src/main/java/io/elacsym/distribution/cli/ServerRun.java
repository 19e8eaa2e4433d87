package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.config.CheckedSettings;
import io.elacsym.distribution.config.Configuration;
import io.elacsym.distribution.config.CutDown;
import io.elacsym.distribution.config.Setting;
import io.elacsym.distribution.logging.Logging;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.server.helidon.HttpServer;
import java.util.Map;
import java.util.logging.Level;
import picocli.CommandLine.ExitCode;

/**
 * One run of the server, from the configuration to the signal that ends it. Whatever goes wrong is
 * a line of the log: who reads standard error as JSON lines gets nothing else.
 */
final class ServerRun {
  private static final String TARGET = "io.elacsym.server";

  private final Screen screen;
  private final Map<String, String> environment;
  private final ServerOptions options;

  ServerRun(Screen screen, Map<String, String> environment, ServerOptions options) {
    this.screen = screen;
    this.environment = environment;
    this.options = options;
  }

  int run() throws InterruptedException {
    ConfigOptions.Loaded loaded = options.config().load(environment);
    return options.checkOnly() ? check(loaded) : serve(loaded);
  }

  private int check(ConfigOptions.Loaded loaded) {
    Configuration configuration = loaded.configuration();
    screen.line(
        configuration
            .file()
            .map(file -> "Configuration file: " + file.toAbsolutePath())
            .orElse("No configuration file: defaults and environment only."));
    screen.line("");
    Table table = new Table("key", "value", "from");
    for (Setting setting : configuration.settings()) {
      table.row(setting.key(), setting.shown(), setting.origin().toString());
    }
    table.print(screen);
    screen.line("");
    CheckedSettings checked = loaded.checked();
    checked.warnings().forEach(warning -> screen.note("warning: " + warning));
    checked
        .engine()
        .ifPresent(settings ->
            CutDown.of(configuration, settings, heap())
                .forEach(cut -> screen.line("note: " + cut.message())));
    checked.problems().forEach(problem -> screen.note("error: " + problem));
    if (checked.problems().isEmpty()) {
      screen.line("The configuration is valid.");
      return ExitCode.OK;
    }
    screen.note(
        "The configuration is not valid: " + Figures.of(checked.problems().size(), "error") + ".");
    return ExitCode.SOFTWARE;
  }

  private int serve(ConfigOptions.Loaded loaded) throws InterruptedException {
    CheckedSettings checked = loaded.checked();
    Logging log =
        Logging.start(checked.logging().levels(), checked.logging().format(), screen.err());
    checked.warnings().forEach(warning -> log.write(Level.WARNING, TARGET, warning));
    if (checked.engine().isEmpty() || checked.server().isEmpty()) {
      checked.problems().forEach(problem -> log.write(Level.SEVERE, TARGET, problem));
      log.write(
          Level.SEVERE,
          TARGET,
          "not started; `elacsym server --check-config` checks the configuration");
      return ExitCode.SOFTWARE;
    }
    EngineSettings settings = checked.engine().get();
    for (CutDown cut : CutDown.of(loaded.configuration(), settings, heap())) {
      log.write(cut.wanted() ? Level.WARNING : Level.INFO, TARGET, cut.message());
    }
    Providers providers = loaded.installed().forEngine();
    RunningServer server;
    try {
      server = RunningServer.start(settings, checked.server().get(), checked.cluster(), providers);
    } catch (ElacsymException e) {
      log.write(Level.SEVERE, TARGET, "not started: " + e.forOperators());
      return ExitCode.SOFTWARE;
    } catch (RuntimeException e) {
      log.write(Level.SEVERE, TARGET, "not started, because of a bug", e);
      return ExitCode.SOFTWARE;
    }
    server.stopWithProcess(
        () -> {
          log.write(Level.INFO, TARGET, "stopping");
          log.outlive(); // so that the outcome of the last flush is logged
        },
        () -> log.write(Level.INFO, TARGET, "stopped"));
    log.write(Level.INFO, TARGET, started(server, settings, providers));
    return untilDeath(server.awaitDeath(), server::close, log);
  }

  /**
   * Ends a process whose server cannot serve any more. The exit code tells a supervisor that
   * something went wrong, so that it starts the server anew.
   */
  static int untilDeath(String reason, Runnable close, Logging log) {
    log.write(Level.SEVERE, TARGET, "ending, so that a supervisor starts it anew: " + reason);
    // The server closes first. If the process were told to end first, its hook would close the
    // server and end with 0, as if all were well.
    close.run();
    return ExitCode.SOFTWARE;
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }

  private static String started(
      RunningServer server, EngineSettings settings, Providers providers) {
    String storage = settings.storageBackend();
    return "Elacsym "
        + HttpServer.version()
        + " listens on "
        + server.url()
        + ", storage "
        + storage
        + " "
        + settings.optionsOf("storage", providers.storage(storage))
        + ", segments "
        + settings.segmentFormat()
        + ", indexes "
        + settings.vectorIndex()
        + " and "
        + settings.textIndex();
  }
}
