package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginDirectories;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.server.helidon.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a first-time user that it works. */
@Command(
    name = "quickstart",
    description = "Start a server with a dictionary in it, show some queries, and stay.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym quickstart",
      "  elacsym quickstart --all",
      "",
      "Needs no network and no configuration. The first run computes vectors with a small language"
          + " model, which takes a minute or two; they are kept in ~/.cache/elacsym, later runs start"
          + " in seconds. Ctrl-C stops the server; removing the data directory removes every trace."
    })
final class QuickstartCommand implements Callable<Integer> {
  private static final String DEMO = "io.elacsym.examples.dictionary.Main";
  private static final int USUAL_PORT = 3000;

  private final Screen screen;
  private final Map<String, String> environment;

  @Option(
      names = "--all",
      description = "Load all 117,791 meanings of WordNet instead of 5,000 familiar ones.")
  private boolean all;

  @Option(names = "--limit", paramLabel = "N", description = "Load about this many meanings.")
  private @Nullable Integer limit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data goes. Default: ${DEFAULT-VALUE}")
  private Path data = Path.of("data", "quickstart");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on. Default: 3000, or any free one when that is taken")
  private @Nullable Integer port;

  @Option(names = "--exit", description = "Stop after the queries.")
  private boolean exit;

  @Mixin private PluginOptions plugins = new PluginOptions();

  QuickstartCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> demo = demo();
    InstalledPlugins installed = plugins.load(environment);
    if (!installed.problems().isEmpty()) {
      throw ElacsymException.invalid(String.join("\n", installed.problems()));
    }
    Files.createDirectories(data);
    try (RunningServer server = start(installed.forEngine())) {
      server.stopWithProcess(() -> screen.line(""), () -> screen.line("Stopped."));
      screen.line("A server runs at " + server.url() + ", its data is in " + data + ".");
      screen.line("");
      demo.add("--server");
      demo.add(server.url().toString());
      int code = new ProcessBuilder(demo).inheritIO().start().waitFor();
      if (code != 0) {
        throw new ElacsymException(
            ErrorKind.INTERNAL, "the demo ended with exit code " + code + "; see its output above");
      }
      if (!exit) {
        sayWhatNext(server);
        throw new ElacsymException(ErrorKind.UNAVAILABLE, server.awaitDeath());
      }
    }
    return ExitCode.OK;
  }

  private List<String> demo() {
    Path jars =
        PluginDirectories.home()
            .map(home -> home.resolve("demo"))
            .filter(Files::isDirectory)
            .orElseThrow(() ->
                ElacsymException.notFound(
                    "there is no demo/ beside lib/; quickstart runs from the complete"
                        + " distribution"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(jars.resolve("*").toString());
    command.add(DEMO);
    if (all) {
      command.add("--all");
    }
    if (limit != null) {
      command.add("--limit");
      command.add(limit.toString());
    }
    return command;
  }

  private RunningServer start(Providers providers) {
    EngineSettings settings =
        EngineSettings.of(
            Map.of(
                "storage.backend", "local",
                "storage.local.root_path", data.resolve("storage").toString(),
                "cache.disk_path", data.resolve("cache").toString()));
    Integer wanted = port;
    if (wanted != null) {
      return RunningServer.start(settings, listen(wanted), Optional.empty(), providers);
    }
    try {
      return RunningServer.start(settings, listen(USUAL_PORT), Optional.empty(), providers);
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.UNAVAILABLE) {
        throw e;
      }
      screen.note("Port " + USUAL_PORT + " is taken, so another one is used.");
      return RunningServer.start(settings, listen(0), Optional.empty(), providers);
    }
  }

  private static ServerSettings listen(int port) {
    return ServerSettings.of(
        Map.of("server.host", "127.0.0.1", "server.port", Integer.toString(port)));
  }

  private void sayWhatNext(RunningServer server) {
    boolean usual = server.url().getPort() == USUAL_PORT;
    String options = usual ? " -n dictionary" : " -n dictionary --server " + server.url();
    screen.line("");
    screen.line("The server goes on at " + server.url() + " until Ctrl-C. In another terminal:");
    screen.line("  elacsym stats" + options);
    screen.line("  elacsym query" + options + " --text \"fear of spiders\"");
    screen.line("  elacsym export" + options + " --out dictionary.jsonl");
    screen.line("  elacsym import --help        # your own documents");
  }
}
