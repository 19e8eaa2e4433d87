package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.config.CheckedSettings;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Finding;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks what is stored. */
@Command(
    name = "verify",
    description = "Read everything that is stored and check it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym verify",
      "  elacsym verify --namespace docs --config /etc/elacsym/config.toml",
      "",
      "Opens the storage itself, with the server's configuration and environment. On local storage"
          + " the server must be stopped first. The exit code is 1 when something is damaged."
    })
final class VerifyCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Which namespace, or all. Default: all")
  private String namespace = "all";

  @Mixin private ConfigOptions config = new ConfigOptions();

  VerifyCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    ConfigOptions.Loaded loaded = config.load(environment);
    CheckedSettings checked = loaded.checked();
    if (checked.engine().isEmpty()) {
      checked.problems().forEach(problem -> screen.note("error: " + problem));
      return ExitCode.SOFTWARE;
    }
    boolean damaged = false;
    try (Engine engine = Engine.open(checked.engine().get(), loaded.installed().providers())) {
      Table summary = new Table("namespace", "documents", "objects", "bytes", "findings");
      List<Named> findings = new ArrayList<>();
      for (String name : names(engine)) {
        VerifyReport report = verify(engine, name);
        damaged |= report.damaged();
        summary.row(
            name,
            Figures.count(report.documents()),
            Figures.count(report.objects()),
            Figures.bytes(report.bytes()),
            Integer.toString(report.findings().size()));
        report.findings().forEach(finding -> findings.add(new Named(name, finding)));
      }
      show(summary, findings);
    }
    return damaged ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private record Named(String namespace, Finding finding) {}

  private List<String> names(Engine engine) {
    if (!namespace.equals("all")) {
      return List.of(namespace);
    }
    List<String> names = new ArrayList<>();
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      NamespacePage page = engine.list("", next.get(), 1_000);
      names.addAll(page.names());
      next = page.next();
    }
    if (names.isEmpty()) {
      throw ElacsymException.notFound("the storage holds no namespace; is it the right one?");
    }
    return names;
  }

  private VerifyReport verify(Engine engine, String name) {
    try (Progress progress = new Progress(screen, "Verifying " + name, 0)) {
      return engine.verify(name, progress::at);
    }
  }

  private void show(Table summary, List<Named> findings) {
    summary.print(screen);
    if (findings.isEmpty()) {
      screen.line("");
      screen.line("Nothing is damaged.");
      return;
    }
    Table table = new Table("severity", "namespace", "object", "finding");
    for (Named named : findings) {
      Finding finding = named.finding();
      table.row(
          finding.severity().name().toLowerCase(Locale.ROOT),
          named.namespace(),
          finding.object(),
          finding.message());
    }
    screen.line("");
    table.print(screen);
  }
}
