package io.elacsym.distribution.cli;

import io.elacsym.server.helidon.HttpServer;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A manual page in the language of man(7), made from what a command says of itself.
 *
 * @param name of the page: the words of the command, joined by hyphens
 */
record ManPage(String name, String text) {
  /** The page of a command and those of all commands below it. */
  static List<ManPage> of(CommandLine command) {
    List<ManPage> pages = new ArrayList<>();
    pages.add(new ManPage(name(command), page(command)));
    visible(command).forEach(child -> pages.addAll(of(child)));
    return pages;
  }

  private static List<CommandLine> visible(CommandLine command) {
    return command.getSubcommands().values().stream()
        .filter(child -> !child.getCommandSpec().usageMessage().hidden())
        .filter(child -> !child.getCommandName().equals("help"))
        .toList();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  private static String page(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    Roff roff = new Roff();
    roff.head(name(command), VersionText.date().orElse(""), "elacsym " + HttpServer.version());
    roff.section("NAME");
    roff.text(name(command) + " - " + FishCompletion.summary(command).replaceFirst("\\.$", ""));
    roff.section("SYNOPSIS");
    roff.text(command.getHelp().synopsis(0).strip().replaceAll("\\s+", " "));
    roff.section("DESCRIPTION");
    roff.text(String.join(" ", usage.description()).strip());
    List<CommandLine> below = visible(command);
    if (!below.isEmpty()) {
      roff.section("COMMANDS");
      below.forEach(child ->
          roff.item(child.getCommandName(), FishCompletion.summary(child) + " See ", child));
    }
    roff.section("OPTIONS");
    Help.IParamLabelRenderer labels = command.getHelp().createDefaultParamLabelRenderer();
    for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
      roff.item(label(parameter, labels), String.join(" ", parameter.description()));
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        roff.item(
            String.join(", ", option.names()) + label(option, labels),
            String.join(" ", option.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValueString())));
      }
    }
    roff.section("EXAMPLES");
    for (String line : usage.footer()) {
      roff.footer(line);
    }
    return roff.toString();
  }

  private static String label(ArgSpec argument, Help.IParamLabelRenderer labels) {
    return labels.renderParameterLabel(argument, Help.Ansi.OFF, List.of()).plainString();
  }

  /** Lines of the page. */
  private static final class Roff {
    private final StringBuilder lines = new StringBuilder();

    void head(String name, String date, String source) {
      line(
          ".TH "
              + quoted(name.toUpperCase(java.util.Locale.ROOT))
              + " 1 "
              + quoted(date)
              + " "
              + quoted(source));
      // No hyphens: what is broken cannot be copied.
      line(".nh");
    }

    void section(String name) {
      line(".SH " + name);
    }

    void text(String text) {
      line(escaped(text));
    }

    void item(String term, String text) {
      line(".TP");
      line("\\fB" + escaped(term) + "\\fR");
      line(escaped(text));
    }

    void item(String term, String text, CommandLine page) {
      item(term, text + name(page) + "(1).");
    }

    /** Examples stand as they are; what is between them is prose. */
    void footer(String text) {
      if (text.startsWith("  ")) {
        line(".nf");
        line(escaped(text));
        line(".fi");
      } else if (text.isBlank()) {
        line(".PP");
      } else {
        text(text);
      }
    }

    private void line(String line) {
      lines.append(line).append('\n');
    }

    private static String quoted(String text) {
      return '"' + text.replace("\"", "") + '"';
    }

    private static String escaped(String text) {
      String plain = text.replace("\\", "\\e").replace("-", "\\-");
      return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }

    @Override
    public String toString() {
      return lines.toString();
    }
  }
}
