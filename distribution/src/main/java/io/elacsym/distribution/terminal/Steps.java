package io.elacsym.distribution.terminal;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows which of a known number of steps is under way: a bar on a terminal, otherwise a line for
 * each step. For one thread.
 */
public final class Steps implements AutoCloseable {
  private static final int UPDATE_MILLIS = 200;

  private final Screen screen;
  private final int total;
  private final Optional<ProgressBar> bar;
  private int begun;

  public Steps(Screen screen, String task, int total) {
    this.screen = screen;
    this.total = total;
    this.bar =
        screen.isTerminal()
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(screen.err(), screen.width()))
                    .clearDisplayOnFinish()
                    .build())
            : Optional.empty();
  }

  /** A step begins, and so the one before has ended. */
  public void begin(String step) {
    bar.ifPresentOrElse(
        shown -> shown.stepTo(begun).setExtraMessage(" " + step),
        () -> screen.note("[" + (begun + 1) + "/" + total + "] " + step));
    begun++;
  }

  @Override
  public void close() {
    // The last step has ended, unless something failed in it: then nobody looks at the bar.
    bar.ifPresent(shown -> shown.stepTo(begun).close());
  }
}
