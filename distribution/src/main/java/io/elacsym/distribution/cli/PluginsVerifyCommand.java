package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Provider;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.distribution.install.ShortContract;
import io.elacsym.distribution.plugins.PluginKind;
import io.elacsym.distribution.probe.StorageProbe;
import io.elacsym.distribution.promise.PromiseResult;
import io.elacsym.distribution.promise.PromiseResult.Outcome;
import io.elacsym.distribution.promise.PromiseRun;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Steps;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/** Tries the plugins that are chosen. */
@Command(
    name = "verify",
    description = "Open each plugin that the configuration chooses and try its promises.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym plugins verify",
      "  elacsym plugins verify --config /etc/elacsym/config.toml --seconds 60",
      "  elacsym plugins verify --full",
      "",
      "Runs the contract that plugins are tested with, for some seconds each: whether they work here,"
          + " on this Java, with these options. What is tried on the storage has a prefix of its own"
          + " and is deleted again; `elacsym storage probe` tries all of it.",
      "",
      OwnStorage.HELP,
      "",
      "The exit code is 1 when a promise is broken, and when one could not be looked at because the"
          + " storage did not answer."
    })
final class PluginsVerifyCommand implements Callable<Integer> {
  /** Rounds of each race on the storage: `elacsym storage probe` has more. */
  private static final int FEW_ROUNDS = 2;

  private final Screen screen;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "No check of a plugin is begun after so long; one that goes on is given up a minute later."
              + " Default: 15")
  private int seconds = 15;

  @Option(names = "--full", description = "Run every check, however long it takes.")
  private boolean full;

  @Mixin private OwnStorage storage = new OwnStorage();

  PluginsVerifyCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  /**
   * What became of a plugin.
   *
   * @param all how many promises there are
   */
  private record Verified(List<PromiseResult> results, int all) {
    long count(Outcome outcome) {
      return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /** In a few words. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      text.append(count(Outcome.HOLDS)).append(" of ").append(all).append(" promises hold");
      for (Outcome outcome : List.of(Outcome.BROKEN, Outcome.UNANSWERED)) {
        if (count(outcome) > 0) {
          text.append(", ").append(count(outcome)).append(' ').append(outcome.label());
        }
      }
      return text.toString();
    }
  }

  @Override
  public Integer call() {
    if (seconds < 1) {
      throw WrongArguments.of(spec, "--seconds is " + seconds + ", expected at least 1");
    }
    OwnStorage.Configured configured = storage.read(environment);
    EngineSettings settings = configured.settings();
    Providers providers = configured.installed().providers();
    Table table = new Table("kind", "name", "result");
    List<PromiseResult> failed = new ArrayList<>();
    try (Steps steps = new Steps(screen, "Verifying", PluginKind.values().length)) {
      for (PluginKind kind : PluginKind.values()) {
        Provider provider = kind.named(providers, kind.chosen(settings));
        steps.begin(kind.label() + " " + provider.name());
        Verified verified =
            verified(
                provider,
                settings
                    .pluginOptions()
                    .getOrDefault(kind.section() + "." + provider.name(), Map.of()));
        table.row(kind.label(), provider.name(), verified.toString());
        verified.results().stream()
            .filter(result -> result.outcome() != Outcome.HOLDS)
            .forEach(failed::add);
      }
    }
    table.print(screen);
    failed.forEach(result -> result.failure().ifPresent(screen::line));
    if (failed.stream().noneMatch(result -> result.outcome() == Outcome.BROKEN)
        && !failed.isEmpty()) {
      screen.line("Nothing is known to be broken, but not everything was answered; try again.");
    }
    return failed.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Verified verified(Provider provider, Map<String, String> options) {
    Optional<Duration> time = full ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    PromiseRun contract = ShortContract.of(provider, options);
    List<PromiseResult> results = new ArrayList<>(contract.run(time, promise -> {}));
    int all = contract.checks().size();
    if (provider instanceof StorageProvider storages) {
      StorageProbe probe = new StorageProbe(storages, options, FEW_ROUNDS);
      results.addAll(probed(probe, time));
      all += probe.size();
    }
    return new Verified(results, all);
  }

  /** The other plugins are verified also when the storage is out of reach. */
  private static List<PromiseResult> probed(StorageProbe probe, Optional<Duration> time) {
    Instant start = Instant.now();
    try {
      return OwnStorage.orElse(
          "It cannot be verified while the server runs.", () -> probe.run(time, promise -> {}));
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.UNAVAILABLE && e.kind() != ErrorKind.CONFLICT) {
        throw e;
      }
      return List.of(
          new PromiseResult(
              "the storage opens",
              Outcome.UNANSWERED,
              Duration.between(start, Instant.now()),
              Optional.of("the storage cannot be opened now: " + e.getMessage())));
    }
  }
}
