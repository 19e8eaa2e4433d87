package io.elacsym.distribution.cli;

import io.elacsym.api.storage.StorageProvider;
import io.elacsym.distribution.probe.StorageProbe;
import io.elacsym.distribution.promise.PromiseResult;
import io.elacsym.distribution.promise.PromiseResult.Outcome;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Steps;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.settings.EngineSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the storage contract on the configured storage. */
@Command(
    name = "probe",
    description = "Check every promise that Elacsym needs its storage to keep.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym storage probe",
      "  elacsym storage probe --config /etc/elacsym/config.toml --rounds 200",
      "",
      "Is my S3-compatible store good enough? This runs the contract that storage plugins are tested"
          + " with on the bucket itself: what was written is read, lists are complete and in order,"
          + " and of many conditional puts at once exactly one wins. Some 10,000 requests and"
          + " 500 MB, below a prefix of its own (elacsym-probe-...), which is deleted in the end."
          + " Namespaces are not touched.",
      "",
      OwnStorage.HELP,
      "",
      "The exit code is 1 when a promise is broken, and when one could not be looked at because the"
          + " storage did not answer."
    })
final class ProbeCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each race of 16 writers for one object, from 1. Default: 40")
  private int rounds = 40;

  @Mixin private OwnStorage storage = new OwnStorage();

  ProbeCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (rounds < 1) {
      throw WrongArguments.of(spec, "--rounds is " + rounds + ", expected at least 1");
    }
    OwnStorage.Configured configured = storage.read(environment);
    EngineSettings settings = configured.settings();
    String backend = settings.storageBackend();
    StorageProvider provider = configured.installed().providers().storage(backend);
    StorageProbe probe =
        new StorageProbe(
            provider,
            settings.pluginOptions().getOrDefault("storage." + backend, Map.of()),
            rounds);
    screen.note(
        "Probing storage "
            + backend
            + " "
            + settings.optionsOf("storage", provider)
            + " below "
            + probe.prefix());
    List<PromiseResult> results;
    try (Steps steps = new Steps(screen, "Probing", probe.size())) {
      results =
          OwnStorage.orElse(
              "It cannot be probed while the server runs.",
              () -> probe.run(Optional.empty(), steps::begin));
    }
    show(results);
    return verdict(results);
  }

  private void show(List<PromiseResult> results) {
    Table table = new Table("check", "result", "time");
    for (PromiseResult result : results) {
      table.row(result.promise(), result.outcome().label(), Figures.seconds(result.time()));
    }
    table.print(screen);
    screen.line("");
    results.forEach(result -> result.failure().ifPresent(screen::line));
  }

  private int verdict(List<PromiseResult> results) {
    long broken = results.stream().filter(r -> r.outcome() == Outcome.BROKEN).count();
    long open = results.stream().filter(r -> r.outcome() == Outcome.UNANSWERED).count();
    if (broken > 0) {
      screen.line(
          broken
              + " of "
              + results.size()
              + " promises are broken: this storage is not good enough, data on it could be lost.");
    } else if (open > 0) {
      screen.line(
          "The storage did not answer " + open + " of " + results.size() + " checks; try again.");
    } else {
      screen.line("All " + results.size() + " promises hold: this storage is good enough.");
    }
    return broken + open == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
