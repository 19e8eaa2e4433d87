package io.elacsym.distribution.cli;

import io.elacsym.distribution.scaffold.Scaffold;
import io.elacsym.distribution.scaffold.ScaffoldKind;
import io.elacsym.distribution.terminal.Screen;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a project for a plugin. */
@Command(
    name = "new",
    description = "Make a project for a plugin of your own.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym plugins new vector-index --name nearest",
      "  elacsym plugins new storage --name my-store --group org.example --out ./my-store",
      "",
      "The project builds with Maven or Gradle on a JDK 25, uses a library, and keeps its contract from"
          + " the beginning. Its README says how to go on."
    })
final class PluginsNewCommand implements Callable<Integer> {
  private final Screen screen;

  @Parameters(paramLabel = "KIND", description = "One of ${COMPLETION-CANDIDATES}.")
  private ScaffoldKind kind = ScaffoldKind.STORAGE;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What configuration will call it, and stored data: it never changes.")
  private String name = "";

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description =
          "The group of its coordinates and the beginning of its package. Default: com.example")
  private String group = "com.example";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The directory to make. Default: elacsym-KIND-NAME here.")
  private @Nullable Path out;

  PluginsNewCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Scaffold scaffold = new Scaffold(kind, name, group);
    Path directory = Optional.ofNullable(out).orElse(Path.of(scaffold.artifact()));
    scaffold.writeTo(directory);
    screen.line("Made " + directory);
    screen.note("Next: cd " + directory + " && mvn verify, or gradle build; README.md says more.");
    return ExitCode.OK;
  }
}
