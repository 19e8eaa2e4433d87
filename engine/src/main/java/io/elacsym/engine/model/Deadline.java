package io.elacsym.engine.model;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long a call may work, and whether anyone still waits for its answer. It travels with the
 * thread as a scoped value, so that loops far below the caller can honour it; whoever starts other
 * threads for the same call hands it on. Safe for use by many threads.
 */
public final class Deadline {
  /** Never over. */
  public static final Deadline NONE = endless(false);

  /** Never over either, but of work in the background that shall go on to its end. */
  private static final Deadline BACKGROUND = endless(true);

  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  private final Optional<Deadline> whole;
  private final Optional<Duration> allowed;
  private final LongSupplier nanoClock;
  private final boolean background;
  private final long start;
  private final AtomicLong excusedNanos = new AtomicLong();
  private volatile Optional<String> cancelled = Optional.empty();

  private Deadline(
      Optional<Deadline> whole,
      Optional<Duration> allowed,
      LongSupplier nanoClock,
      boolean background) {
    this.whole = whole;
    this.allowed = allowed;
    this.nanoClock = nanoClock;
    this.background = background;
    this.start = nanoClock.getAsLong();
  }

  private static Deadline endless(boolean background) {
    return new Deadline(Optional.empty(), Optional.empty(), () -> 0, background);
  }

  /**
   * A deadline that is over when this much time has passed from now.
   *
   * @param time more than zero
   * @param nanoClock such as {@code System::nanoTime}
   */
  public static Deadline in(Duration time, LongSupplier nanoClock) {
    return new Deadline(Optional.empty(), Optional.of(time), nanoClock, false);
  }

  /**
   * Of work that no caller waits for: callers come before it. It takes as long as it takes, but can
   * be cancelled.
   */
  public static Deadline ofBackground() {
    return endless(true);
  }

  /**
   * The deadline of a part of this work, which can be cancelled while the rest goes on. It is over
   * no later than this one.
   */
  public Deadline ofPart() {
    return new Deadline(Optional.of(this), Optional.empty(), () -> 0, background);
  }

  /** The deadline of this thread; {@link #NONE} when it has none. */
  public static Deadline current() {
    return CURRENT.orElse(NONE);
  }

  /**
   * Goes on if the deadline of this thread is not over. Loops call it about every thousandth row or
   * every few kilobytes: it costs as much as reading the clock.
   *
   * @throws ElacsymException {@link ErrorKind#TIMEOUT} when the work shall end
   */
  public static void check() {
    if (CURRENT.isBound()) {
      CURRENT.get().requireTime();
    }
  }

  /** Runs an action, and what that starts, under this deadline. */
  public <T> T call(Callable<T> action) throws Exception {
    return ScopedValue.where(CURRENT, this).call(action::call);
  }

  /** Runs a task, and what that starts, under this deadline. */
  public void run(Runnable task) {
    ScopedValue.where(CURRENT, this).run(task);
  }

  /** Whether no caller waits for the work. */
  public boolean isBackground() {
    return background;
  }

  /**
   * Runs an action that shall not end half-way because its caller has no time left, such as one
   * that others wait for, too.
   */
  public static <T> T without(Supplier<T> action) {
    Deadline current = current();
    return current.isShared()
        ? action.get()
        : ScopedValue.where(CURRENT, current.background ? BACKGROUND : NONE).call(action::get);
  }

  /** Whether it is one of those that many works have, so that none of them can end it. */
  private boolean isShared() {
    return this == NONE || this == BACKGROUND;
  }

  /**
   * Begins a change if the deadline of this thread is not over. Once begun it goes on to its end:
   * of what is stored in several steps, none is left out because a caller has no time left.
   *
   * @throws ElacsymException {@link ErrorKind#TIMEOUT} when the deadline is over; then nothing is
   *     done
   */
  public static <T> T whole(Supplier<T> change) {
    check();
    return without(change);
  }

  /** As {@link #without} for an action without a result. */
  public static void runWithout(Runnable action) {
    without(() -> {
      action.run();
      return true;
    });
  }

  /** Whether it is never over. */
  public boolean isEndless() {
    return allowed.isEmpty() && whole.map(Deadline::isEndless).orElse(true);
  }

  /**
   * Ends the work at its next check.
   *
   * @param reason why, such as {@code the client has left}
   */
  public void cancel(String reason) {
    if (isShared()) {
      throw new IllegalStateException("work without a deadline cannot be cancelled");
    }
    cancelled = Optional.of(reason);
  }

  /**
   * Allows so much more time, because the call had to wait for its caller: a body that comes slowly
   * is not work of ours.
   */
  public void excuse(Duration time) {
    whole.ifPresentOrElse(
        deadline -> deadline.excuse(time), () -> excusedNanos.addAndGet(time.toNanos()));
  }

  /** Whether somebody has said that the work shall end. */
  public boolean isCancelled() {
    return cancelled.isPresent() || whole.map(Deadline::isCancelled).orElse(false);
  }

  /** How much time is left, zero when it is over; empty when it is never over. */
  public Optional<Duration> left() {
    return allowed
        .map(a -> Duration.ofNanos(Math.max(0, a.toNanos() - workedNanos())))
        .or(() -> whole.flatMap(Deadline::left));
  }

  /** Whether it has been over for so long. */
  public boolean isOverBy(Duration time) {
    return allowed.filter(a -> workedNanos() > a.plus(time).toNanos()).isPresent()
        || whole.map(deadline -> deadline.isOverBy(time)).orElse(false);
  }

  private long workedNanos() {
    return nanoClock.getAsLong() - start - excusedNanos.get();
  }

  private void requireTime() {
    whole.ifPresent(Deadline::requireTime);
    Optional<String> reason = cancelled;
    if (reason.isPresent()) {
      throw new ElacsymException(ErrorKind.TIMEOUT, "given up: " + reason.get());
    }
    if (isOverBy(Duration.ZERO)) {
      throw new ElacsymException(
          ErrorKind.TIMEOUT,
          "not done within "
              + allowed.orElseThrow().toMillis()
              + " ms; ask for less, or allow more time");
    }
  }
}
