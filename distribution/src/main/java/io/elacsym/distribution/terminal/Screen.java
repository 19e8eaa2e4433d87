package io.elacsym.distribution.terminal;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}.
 *
 * @param isTerminal whether a person watches: a progress bar may redraw its line
 * @param width how many columns a line may have
 */
public record Screen(PrintStream out, PrintStream err, boolean isTerminal, int width) {
  private static final int DEFAULT_WIDTH = 100;

  /** The streams of the process. */
  public static Screen standard() {
    boolean isTerminal =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    int width = isTerminal ? terminalWidth() : DEFAULT_WIDTH;
    return new Screen(System.out, System.err, isTerminal, Math.clamp(width, 60, 240));
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
}
