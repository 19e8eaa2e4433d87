package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Work that somebody else is asked to do, and that is done here when he fails. When he takes long,
 * it is begun here as well, and whoever is first is heard (Dean and Barroso, "The tail at scale",
 * 2013).
 */
public final class Hedge {
  private Hedge() {}

  /** How the work was done. */
  public sealed interface Done<T> {
    /** What came of it. */
    T result();

    /** By whom it was asked of. */
    record Elsewhere<T>(T result) implements Done<T> {}

    /**
     * Here, because whom it was asked of has failed.
     *
     * @param why how
     */
    record HereAfter<T>(T result, Throwable why) implements Done<T> {}

    /** Here, before whom it was asked of. */
    record HereFirst<T>(T result) implements Done<T> {}
  }

  /**
   * Has work done.
   *
   * @param elsewhere asks somebody, on a thread of its own that is interrupted when nobody needs
   *     the answer any more
   * @param patience how long he has before the work is begun here, too
   * @param here does the work in this process; what it throws is thrown. It may go on for a while
   *     after the call has ended, until its deadline tells it that it is not needed any more
   * @throws ElacsymException {@code TIMEOUT} when the deadline is over before anybody is done
   */
  public static <T> Done<T> call(Callable<T> elsewhere, Duration patience, Supplier<T> here) {
    Deadline deadline = Deadline.current();
    CompletableFuture<T> asked = new CompletableFuture<>();
    Thread asking = Thread.ofVirtual().start(() -> complete(asked, () -> deadline.call(elsewhere)));
    try {
      Optional<T> answer;
      try {
        answer = Waits.result(asked, patience);
      } catch (ExecutionException e) {
        return new Done.HereAfter<>(here.get(), cause(e));
      }
      return answer.isPresent() ? new Done.Elsewhere<>(answer.get()) : whoeverIsFirst(asked, here);
    } finally {
      asking.interrupt();
    }
  }

  private static <T> Done<T> whoeverIsFirst(CompletableFuture<T> asked, Supplier<T> here) {
    Deadline part = Deadline.current().ofPart();
    ReadTrace own = new ReadTrace();
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> complete(done, () -> part.call(() -> own.call(here::get))));
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    var _ = asked.thenAccept(result -> first.complete(true));
    var _ = done.whenComplete((result, failure) -> first.complete(false));
    try {
      if (Waits.result(first)) {
        return new Done.Elsewhere<>(asked.join());
      }
      T result = Waits.result(done);
      ReadTrace.current().ifPresent(trace -> trace.join(List.of(own)));
      return asked.isCompletedExceptionally()
          ? new Done.HereAfter<>(result, asked.exceptionNow())
          : new Done.HereFirst<>(result);
    } catch (ExecutionException e) {
      throw Parallel.asUnchecked(cause(e));
    } finally {
      part.cancel("somebody else was first");
    }
  }

  private static <T> void complete(CompletableFuture<T> future, Callable<T> work) {
    try {
      future.complete(work.call());
    } catch (Throwable e) {
      // Whatever it is, somebody waits for it.
      future.completeExceptionally(e);
    }
  }

  private static Throwable cause(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }
}
