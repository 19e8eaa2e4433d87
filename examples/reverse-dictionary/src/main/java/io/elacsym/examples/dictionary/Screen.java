package io.elacsym.examples.dictionary;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Where the program writes.
 *
 * @param out the stream
 * @param isTerminal whether a person watches: a progress bar may redraw its line
 * @param width how many columns a line may have
 */
record Screen(PrintStream out, boolean isTerminal, int width) {

  private static final int DEFAULT_WIDTH = 100;
  private static final int LEAST_WIDTH = 60;
  private static final int MOST_WIDTH = 160;

  /** The standard output, as wide as the terminal behind it. */
  static Screen standard() {
    // Runtimes differ in whether there is a console object without a terminal.
    boolean isTerminal =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    int width = isTerminal ? terminalWidth() : DEFAULT_WIDTH;
    return new Screen(System.out, isTerminal, Math.clamp(width, LEAST_WIDTH, MOST_WIDTH));
  }

  private static int terminalWidth() {
    try (Terminal terminal = TerminalBuilder.builder().dumb(true).build()) {
      return terminal.getWidth() > 0 ? terminal.getWidth() : DEFAULT_WIDTH;
    } catch (IOException e) {
      // The width only matters for looks.
      return DEFAULT_WIDTH;
    }
  }

  void line(String text) {
    out.println(text);
  }

  void blank() {
    out.println();
  }
}
