package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads ahead on a virtual thread, beside the thread that started it, which joins it later. The
 * waves of the reading overlap those for which the starter has waited since the start. A failure of
 * the storage while reading ahead is ignored: code that needs the bytes reads them itself, and
 * meets the failure again. For one thread.
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

  /** Waits for the end of the reading and adds what it has read to the starter's trace. */
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
