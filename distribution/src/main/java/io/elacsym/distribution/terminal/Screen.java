package io.elacsym.distribution.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}.
 *
 * @param in what a person types
 * @param isTerminal whether a person watches and can answer: a progress bar may redraw its line,
 *     and questions may be asked
 * @param width how many columns a line may have
 */
public record Screen(
    InputStream in, PrintStream out, PrintStream err, boolean isTerminal, int width) {
  private static final int DEFAULT_WIDTH = 100;

  /**
   * The streams of the process. What the launcher knows of the terminal comes as properties: to ask
   * for its width takes native code, and standard error may reach this process through a pipe.
   */
  public static Screen standard() {
    boolean isTerminal =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
            && !System.getProperty("elacsym.stderr", "terminal").equals("file");
    return new Screen(
        System.in,
        System.out,
        System.err,
        isTerminal,
        width(System.getProperty("elacsym.columns", "")));
  }

  /** How wide lines are on a terminal of that many columns, if it says. */
  static int width(String columns) {
    int width = columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
    return Math.clamp(width, 60, 240);
  }

  /** A line of the result. */
  public void line(String text) {
    out.println(Printable.lines(text));
  }

  /** A line beside the result. */
  public void note(String text) {
    err.println(Printable.lines(text));
  }

  /** Asks a question on a terminal; whatever is not y or yes is no, and so is the end of input. */
  public boolean confirms(String question) {
    err.print(Printable.lines(question) + " [y/N] ");
    err.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
      return answer != null
          && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
