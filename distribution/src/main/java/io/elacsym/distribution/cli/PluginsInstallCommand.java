package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.files.Directories;
import io.elacsym.distribution.install.Coordinates;
import io.elacsym.distribution.install.MavenRepository;
import io.elacsym.distribution.install.PluginStore;
import io.elacsym.distribution.install.ShortContract;
import io.elacsym.distribution.plugins.InstalledPlugin;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Installs a plugin. */
@Command(
    name = "install",
    description = "Install a plugin, or another version of one.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym plugins install elacsym-index-flat-1.0.0-plugin.zip",
      "  elacsym plugins install com.example:elacsym-index-flat:1.0.0",
      "  elacsym plugins install target/plugin --name index-flat",
      "",
      "Coordinates are looked up in a Maven repository, in which a plugin is a zip with the"
          + " classifier 'plugin' that holds the plugin's directory; its checksum there is checked."
          + " The plugin is loaded and some promises of its contract are tried before it takes its"
          + " place. The checksums of its jars go into plugins.lock, to which Elacsym holds them from"
          + " then on. A running server takes the plugin when it is started again.",
      "",
      "A plugin runs with all rights of the server. Install only what you trust."
    })
final class PluginsInstallCommand implements Callable<Integer> {
  private static final Duration TRIAL = Duration.ofSeconds(5);

  private final Screen screen;

  @Parameters(
      paramLabel = "FILE|COORDINATES",
      description = "A zip, a jar or a directory, or group:artifact:version.")
  private String plugin = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What its directory is called. Default: as in the zip, or as the file.")
  private @Nullable String name;

  @Option(
      names = "--repository",
      paramLabel = "URL",
      description = "The Maven repository to look in. Default: Maven Central.")
  private String repository = MavenRepository.CENTRAL;

  @Mixin private PluginsPlace place = new PluginsPlace();

  PluginsInstallCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    PluginStore store = place.store();
    if (!Coordinates.isOne(plugin) || Files.exists(Path.of(plugin))) {
      return install(store, Path.of(plugin));
    }
    Coordinates coordinates = Coordinates.of(plugin);
    Path download = Files.createTempDirectory("elacsym-plugin-");
    Path zip = download.resolve(coordinates.artifact() + "-plugin.zip");
    try {
      try (Progress progress = new Progress(screen, "Fetching", -1)) {
        new MavenRepository(repository)
            .fetch(
                coordinates,
                zip,
                (bytes, all) -> {
                  progress.outOf(all);
                  progress.at(bytes);
                });
      }
      return install(store, zip);
    } finally {
      Directories.delete(download);
    }
  }

  private int install(PluginStore store, Path source) {
    PluginStore.Added added = store.add(source, Optional.ofNullable(name), this::check);
    for (InstalledPlugin provided : added.provides()) {
      screen.line(
          (added.replaced() ? "Replaced " : "Installed ")
              + provided.kind().label()
              + " "
              + provided.name()
              + " "
              + provided.version()
              + " in "
              + added.directory());
    }
    screen.note(
        "A server takes it when it is started, and uses it when its configuration says so.");
    return ExitCode.OK;
  }

  private void check(InstalledPlugin provided) {
    List<String> seen =
        ShortContract.of(provided.provider(), Map.of())
            .run(Optional.of(TRIAL), promise -> {})
            .stream()
            .flatMap(result -> result.failure().stream())
            .toList();
    if (!seen.isEmpty()) {
      throw ElacsymException.invalid(
          "not installed, because "
              + provided.name()
              + " does not keep its contract:"
              + System.lineSeparator()
              + String.join(System.lineSeparator(), seen));
    }
  }
}
