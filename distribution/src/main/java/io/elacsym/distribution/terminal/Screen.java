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
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

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

  /** The streams of the process. */
  public static Screen standard() {
    boolean isTerminal =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    int width = isTerminal ? terminalWidth() : DEFAULT_WIDTH;
    return new Screen(System.in, System.out, System.err, isTerminal, Math.clamp(width, 60, 240));
  }

  private static int terminalWidth() {
    try (Terminal terminal = TerminalBuilder.builder().dumb(true).build()) {
      return terminal.getWidth() > 0 ? terminal.getWidth() : DEFAULT_WIDTH;
    } catch (IOException e) {
      return DEFAULT_WIDTH; // the width only matters for looks
    }
  }

  /** A line of the result. */
  public void line(String text) {
    out.println(text);
  }

  /** A line beside the result. */
  public void note(String text) {
    err.println(text);
  }

  /** Asks a question on a terminal; whatever is not y or yes is no, and so is the end of input. */
  public boolean confirms(String question) {
    err.print(question + " [y/N] ");
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
