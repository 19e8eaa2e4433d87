package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.config.CheckedSettings;
import io.elacsym.distribution.config.Configuration;
import io.elacsym.distribution.config.Origin;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.BackupReport;
import io.elacsym.engine.settings.EngineSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies namespaces to another storage, or under another name. */
@Command(
    name = "backup",
    description = "Copy namespaces, each as it is at one moment, to another place.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym backup --to storage.backend=local --to storage.local.root_path=/backup",
      "  elacsym backup -n docs --to storage.s3.prefix=backup/monday",
      "  elacsym backup -n docs --as docs-before-import",
      "  elacsym backup --to-config backup.toml",
      "",
      "The place is configured as the server's own storage is, but for what --to-config and --to"
          + " change; --to wins, and both win over the environment. It may be another storage, bucket,"
          + " prefix or folder, and --as another name.",
      "",
      "The copy has what was acknowledged, flushed or not, and is a namespace like any other: a"
          + " server configured for that place serves it. Copying again to the same place copies only"
          + " what is new. A copy that was written to since is not touched. Every byte is verified on"
          + " its way. The exit code is 1 when a namespace could not be copied, or not all of it.",
      "",
      OwnStorage.HELP
    })
final class BackupCommand implements Callable<Integer> {
  private static final String STORAGE = "storage";

  private final Screen screen;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private WhichNamespaces namespaces = new WhichNamespaces();

  @Option(
      names = "--to",
      paramLabel = "KEY=VALUE",
      description =
          "A key of the place's configuration, such as storage.s3.bucket; may be repeated.")
  private Map<String, String> to = new LinkedHashMap<>();

  @Option(
      names = "--to-config",
      paramLabel = "FILE",
      description = "A configuration file whose [storage] tables say where the place is.")
  private @Nullable Path toConfig;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Name of the copy. Default: the same name")
  private @Nullable String as;

  @Mixin private OwnStorage storage = new OwnStorage();

  BackupCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (as != null && namespaces.all()) {
      throw WrongArguments.of(
          spec, "--as names the copy of one namespace; say which with --namespace");
    }
    for (String key : to.keySet()) {
      if (!key.startsWith(STORAGE + ".")) {
        throw WrongArguments.of(
            spec, "--to has '" + key + "', expected a key that begins with storage.");
      }
    }
    OwnStorage.Configured source = storage.read(environment);
    EngineSettings target = target(source);
    if (target.sameStorage(source.settings()) && (as == null || namespaces.are(as))) {
      throw WrongArguments.of(
          spec,
          "that is where the namespaces are; say where else with --to or --to-config, or how the copy"
              + " is called with --as");
    }
    try (Engine engine =
        source.open(
            "While the server runs, its folder can be copied with tar or rsync: see"
                + " docs/operations.md.")) {
      return backup(engine, target, place(source, target));
    }
  }

  private EngineSettings target(OwnStorage.Configured source) {
    Configuration changed = source.configuration();
    if (toConfig != null) {
      changed = changed.with(toConfig, STORAGE);
    }
    changed = changed.with(to, new Origin.Argument("--to"));
    changed.warnings().stream()
        .filter(warning -> !source.configuration().warnings().contains(warning))
        .forEach(warning -> screen.note("warning: " + warning));
    return OwnStorage.checked(CheckedSettings.of(changed, source.installed()));
  }

  private static String place(OwnStorage.Configured source, EngineSettings target) {
    String backend = target.storageBackend();
    return "storage "
        + backend
        + " "
        + target.optionsOf(STORAGE, source.installed().providers().storage(backend));
  }

  private int backup(Engine engine, EngineSettings target, String place) {
    Table table = new Table("namespace", "copy", "version", "objects", "copied", "bytes");
    List<String> problems = new ArrayList<>();
    for (String name : namespaces.names(engine)) {
      String copy = as == null ? name : as;
      try (Progress progress = new Progress(screen, "Copying " + name, 0)) {
        BackupReport report = engine.backup(name, target, copy, progress::at);
        table.row(
            name,
            copy,
            Long.toString(report.version()),
            Figures.count((long) report.copied() + report.kept()),
            Figures.count(report.copied()),
            Figures.bytes(report.copiedBytes()));
        if (report.skippedWalEntries() > 0) {
          problems.add(
              name
                  + ": "
                  + "damaged and not in the copy: "
                  + Figures.of(report.skippedWalEntries(), "group")
                  + " of writes in the WAL; they are lost");
        }
      } catch (ElacsymException e) {
        if (!namespaces.all()) {
          throw e;
        }
        // The others can be copied all the same.
        problems.add(name + ": " + e.forOperators());
      }
    }
    if (!table.isEmpty()) {
      screen.line("To " + place);
      screen.line("");
      table.print(screen);
    }
    problems.forEach(problem -> screen.note("error: " + problem));
    return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
