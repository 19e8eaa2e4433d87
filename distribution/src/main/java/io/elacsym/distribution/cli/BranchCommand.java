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
      "  elacsym branch docs yesterday --version 12",
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
      names = "--version",
      paramLabel = "N",
      description = "Begin as this version; `elacsym history` lists them. Default: as it is now")
  private @Nullable Long version;

  @Mixin private OwnStorage storage = new OwnStorage();

  BranchCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Optional<Long> wanted = Optional.ofNullable(version);
    String body =
        "{\"name\":\"" + branch + "\"" + wanted.map(v -> ",\"version\":" + v).orElse("") + "}";
    String instead = OwnStorage.curl(environment, source + "/branch", Optional.of(body));
    try (Engine engine = storage.read(environment).open(instead)) {
      engine.branch(source, branch, wanted);
    }
    screen.line(
        "Namespace '"
            + branch
            + "' begins as "
            + wanted.map(v -> "version " + v + " of ").orElse("")
            + "namespace '"
            + source
            + "'"
            + (wanted.isPresent() ? " was." : " is."));
    return ExitCode.OK;
  }
}
