package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Screen;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program without a command: the server. */
@Command(
    name = "elacsym",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    synopsisHeading = "Usage: ",
    synopsisSubcommandLabel = "[COMMAND]",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    description = {
      "",
      "Vector and full-text search whose only source of truth is object storage. Without a command"
          + " it runs the server."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  elacsym quickstart                         see it work, with 5,000 documents",
      "  elacsym                                    run the server: ./data, port 3000",
      "  elacsym --check-config                     check a configuration without running it",
      "  elacsym import docs.jsonl -n docs --create load a file into a new namespace",
      "  elacsym query -n docs -t rust              ask it",
      "  elacsym backup --to storage.local.root_path=/backup",
      "                                             copy everything to another folder",
      "  elacsym storage probe                      is this bucket good enough?",
      "",
      "`elacsym help COMMAND` tells more. Exit codes: 0 well, 1 failed, 2 wrong arguments."
    })
final class RootCommand implements Callable<Integer> {
  private final Screen screen;
  private final Map<String, String> environment;

  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces, and the log of commands that have none.")
  private boolean debug;

  RootCommand(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = environment;
  }

  boolean debug() {
    return debug;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new ServerRun(screen, environment, options).run();
  }
}
