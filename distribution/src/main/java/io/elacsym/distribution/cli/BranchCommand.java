package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Screen;
import io.elacsym.engine.Engine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a namespace that begins as another one. */
@Command(
    name = "branch",
    description = "Make a namespace that begins with the content of another one, without copying.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym branch docs trial                  everything that is in docs now",
      "  elacsym branch docs before --at 12         as version 12 was",
      "  elacsym branch docs monday --at \"2026-11-23 18:00\"",
      "",
      "Both use the same objects until they are written anew, and each goes its own way. A namespace"
          + " cannot be deleted while a branch uses its objects. For a copy that stands alone, see"
          + " `elacsym backup`.",
      "",
      OwnStorage.HELP
    })
final class BranchCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "Which namespace.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "BRANCH", description = "Name of the new one.")
  private String branch = "";

  @Option(
      names = "--at",
      paramLabel = "VERSION|TIME",
      converter = RestorePoint.Converter.class,
      description =
          "Begin as this version was, or the newest one of that time; `elacsym history` lists those"
              + " that are kept. Default: as it is now")
  private @Nullable RestorePoint at;

  @Mixin private OwnStorage storage = new OwnStorage();

  BranchCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    String body =
        switch (at) {
          case null -> "{\"name\":\"" + branch + "\"}";
          case RestorePoint.Version point ->
              "{\"name\":\"" + branch + "\",\"version\":" + point.version() + "}";
          case RestorePoint.Time ignored -> "{\"name\":\"" + branch + "\",\"version\":...}";
        };
    OwnStorage.Configured configured = storage.read(environment);
    String instead = configured.curl(source + "/branch", Optional.of(body));
    Optional<Long> version;
    try (Engine engine = configured.open(instead)) {
      version = version(engine);
      engine.branch(source, branch, version);
    }
    screen.line(
        "Namespace '"
            + branch
            + "' begins as "
            + version.map(v -> "version " + v + " of ").orElse("")
            + "namespace '"
            + source
            + "'"
            + (version.isPresent() ? " was." : " is."));
    return ExitCode.OK;
  }

  private Optional<Long> version(Engine engine) {
    return switch (at) {
      case null -> Optional.empty();
      case RestorePoint.Version point -> Optional.of(point.version());
      case RestorePoint.Time point -> Optional.of(engine.versionAt(source, point.time()).version());
    };
  }
}
