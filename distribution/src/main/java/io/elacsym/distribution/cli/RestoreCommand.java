package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Screen;
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

/** Brings back an earlier version of a namespace. */
@Command(
    name = "restore",
    description = "Bring a namespace back to what it was.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym restore -n docs --to 12",
      "  elacsym restore -n docs --to 2026-11-25T10:00:00Z --yes",
      "  elacsym restore -n docs --to \"2026-11-25 10:00\"      in the time zone of this machine",
      "",
      "A time stands for the newest version that was committed by then. `elacsym history` lists the"
          + " versions that are kept. First it is told what will be discarded; then you are asked,"
          + " unless there is --yes. Without a terminal nothing is changed without --yes.",
      "",
      OwnStorage.HELP
    })
final class RestoreCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      required = true,
      description = "Which namespace.")
  private String namespace = "";

  @Option(
      names = "--to",
      paramLabel = "VERSION|TIME",
      required = true,
      converter = RestorePoint.Converter.class,
      description = "To this version, or to the newest one of that time.")
  private RestorePoint to = new RestorePoint.Version(0);

  @Mixin private Consent consent = new Consent();

  @Mixin private OwnStorage storage = new OwnStorage();

  RestoreCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    String body =
        switch (to) {
          case RestorePoint.Version point -> "{\"version\":" + point.version() + "}";
          case RestorePoint.Time point -> "{\"time\":\"" + point.time() + "\"}";
        };
    OwnStorage.Configured configured = storage.read(environment);
    String instead = configured.curl(namespace + "/restore", Optional.of(body));
    try (Engine engine = configured.open(instead)) {
      List<NamespaceVersion> history = engine.history(namespace);
      NamespaceVersion now = history.getLast();
      NamespaceVersion wanted = wanted(engine, history);
      screen.line("Now:   " + told(now));
      screen.line("Then:  " + told(wanted));
      screen.line("Gone:  " + discarded(engine, history, wanted));
      if (!consent.given(screen, "Bring back version " + wanted.version() + "?")) {
        return ExitCode.SOFTWARE;
      }
      long version = engine.restore(namespace, wanted.version());
      screen.line("");
      screen.line(
          "Done: version "
              + version
              + " of namespace '"
              + namespace
              + "' is as version "
              + wanted.version()
              + " was.");
      screen.line("Undo: elacsym restore -n " + namespace + " --to " + now.version());
    }
    return ExitCode.OK;
  }

  private NamespaceVersion wanted(Engine engine, List<NamespaceVersion> history) {
    return switch (to) {
      case RestorePoint.Time point -> engine.versionAt(namespace, point.time());
      case RestorePoint.Version point ->
          history.stream()
              .filter(version -> version.version() == point.version())
              .findFirst()
              .orElseThrow(() ->
                  ElacsymException.notFound(
                      "namespace '"
                          + namespace
                          + "' has no version "
                          + point.version()
                          + ", expected one of "
                          + history.stream().map(NamespaceVersion::version).toList()));
    };
  }

  private static String told(NamespaceVersion version) {
    return "version "
        + version.version()
        + ", committed at "
        + version.committedAt()
        + ", "
        + Figures.of(version.documents(), "document")
        + " in "
        + Figures.of(version.segments(), "segment");
  }

  private String discarded(Engine engine, List<NamespaceVersion> history, NamespaceVersion wanted) {
    long later = history.stream().filter(v -> v.version() > wanted.version()).count();
    return "what was written in "
        + Figures.of(later, "later version")
        + ", until you undo it; and for good "
        + unflushed(engine);
  }

  /**
   * Says what a restore takes away for good: writes that are not flushed yet are in no version, so
   * that no later restore can bring them back.
   */
  private String unflushed(Engine engine) {
    try {
      long bytes = engine.namespace(namespace).stats().unflushedBytes();
      return bytes == 0
          ? "nothing: everything is flushed"
          : "what no flush has stored yet, at most " + Figures.bytes(bytes) + " of writes";
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      return "what no flush has stored yet; nobody knows how much, for the namespace does not open: "
          + e.getMessage();
    }
  }
}
