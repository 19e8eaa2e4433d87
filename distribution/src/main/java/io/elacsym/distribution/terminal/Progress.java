package io.elacsym.distribution.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a long step is, how fast it goes and how long it will still take: a bar on a
 * terminal, otherwise a plain line every few seconds. How far is counted in bytes or in rows, of
 * which the total is known; what is done in documents. Calls may come from many threads.
 */
public final class Progress implements AutoCloseable {
  private static final int TERMINAL_UPDATE_MILLIS = 200;
  private static final int PLAIN_UPDATE_MILLIS = 5_000;
  private static final long MEGABYTE = 1 << 20;

  private final Screen screen;
  private final String task;
  private final Unit unit;
  private volatile long total;
  private final Instant start = Instant.now();
  private final AtomicLong documents = new AtomicLong();
  private final AtomicLong position = new AtomicLong();
  private final ProgressBar bar;
  private Instant printed = Instant.now();

  private enum Unit {
    BYTES(" MB", MEGABYTE),
    ROWS(" rows", 1);

    private final String name;
    private final long size;

    Unit(String name, long size) {
      this.name = name;
      this.size = size;
    }

    String shown(long count) {
      return this == BYTES ? Figures.bytes(count) : Figures.of(count, "row");
    }
  }

  /**
   * Starts a step that is counted in bytes.
   *
   * @param task what is done, such as {@code Importing}
   * @param total how many bytes there are; 0 or less when nobody knows
   */
  public Progress(Screen screen, String task, long total) {
    this(screen, task, Unit.BYTES, total);
  }

  /** Starts a step that is counted in rows. */
  public static Progress ofRows(Screen screen, String task, long total) {
    return new Progress(screen, task, Unit.ROWS, total);
  }

  private Progress(Screen screen, String task, Unit unit, long total) {
    this.screen = screen;
    this.task = task;
    this.unit = unit;
    this.total = total;
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total > 0 ? total : -1)
            .setUnit(unit.name, unit.size)
            .setStyle(ProgressBarStyle.ASCII);
    if (screen.isTerminal()) {
      builder
          .setUpdateIntervalMillis(TERMINAL_UPDATE_MILLIS)
          .setConsumer(new ConsoleProgressBarConsumer(screen.err(), screen.width()))
          // The bar is drawn again also when no bytes come: after all bytes are read, documents are
          // still being sent, and then only the words behind the bar change.
          .continuousUpdate()
          .clearDisplayOnFinish();
    } else {
      builder
          .setUpdateIntervalMillis(PLAIN_UPDATE_MILLIS)
          .setRenderer((state, width) -> plainLine())
          .setConsumer(new DelegatingProgressBarConsumer(this::printPlain, screen.width()));
    }
    this.bar = builder.build();
  }

  /** Counts documents that are done. */
  public void add(long count) {
    long all = documents.addAndGet(count);
    bar.setExtraMessage(" " + Figures.count(all) + " documents, " + Figures.rate(all, elapsed()));
  }

  /** Says that the step has come so far; a smaller number than before changes nothing. */
  public void at(long done) {
    bar.stepTo(position.accumulateAndGet(done, Math::max));
  }

  /** Says that there is more to do than was known, or less. */
  public void outOf(long newTotal) {
    total = newTotal;
    bar.maxHint(newTotal > 0 ? newTotal : -1);
  }

  /** The step has come to its end. */
  public void finish() {
    if (total > 0) {
      at(total);
    }
  }

  public long documents() {
    return documents.get();
  }

  public Duration elapsed() {
    return Duration.between(start, Instant.now());
  }

  private void printPlain(String line) {
    // The bar also draws itself when it begins and ends; the command's summary says that better.
    if (Duration.between(printed, Instant.now()).toMillis() > PLAIN_UPDATE_MILLIS / 2) {
      printed = Instant.now();
      screen.note(line);
    }
  }

  private String plainLine() {
    long done = position.get();
    long all = total;
    String line =
        documents.get() == 0
            ? task + ": " + unit.shown(done)
            : task
                + ": "
                + Figures.count(documents.get())
                + " documents, "
                + Figures.rate(documents.get(), elapsed());
    if (all <= 0 || done == 0) {
      return line;
    }
    long left = Math.round(elapsed().toSeconds() * ((double) (all - done) / done));
    return line + ", " + 100 * done / all + " %, " + left + " s left";
  }

  @Override
  public void close() {
    bar.close();
  }
}
