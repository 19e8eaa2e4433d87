package io.elacsym.index.hnsw.build;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs loops on a fixed number of threads, the caller's among them. The others end with {@link
 * #close}; with one thread none is ever started.
 */
final class Workers implements AutoCloseable {
  /** The body of a loop. */
  interface Body {
    /**
     * @param worker 0 to {@link #count} - 1; no two calls with the same worker overlap
     * @param index of the pass
     */
    void run(int worker, int index);
  }

  private final int count;
  private final List<ExecutorService> helpers = new ArrayList<>();

  Workers(int count) {
    this.count = count;
    if (count > 1) {
      helpers.add(
          Executors.newFixedThreadPool(
              count - 1, Thread.ofPlatform().daemon().name("hnsw-build-", 1).factory()));
    }
  }

  int count() {
    return count;
  }

  /**
   * Runs {@code body} for every index from 0 to {@code size - 1} and returns when all are done.
   * What one loop wrote, the next one sees, whatever thread it runs on. The first failure is thrown
   * on.
   */
  void loop(int size, Body body) {
    if (helpers.isEmpty() || size < 2) {
      for (int index = 0; index < size; index++) {
        body.run(0, index);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> others = new ArrayList<>();
    for (int worker = 1; worker < Math.min(count, size); worker++) {
      int number = worker;
      others.add(helpers.getFirst().submit(() -> share(number, next, size, body)));
    }
    try {
      share(0, next, size, body);
    } finally {
      await(others);
    }
  }

  private static void share(int worker, AtomicInteger next, int size, Body body) {
    try {
      for (int index = next.getAndIncrement(); index < size; index = next.getAndIncrement()) {
        body.run(worker, index);
      }
    } catch (Throwable failure) {
      next.set(size); // the others need not finish what will be thrown away
      throw failure;
    }
  }

  private static void await(List<Future<?>> others) {
    boolean interrupted = false;
    RuntimeException failure = null;
    for (Future<?> other : others) {
      while (true) {
        try {
          other.get();
          break;
        } catch (InterruptedException e) {
          // The loop's arrays are still being written: wait, and tell the caller afterwards.
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          failure =
              e.getCause() instanceof RuntimeException known
                  ? known
                  : new IllegalStateException(e.getCause());
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    helpers.forEach(ExecutorService::close);
  }
}
