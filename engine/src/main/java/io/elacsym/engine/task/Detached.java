package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Blocking work that its caller may leave: a request to a storage that does not answer cannot be
 * taken back, but whoever has no time left need not wait for it. The work goes on without its
 * caller, so it must be of use to others, or small. A caller without a deadline does the work on
 * its own thread.
 */
public final class Detached {
  private Detached() {}

  /**
   * Does work under the deadline of the caller, and counts for the caller what it reads.
   *
   * @throws ElacsymException {@link ErrorKind#TIMEOUT} when the deadline is over before the work is
   *     done
   */
  public static <T> T call(Supplier<T> work) {
    Deadline deadline = Deadline.current();
    if (deadline.isEndless()) {
      return work.get();
    }
    ReadTrace own = new ReadTrace();
    FutureTask<T> task = new FutureTask<>(() -> deadline.call(() -> own.call(work::get)));
    Optional<ReadTrace> parent = ReadTrace.current();
    Thread.ofVirtual().start(task);
    try {
      T result = Waits.result(task);
      parent.ifPresent(trace -> trace.join(List.of(own)));
      return result;
    } catch (ExecutionException e) {
      throw Parallel.asUnchecked(e.getCause() == null ? e : e.getCause());
    }
  }

  /** As {@link #call} for work without a result. */
  public static void run(Runnable work) {
    call(() -> {
      work.run();
      return true;
    });
  }
}
