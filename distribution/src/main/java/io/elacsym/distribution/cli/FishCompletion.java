package io.elacsym.distribution.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish, which picocli knows nothing of: one line for each command and option. */
final class FishCompletion {
  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  static String script(CommandLine root) {
    FishCompletion fish = new FishCompletion(root.getCommandName());
    fish.lines.add("# Completion of " + fish.program + " for fish");
    fish.add("-f");
    fish.command(root, List.of());
    return String.join("\n", fish.lines);
  }

  private void command(CommandLine command, List<String> path) {
    CommandSpec spec = command.getCommandSpec();
    List<CommandLine> below =
        command.getSubcommands().values().stream()
            .filter(child -> !child.getCommandSpec().usageMessage().hidden())
            .toList();
    String here = "-n " + quoted(condition(path, below));
    for (CommandLine child : below) {
      add(here + " -a " + child.getCommandName() + " -d " + quoted(summary(child)));
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        add(here + names(option) + values(option) + " -d " + quoted(first(option.description())));
      }
    }
    if (spec.positionalParameters().stream().anyMatch(FishCompletion::isFile)) {
      add(here + " -F");
    }
    for (CommandLine child : below) {
      List<String> longer = new ArrayList<>(path);
      longer.add(child.getCommandName());
      command(child, longer);
    }
  }

  /** Whether the words so far are this command, and none below it. */
  private static String condition(List<String> path, List<CommandLine> below) {
    if (path.isEmpty()) {
      return "__fish_use_subcommand";
    }
    List<String> seen = new ArrayList<>();
    path.forEach(name -> seen.add("__fish_seen_subcommand_from " + name));
    if (!below.isEmpty()) {
      seen.add(
          "not __fish_seen_subcommand_from "
              + String.join(" ", below.stream().map(CommandLine::getCommandName).toList()));
    }
    return String.join("; and ", seen);
  }

  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    return names.toString();
  }

  private static String values(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    return isFile(option) ? " -r -F" : " -x";
  }

  private static boolean isFile(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    return type == Path.class || type == File.class;
  }

  static String summary(CommandLine command) {
    return first(command.getCommandSpec().usageMessage().description());
  }

  private static String first(String... lines) {
    String text = String.join(" ", lines).strip();
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end);
  }

  private void add(String what) {
    lines.add("complete -c " + program + " " + what);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
