package io.elacsym.benchmarks.measure;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tells on the error stream how far long work is, every few seconds. For many threads. */
public final class Progress {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream out;
  private final String what;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong next = new AtomicLong(System.nanoTime() + PAUSE);

  /**
   * Says nothing yet: work that takes a moment only needs no progress.
   *
   * @param what such as {@code exact neighbours}
   * @param total how many steps there are
   */
  public Progress(PrintStream out, String what, long total) {
    this.out = out;
    this.what = what;
    this.total = total;
  }

  /** Counts finished steps. */
  public void add(long steps) {
    long now = done.addAndGet(steps);
    long due = next.get();
    if (System.nanoTime() - due >= 0 && next.compareAndSet(due, System.nanoTime() + PAUSE)) {
      out.printf(Locale.ROOT, "  %s: %,d of %,d (%d %%)%n", what, now, total, 100 * now / total);
    }
  }
}
