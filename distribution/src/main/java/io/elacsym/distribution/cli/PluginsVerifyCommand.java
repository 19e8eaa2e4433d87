package io.elacsym.distribution.cli;

import io.elacsym.api.Provider;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.distribution.install.ShortContract;
import io.elacsym.distribution.install.ShortContract.Outcome;
import io.elacsym.distribution.plugins.PluginKind;
import io.elacsym.distribution.probe.StorageProbe;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Steps;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import java.time.Duration;
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
          + " and is deleted again.",
      "",
      OwnStorage.HELP,
      "",
      "The exit code is 1 when a promise is broken."
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
      description = "No check of a format or an index is begun after so long. Default: 15")
  private int seconds = 15;

  @Option(names = "--full", description = "Run every check, however long it takes.")
  private boolean full;

  @Mixin private OwnStorage storage = new OwnStorage();

  PluginsVerifyCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  /** A plugin that the configuration chooses. */
  private record Chosen(PluginKind kind, Provider provider) {}

  @Override
  public Integer call() {
    if (seconds < 1) {
      throw WrongArguments.of(spec, "--seconds is " + seconds + ", expected at least 1");
    }
    OwnStorage.Configured configured = storage.read(environment);
    EngineSettings settings = configured.settings();
    Providers providers = configured.installed().providers();
    List<Chosen> chosen =
        List.of(
            new Chosen(PluginKind.STORAGE, providers.storage(settings.storageBackend())),
            new Chosen(
                PluginKind.SEGMENT_FORMAT, providers.segmentFormat(settings.segmentFormat())),
            new Chosen(PluginKind.VECTOR_INDEX, providers.vectorIndex(settings.vectorIndex())),
            new Chosen(PluginKind.TEXT_INDEX, providers.textIndex(settings.textIndex())));
    Table table = new Table("kind", "name", "result");
    List<String> broken = new ArrayList<>();
    try (Steps steps = new Steps(screen, "Verifying", chosen.size())) {
      for (Chosen each : chosen) {
        steps.begin(each.kind().label() + " " + each.provider().name());
        Outcome outcome = outcome(each, settings);
        table.row(each.kind().label(), each.provider().name(), outcome.toString());
        broken.addAll(outcome.broken());
      }
    }
    table.print(screen);
    broken.forEach(screen::line);
    return broken.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Outcome outcome(Chosen chosen, EngineSettings settings) {
    String name = chosen.kind().section() + "." + chosen.provider().name();
    Map<String, String> options = settings.pluginOptions().getOrDefault(name, Map.of());
    Outcome contract =
        ShortContract.of(chosen.provider(), options)
            .run(full ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
    return chosen.provider() instanceof StorageProvider provider
        ? together(contract, probed(provider, options))
        : contract;
  }

  private static Outcome probed(StorageProvider provider, Map<String, String> options) {
    StorageProbe probe = new StorageProbe(provider, options, FEW_ROUNDS);
    List<StorageProbe.Result> results =
        OwnStorage.orElse(
            "It cannot be verified while the server runs.", () -> probe.run(step -> {}));
    return new Outcome(
        results.size(),
        results.size(),
        results.stream().flatMap(result -> result.failure().stream()).toList());
  }

  private static Outcome together(Outcome a, Outcome b) {
    List<String> broken = new ArrayList<>(a.broken());
    broken.addAll(b.broken());
    return new Outcome(a.run() + b.run(), a.all() + b.all(), broken);
  }
}
