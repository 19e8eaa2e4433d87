package io.elacsym.tck.host;

import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;

/** Threads that work starts and leaves behind. */
public final class Threads {
  /** How long a thread that has been told to end may take until it is gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Threads() {}

  /** Expects that all platform threads which some work has started have ended soon after it. */
  public static void expectNoneLeftBy(String what, Expect.Call work) throws Exception {
    // Whoever starts a thread hands its group on, so others' threads are not taken for these.
    ThreadGroup group = new ThreadGroup("started by " + what);
    long seed = Seed.current();
    FutureTask<Boolean> task =
        new FutureTask<>(() ->
            Seed.with(
                seed,
                () -> {
                  work.run();
                  return true;
                }));
    Thread worker = new Thread(group, task);
    worker.start();
    try {
      task.get();
    } catch (ExecutionException e) {
      switch (Objects.requireNonNullElse(e.getCause(), e)) {
        case Exception cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw e;
      }
    }
    worker.join();
    for (Thread thread : started(group)) {
      thread.join(PATIENCE);
    }
    Expect.equal(
        "threads that " + what + " has left behind",
        List.of(),
        started(group).stream().map(Thread::getName).toList());
  }

  /** Those that have not ended yet. */
  private static List<Thread> started(ThreadGroup group) {
    Thread[] threads = new Thread[group.activeCount() + 100];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count).filter(thread -> !isCommon(thread)).toList();
  }

  /** The virtual machine's own pool keeps its threads as it likes. */
  private static boolean isCommon(Thread thread) {
    return thread instanceof ForkJoinWorkerThread worker
        && ForkJoinPool.commonPool().equals(worker.getPool());
  }
}
