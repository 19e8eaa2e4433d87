package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reading ahead beside whoever started it, on a virtual thread, until that one joins it. Its waves
 * overlap those that its starter has waited for since. Its failures are nobody's: whoever needs
 * what it was to bring meets them again. For one thread.
 */
public final class Beside {
  private final Optional<ReadTrace> starter = ReadTrace.current();
  private final int since = starter.map(ReadTrace::waves).orElse(0);
  private final ReadTrace own = new ReadTrace();
  private final FutureTask<Boolean> task;

  private Beside(Runnable reading) {
    Deadline deadline = Deadline.current();
    this.task =
        new FutureTask<>(() ->
            deadline.call(() ->
                own.call(() -> {
                  reading.run();
                  return true;
                })));
  }

  public static Beside start(Runnable reading) {
    Beside beside = new Beside(reading);
    Thread.ofVirtual().start(beside.task);
    return beside;
  }

  /** Waits for its end. */
  public void join() {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ElacsymException)) {
        throw Parallel.asUnchecked(e.getCause() == null ? e : e.getCause());
      }
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
    }
    starter.ifPresent(trace -> trace.join(own, since));
  }
}
