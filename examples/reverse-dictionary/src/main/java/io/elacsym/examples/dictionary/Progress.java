package io.elacsym.examples.dictionary;

import java.text.DecimalFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/**
 * Shows how far a long step is, how fast it goes and how long it will still take: a bar on a
 * terminal, otherwise a plain line every few seconds. Calls may come from many threads.
 */
final class Progress implements AutoCloseable {

  private static final int TERMINAL_UPDATE_MILLIS = 100;
  private static final int PLAIN_UPDATE_MILLIS = 5_000;

  private final Screen screen;
  private final String task;
  private final String unit;
  private final Instant start = Instant.now();
  private final ProgressBar bar;

  /**
   * Starts a step.
   *
   * @param task what is done, such as {@code Embedding}
   * @param unit what is counted, such as {@code texts}
   * @param total how many there are
   */
  Progress(Screen screen, String task, String unit, long total) {
    this.screen = screen;
    this.task = task;
    this.unit = unit;
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(" " + unit, 1)
            .showSpeed(new DecimalFormat("0"))
            .setStyle(ProgressBarStyle.ASCII);
    if (screen.isTerminal()) {
      builder
          .setUpdateIntervalMillis(TERMINAL_UPDATE_MILLIS)
          .setConsumer(new DelegatingProgressBarConsumer(this::redraw, screen.width() - 1));
    } else {
      builder
          .setUpdateIntervalMillis(PLAIN_UPDATE_MILLIS)
          .setRenderer((state, width) -> plainLine(state))
          .setConsumer(new DelegatingProgressBarConsumer(this::printPlain, screen.width()));
    }
    this.bar = builder.build();
  }

  void step(long count) {
    bar.stepBy(count);
  }

  private void redraw(String line) {
    screen.out().print("\r" + line);
    screen.out().flush();
  }

  private void printPlain(String line) {
    // The first line would say nothing yet, and the last one is what close() says better.
    if (bar != null && bar.getCurrent() > 0 && bar.getCurrent() < bar.getMax()) {
      screen.line(line);
    }
  }

  private String plainLine(ProgressState state) {
    double perSecond = rate(state.getCurrent(), state.getElapsedAfterStart());
    long secondsLeft =
        Math.round((state.getMax() - state.getCurrent()) / Math.max(perSecond, 1e-9));
    return String.format(
        Locale.ROOT,
        "%s %,d of %,d %s (%d%%), %,.0f/s, %d s left",
        task,
        state.getCurrent(),
        state.getMax(),
        unit,
        100 * state.getCurrent() / Math.max(state.getMax(), 1),
        perSecond,
        secondsLeft);
  }

  private static double rate(long count, Duration elapsed) {
    return count / Math.max(elapsed.toNanos() / 1e9, 1e-3);
  }

  /** Ends the display and leaves one line that says what was done and how fast. */
  @Override
  public void close() {
    long done = bar.getCurrent();
    bar.close();
    if (screen.isTerminal()) {
      redraw(" ".repeat(screen.width() - 1) + "\r");
    }
    Duration elapsed = Duration.between(start, Instant.now());
    screen.line(
        String.format(
            Locale.ROOT,
            "%s: %,d %s in %.1f s (%,.0f/s)",
            task,
            done,
            unit,
            elapsed.toMillis() / 1e3,
            rate(done, elapsed)));
  }
}
