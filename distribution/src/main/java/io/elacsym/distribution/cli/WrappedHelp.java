package io.elacsym.distribution.cli;

import io.elacsym.distribution.terminal.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of a command. picocli breaks lines wherever a language would, after a hyphen or a slash
 * as well; names of options, addresses and JSON must stay whole, so here lines end at spaces.
 */
final class WrappedHelp extends Help {
  private static final String EXAMPLE = "  ";
  private static final String CONTINUED = " \\";
  private static final int UNBROKEN = 10_000;

  WrappedHelp(CommandSpec spec, ColorScheme colors) {
    super(spec, colors);
  }

  @Override
  public Layout createDefaultLayout() {
    return wrapping(super.createDefaultLayout());
  }

  @Override
  public Layout createDefaultLayout(
      List<OptionSpec> options, List<PositionalParamSpec> parameters, ColorScheme colors) {
    return wrapping(super.createDefaultLayout(options, parameters, colors));
  }

  private static Layout wrapping(Layout layout) {
    TextTable table = new WordTable(layout.colorScheme(), layout.textTable().columns());
    table.indentWrappedLines = layout.textTable().indentWrappedLines;
    return new Layout(
        layout.colorScheme(), table, layout.optionRenderer(), layout.parameterRenderer());
  }

  @Override
  public String synopsis(int headingLength) {
    UsageMessageSpec usage = commandSpec().usageMessage();
    int width = usage.width();
    String line;
    try {
      usage.width(UNBROKEN);
      line = super.synopsis(headingLength).strip();
    } finally {
      usage.width(width);
    }
    // The heading stands before the first line, which so has less room.
    String heading = ".".repeat(headingLength);
    int indent = headingLength + commandSpec().qualifiedName().length() + 1;
    List<String> lines = Words.wrap(heading + line, width, " ".repeat(indent), "");
    return String.join(System.lineSeparator(), lines).substring(headingLength)
        + System.lineSeparator();
  }

  @Override
  public String description(Object... parameters) {
    return text(commandSpec().usageMessage().description());
  }

  @Override
  public String footer(Object... parameters) {
    return text(commandSpec().usageMessage().footer());
  }

  private String text(String... lines) {
    int width = commandSpec().usageMessage().width();
    return Arrays.stream(lines)
        .flatMap(line -> wrap(line, width).stream())
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  /**
   * Breaks one line of the help. An example of a command that is too long goes on in the next line
   * as a shell would accept it, with a backslash.
   */
  static List<String> wrap(String line, int width) {
    if (!line.startsWith(EXAMPLE)) {
      return Words.wrap(line, width, "", "");
    }
    boolean explained = line.strip().contains("   ");
    return Words.wrap(line, width, EXAMPLE.repeat(3), explained ? "" : CONTINUED);
  }

  /** A table whose last column is broken at spaces. */
  private static final class WordTable extends TextTable {
    WordTable(ColorScheme colors, Column[] columns) {
      super(colors, columns);
    }

    @Override
    public Cell putValue(int row, int column, Ansi.Text value) {
      Column at = columns()[column];
      if (at.overflow != Column.Overflow.WRAP || value.plainString().contains("\n")) {
        return super.putValue(row, column, value);
      }
      String indent = " ".repeat(indentWrappedLines);
      List<String> lines =
          new ArrayList<>(Words.wrap(value.plainString(), at.width - at.indent, indent, ""));
      Cell cell = super.putValue(row, column, Ansi.OFF.text(lines.removeFirst()));
      for (String line : lines) {
        addEmptyRow();
        cell = super.putValue(cell.row + 1, column, Ansi.OFF.text(line));
      }
      return cell;
    }
  }
}
