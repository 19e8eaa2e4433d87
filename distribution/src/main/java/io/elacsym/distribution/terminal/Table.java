package io.elacsym.distribution.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under a head, in aligned columns. Columns of numbers are aligned to the right. */
public final class Table {
  private static final String GAP = "  ";
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[\\d,]*\\.?\\d+([eE][-+]?\\d+)?%?|-?");

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... head) {
    this.head = List.of(head);
  }

  public Table(List<String> head) {
    this.head = List.copyOf(head);
  }

  public void row(List<String> cells) {
    if (cells.size() != head.size()) {
      throw new IllegalArgumentException(cells.size() + " cells under " + head);
    }
    rows.add(cells.stream().map(Table::oneLine).toList());
  }

  public void row(String... cells) {
    row(Arrays.asList(cells));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The table as lines, the head first.
   *
   * @param width how many columns a line may have; the widest columns are cut to fit
   */
  public List<String> lines(int width) {
    int[] widths = widths();
    shrink(widths, width);
    List<String> lines = new ArrayList<>();
    lines.add(line(head, widths));
    lines.add(line(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  /** Writes the table as the result of a command. */
  public void print(Screen screen) {
    lines(screen.isTerminal() ? screen.width() : Integer.MAX_VALUE).forEach(screen::line);
  }

  private int[] widths() {
    int[] widths = head.stream().mapToInt(Table::columns).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], columns(row.get(i)));
      }
    }
    return widths;
  }

  private static void shrink(int[] widths, int available) {
    long over = Arrays.stream(widths).asLongStream().sum() - available;
    over += (long) GAP.length() * (widths.length - 1);
    for (; over > 0; over--) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= 8) {
        return;
      }
      widths[widest]--;
    }
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(cells.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - columns(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(isNumeric(i) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private static int columns(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String cut(String text, int width) {
    if (columns(text) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, width - 3)).stripTrailing() + "...";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
