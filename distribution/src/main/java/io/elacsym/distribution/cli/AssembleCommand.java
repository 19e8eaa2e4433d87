package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.assemble.Assembly;
import io.elacsym.distribution.assemble.ContainerFile;
import io.elacsym.distribution.assemble.JavaRuntime;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginDirectories;
import io.elacsym.distribution.plugins.PluginKind;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.engine.settings.EngineSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a distribution with chosen plugins. */
@Command(
    name = "assemble",
    description = "Make a copy of Elacsym with chosen plugins, and a Java if wanted.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym assemble --plugins storage-s3,format-parquet,index-ivf,index-bm25 --out ./elacsym-s3",
      "  elacsym assemble --out ./elacsym-everywhere --runtime",
      "  elacsym assemble --out ./image --runtime --image && docker build --tag elacsym ./image",
      "",
      "A plugin's name here is its directory's. The copy can be moved and packed; `bin/aot-cache` in it"
          + " makes short commands start faster at the place where it stays."
    })
final class AssembleCommand implements Callable<Integer> {
  private final Screen screen;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--plugins",
      split = ",",
      paramLabel = "NAME",
      description = "The plugins that it has, with commas between. Default: all.")
  private List<String> plugins = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Look for plugins in this directory of plugins too; may be repeated.")
  private List<Path> from = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The directory to make.")
  private Path out = Path.of(".");

  @Option(
      names = "--runtime",
      description = "With a Java of its own, so that the machine needs none: 60 MB more.")
  private boolean runtime;

  @Option(names = "--image", description = "With a Dockerfile from which an image is built of it.")
  private boolean image;

  @Option(names = "--demo", description = "With what `elacsym quickstart` needs: 143 MB more.")
  private boolean demo;

  AssembleCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Path home =
        PluginDirectories.home()
            .orElseThrow(() ->
                WrongArguments.of(spec, "there is no installation around; run bin/elacsym of one"));
    if (demo && Assembly.demoOf(home).isEmpty()) {
      throw ElacsymException.invalid(home + " has no demo/ itself; leave --demo out");
    }
    Assembly assembly = new Assembly(home, chosen(home), demo);
    List<String> missing = missing(assembly);
    assembly.writeTo(out);
    if (runtime) {
      screen.note("Linking a Java ...");
      JavaRuntime.linkInto(out);
    }
    if (image) {
      ContainerFile.writeInto(out, runtime);
    }
    screen.line("Made " + out + ": " + Figures.bytes(Assembly.size(out)));
    missing.forEach(screen::note);
    return ExitCode.OK;
  }

  private SortedMap<String, Path> chosen(Path home) {
    List<Path> directories = new ArrayList<>(List.of(home.resolve("plugins")));
    directories.addAll(from);
    SortedMap<String, Path> choices = Assembly.choices(directories);
    if (plugins.isEmpty()) {
      return choices;
    }
    SortedMap<String, Path> chosen = new TreeMap<>();
    for (String name : plugins) {
      Path directory = choices.get(name.strip());
      if (directory == null) {
        throw ElacsymException.notFound(
            "no plugin's directory is called '"
                + name.strip()
                + "'; there are "
                + choices.keySet());
      }
      chosen.put(name.strip(), directory);
    }
    return chosen;
  }

  /** What has to be configured because the default is not there; an error where nothing is. */
  private List<String> missing(Assembly assembly) {
    InstalledPlugins loaded = InstalledPlugins.load(List.copyOf(assembly.plugins().values()));
    if (!loaded.problems().isEmpty()) {
      throw ElacsymException.invalid(String.join(System.lineSeparator(), loaded.problems()));
    }
    EngineSettings defaults = EngineSettings.of(Map.of());
    List<String> lines = new ArrayList<>();
    for (PluginKind kind : PluginKind.values()) {
      String usual = kind.chosen(defaults);
      List<String> names =
          loaded.plugins().stream()
              .filter(plugin -> plugin.kind() == kind)
              .map(plugin -> plugin.name())
              .toList();
      if (names.isEmpty()) {
        throw ElacsymException.invalid(
            "no " + kind.label() + " plugin is chosen, and Elacsym needs one of each kind");
      }
      if (!names.contains(usual)) {
        lines.add(
            "Its configuration has to say "
                + kind.key()
                + ": there is "
                + names
                + " and no "
                + usual
                + ".");
      }
    }
    return lines;
  }
}
