package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import io.elacsym.distribution.terminal.Table;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Finding;
import io.elacsym.engine.model.Finding.Severity;
import io.elacsym.engine.model.VerifyReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Checks what is stored. */
@Command(
    name = "verify",
    description = "Read everything that is stored and check it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym verify",
      "  elacsym verify --namespace docs --config /etc/elacsym/config.toml",
      "",
      OwnStorage.HELP,
      "",
      "The last line says whether anything is damaged; the exit code is 1 when something is, or may"
          + " be. A doubt is what fits to a loss and to something harmless, too. A notice is worth"
          + " knowing, and nothing is lost."
    })
final class VerifyCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Mixin private WhichNamespaces namespaces = new WhichNamespaces();

  @Mixin private OwnStorage storage = new OwnStorage();

  VerifyCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Engine engine =
        storage.read(environment).open("It cannot be verified while the server runs.")) {
      Table summary = new Table("namespace", "documents", "objects", "bytes", "findings");
      List<Named> findings = new ArrayList<>();
      for (String name : namespaces.names(engine)) {
        VerifyReport report = verify(engine, name);
        summary.row(
            name,
            Figures.count(report.documents()),
            Figures.count(report.objects()),
            Figures.bytes(report.bytes()),
            Integer.toString(report.findings().size()));
        report.findings().forEach(finding -> findings.add(new Named(name, finding)));
      }
      summary.print(screen);
      show(findings);
      return verdict(findings);
    }
  }

  private record Named(String namespace, Finding finding) {}

  private VerifyReport verify(Engine engine, String name) {
    try (Progress progress = new Progress(screen, "Verifying " + name, 0)) {
      return engine.verify(name, progress::at);
    }
  }

  /** Every damage, every doubt, then notices, of which those that say the same are one row. */
  private void show(List<Named> findings) {
    if (findings.isEmpty()) {
      return;
    }
    Table table = new Table("severity", "namespace", "object", "finding");
    for (Severity severity : List.of(Severity.DAMAGE, Severity.DOUBT)) {
      of(severity, findings).forEach(named -> row(table, named, named.finding().object()));
    }
    Map<List<String>, List<Named>> notices = new LinkedHashMap<>();
    of(Severity.NOTICE, findings)
        .forEach(named ->
            notices
                .computeIfAbsent(
                    List.of(named.namespace(), named.finding().message()), k -> new ArrayList<>())
                .add(named));
    for (List<Named> alike : notices.values()) {
      String first = alike.getFirst().finding().object();
      row(
          table,
          alike.getFirst(),
          alike.size() == 1 ? first : first + " and " + (alike.size() - 1) + " more");
    }
    screen.line("");
    table.print(screen);
  }

  private static List<Named> of(Severity severity, List<Named> findings) {
    return findings.stream().filter(named -> named.finding().severity() == severity).toList();
  }

  private static void row(Table table, Named named, String objects) {
    Finding finding = named.finding();
    table.row(
        finding.severity().name().toLowerCase(Locale.ROOT),
        named.namespace(),
        objects,
        finding.message());
  }

  private int verdict(List<Named> findings) {
    int damages = of(Severity.DAMAGE, findings).size();
    int doubts = of(Severity.DOUBT, findings).size();
    screen.line("");
    if (damages == 0 && doubts == 0) {
      screen.line("Nothing is damaged.");
      return ExitCode.OK;
    }
    if (damages == 0) {
      screen.line(
          "No damage is proven, but writes may be lost: " + Figures.of(doubts, "doubt") + ".");
      return ExitCode.SOFTWARE;
    }
    screen.line(
        Figures.of(damages, "damage")
            + " found; `elacsym restore`, `elacsym repair` and a backup are what can help.");
    return ExitCode.SOFTWARE;
  }
}
