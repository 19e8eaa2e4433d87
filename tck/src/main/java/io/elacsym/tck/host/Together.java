package io.elacsym.tck.host;

import io.elacsym.tck.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a task many times at once. Platform threads on purpose: the operating system may stop each
 * anywhere, which is what finds races.
 */
public final class Together {
  private Together() {}

  /** A task that knows which of the threads it runs on, from 0. */
  @FunctionalInterface
  public interface Task<T> {
    T run(int thread) throws Exception;
  }

  /** Starts all at one moment; returns the results in thread order, or throws the first failure. */
  public static <T> List<T> run(int threads, Task<T> task) throws Exception {
    long seed = Seed.current();
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        futures.add(
            executor.submit(() -> {
              start.await();
              return Seed.with(seed, () -> task.run(thread));
            }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
