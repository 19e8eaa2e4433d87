package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Finding;
import io.elacsym.engine.model.RepairReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a damaged namespace open again. */
@Command(
    name = "repair",
    description = "Make a namespace open again whose manifest is damaged or gone.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym repair -n docs",
      "  elacsym repair -n docs --forget-lost",
      "",
      "Puts the newest whole copy of the manifest, which the history keeps, in its place. Writes are"
          + " read from the WAL from there on, so none that was acknowledged is lost.",
      "",
      "A segment that is lost cannot be made again. Before giving it up with --forget-lost, try what"
          + " has it still: `elacsym restore`, the versions of the bucket, a backup. Damaged indexes"
          + " and entries of the WAL need no repair.",
      "",
      OwnStorage.HELP
    })
final class RepairCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      required = true,
      description = "Which namespace.")
  private String namespace = "";

  @Option(
      names = "--forget-lost",
      description =
          "Also give up, for good, every segment whose documents are missing or damaged, so that the"
              + " rest is served again.")
  private boolean forgetLost;

  @Mixin private Consent consent = new Consent();

  @Mixin private OwnStorage storage = new OwnStorage();

  RepairCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Engine engine =
        storage.read(environment).open("It cannot be repaired while the server runs.")) {
      repairManifest(engine);
      if (forgetLost && !forget(engine)) {
        return ExitCode.SOFTWARE;
      }
    }
    screen.note("`elacsym verify -n " + namespace + "` checks all of it.");
    return ExitCode.OK;
  }

  private void repairManifest(Engine engine) {
    RepairReport report = engine.repair(namespace, false, bytes -> {});
    screen.line(
        report
            .manifestOf()
            .map(version ->
                "The manifest was damaged or gone. The copy of version "
                    + version
                    + " is in its place; what was written since is read from the WAL.")
            .orElse(
                forgetLost
                    ? "The manifest is whole."
                    : "The manifest is whole; nothing was changed."));
  }

  /** Gives up what is lost; false when that was not wanted. */
  private boolean forget(Engine engine) {
    if (!consent.unasked()) {
      List<Finding> lost = lost(engine);
      if (lost.isEmpty()) {
        screen.line("No segment is lost; there is nothing to give up.");
        return true;
      }
      Table table = new Table("lost", "why");
      lost.forEach(finding -> table.row(finding.object(), finding.message()));
      table.print(screen);
      if (!consent.given(screen, "Give up these segments with all their documents, for good?")) {
        return false;
      }
    }
    RepairReport report;
    try (Progress progress = new Progress(screen, "Verifying " + namespace, 0)) {
      report = engine.repair(namespace, true, progress::at);
    }
    if (report.forgotten().isEmpty()) {
      screen.line("No segment is lost; nothing was given up.");
      return true;
    }
    Table table = new Table("given up");
    report.forgotten().forEach(object -> table.row(object));
    table.print(screen);
    screen.line("");
    screen.line(
        Figures.of(report.lostRows(), "document") + " lost; everything else is served again.");
    return true;
  }

  /**
   * Damage that only giving up segments can end. Damaged indexes are left out, because the engine
   * makes them again by itself, and so are entries of the WAL, which are skipped.
   */
  private List<Finding> lost(Engine engine) {
    try (Progress progress = new Progress(screen, "Verifying " + namespace, 0)) {
      return engine.verify(namespace, progress::at).findings().stream()
          .filter(finding -> finding.severity() == Finding.Severity.DAMAGE)
          .filter(finding ->
              finding.object().contains("/segments/") || finding.object().contains("/tombstones/"))
          .toList();
    }
  }
}
