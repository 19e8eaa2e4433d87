package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespaceVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the versions of a namespace. */
@Command(
    name = "history",
    description = "List the versions of a namespace that can be brought back.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym history -n docs",
      "",
      "Every flush, every merge and every change of the schema makes a version; history.versions and"
          + " history.max_age say how many are kept. A version holds what was flushed by then.",
      "",
      OwnStorage.HELP
    })
final class HistoryCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      required = true,
      description = "Which namespace.")
  private String namespace = "";

  @Mixin private OwnStorage storage = new OwnStorage();

  HistoryCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    OwnStorage.Configured configured = storage.read(environment);
    String instead = configured.curl(namespace + "/history", Optional.empty());
    try (Engine engine = configured.open(instead)) {
      List<NamespaceVersion> history = engine.history(namespace);
      Table table = new Table("version", "committed at", "segments", "documents", "note");
      for (NamespaceVersion version : history) {
        table.row(
            Long.toString(version.version()),
            version.committedAt().toString(),
            Figures.count(version.segments()),
            Figures.count(version.documents()),
            note(version, history.getLast()));
      }
      table.print(screen);
    }
    screen.note(
        "`elacsym restore -n "
            + namespace
            + " --to VERSION` brings one back; `elacsym branch "
            + namespace
            + " NAME --at VERSION` looks at one beside it.");
    return ExitCode.OK;
  }

  private static String note(NamespaceVersion version, NamespaceVersion newest) {
    String restored = version.restored().map(old -> "as version " + old + " was").orElse("");
    if (!version.equals(newest)) {
      return restored;
    }
    return restored.isEmpty() ? "now" : "now, " + restored;
  }
}
