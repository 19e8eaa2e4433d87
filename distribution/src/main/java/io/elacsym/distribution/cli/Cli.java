package io.elacsym.distribution.cli;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Option;
import io.elacsym.distribution.logging.LogFormat;
import io.elacsym.distribution.logging.LogLevels;
import io.elacsym.distribution.logging.Logging;
import io.elacsym.distribution.terminal.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Commands end with 0 when all went well, 1 when something failed (or rows were
 * refused, or damage was found), 2 for wrong arguments. Errors are one line on standard error and
 * say what to do.
 */
public final class Cli {
  private static final int LONGEST_HELP_LINE = 100;

  private final Screen screen;
  private final Map<String, String> environment;

  /**
   * A command line.
   *
   * @param environment the variables of the process
   */
  public Cli(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = Map.copyOf(environment);
  }

  /** Runs a command and returns the process's exit code. */
  public int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  CommandLine commandLine() {
    RootCommand root = new RootCommand(screen, environment);
    CommandLine commands = new CommandLine(root);
    commands.addSubcommand(new ServerCommand(screen, environment));
    commands.addSubcommand(new QuickstartCommand(screen, environment));
    commands.addSubcommand(new ImportCommand(screen));
    commands.addSubcommand(new ExportCommand(screen));
    commands.addSubcommand(new QueryCommand(screen));
    commands.addSubcommand(new StatsCommand(screen));
    commands.addSubcommand(new ClusterCommand(screen));
    commands.addSubcommand(new ReindexCommand(screen));
    commands.addSubcommand(new VerifyCommand(screen, environment));
    commands.addSubcommand(new HistoryCommand(screen, environment));
    commands.addSubcommand(new RestoreCommand(screen, environment));
    commands.addSubcommand(new BranchCommand(screen, environment));
    commands.addSubcommand(new BackupCommand(screen, environment));
    commands.addSubcommand(new RepairCommand(screen, environment));
    commands.addSubcommand(
        new CommandLine(new StorageCommand()).addSubcommand(new ProbeCommand(screen, environment)));
    commands.addSubcommand(
        new CommandLine(new PluginsCommand(screen, environment))
            .addSubcommand(new PluginsNewCommand(screen))
            .addSubcommand(new PluginsInstallCommand(screen))
            .addSubcommand(new PluginsRemoveCommand(screen))
            .addSubcommand(new PluginsVerifyCommand(screen, environment))
            .addSubcommand(new PluginsLockCommand(screen)));
    commands.addSubcommand(new AssembleCommand(screen));
    commands.addSubcommand(new CompletionCommand(screen));
    commands.addSubcommand(new ManCommand(screen));
    commands.addSubcommand(new RehearseCommand());
    commands.addSubcommand(new CommandLine.HelpCommand());
    commands.setHelpFactory(WrappedHelp::new);
    // picocli's own defaults look at the real environment; tests and embedders have another.
    commands.setDefaultValueProvider(new ServerAddress(environment));
    commands.setOut(new PrintWriter(screen.out(), true, screen.out().charset()));
    commands.setErr(new PrintWriter(screen.err(), true, screen.err().charset()));
    commands.setUsageHelpWidth(Math.min(screen.width(), LONGEST_HELP_LINE));
    commands.setExecutionStrategy(parsed -> {
      // Libraries speak up only when something is wrong. The server sets up its own log later.
      Logging log =
          Logging.start(
              LogLevels.parse(root.debug() ? "debug" : "warn").levels(),
              LogFormat.TEXT,
              screen.err());
      int code = new CommandLine.RunLast().execute(parsed);
      log.flush();
      return code;
    });
    commands.setParameterExceptionHandler((e, given) -> wrongArguments(e));
    commands.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command, root.debug()));
    return commands;
  }

  private int wrongArguments(ParameterException e) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    String line = name + ": " + String.valueOf(e.getMessage()).replaceAll("\\R\\s*", " ");
    screen.note(suggestion(e).map(text -> line + "; did you mean " + text + "?").orElse(line));
    screen.note("`" + name + " --help` shows what it takes.");
    return CommandLine.ExitCode.USAGE;
  }

  private static Optional<String> suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    List<String> suggestions = unmatched.getSuggestions();
    return suggestions.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" or ", suggestions.subList(0, Math.min(2, suggestions.size()))));
  }

  private int failed(Exception e, CommandLine command, boolean debug) throws Exception {
    if (debug) {
      e.printStackTrace(screen.err());
    }
    switch (e) {
      case ElacsymException known -> {
        screen.note("elacsym: " + Option.withoutUserInfo(known.forOperators()));
        boolean client = command.getCommandSpec().optionsMap().containsKey("--server");
        hint(known.kind(), client).ifPresent(screen::note);
      }
      case IOException known -> screen.note("elacsym: " + reason(known));
      case UncheckedIOException known -> screen.note("elacsym: " + reason(known));
      default ->
          screen.note("elacsym: unexpected " + e + "; run it with --debug and report the output");
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    return cause.getClass().getSimpleName().replace("Exception", "") + ": " + cause.getMessage();
  }

  private static Optional<String> hint(ErrorKind kind, boolean client) {
    return switch (kind) {
      case UNAVAILABLE ->
          client
              ? Optional.of(
                  "Is it running? `elacsym server` starts one; --server names its address.")
              : Optional.empty();
      case INTERNAL -> Optional.of("That is a bug: run it with --debug and report the output.");
      default -> Optional.empty();
    };
  }
}
