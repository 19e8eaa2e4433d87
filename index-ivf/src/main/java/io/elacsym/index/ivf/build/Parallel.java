package io.elacsym.index.ivf.build;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.PluginContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Splits loops over threads that end with the call. Which thread does which part is left to chance,
 * so parts must not depend on one another.
 */
final class Parallel {

  /** A part of a loop, with one thread's scratch memory. */
  interface Part {
    /** Does steps {@code from} (inclusive) to {@code to} (exclusive). */
    void run(int from, int to);
  }

  private final PluginContext context;

  Parallel(PluginContext context) {
    this.context = context;
  }

  /**
   * Runs steps 0 to {@code steps - 1} in parts of {@code size}.
   *
   * @param worker makes what one thread runs its parts with
   */
  void forEach(int steps, int size, Supplier<Part> worker) {
    int parts = Math.ceilDiv(steps, size);
    int threads = Math.min(context.parallelism(), parts);
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          Part part = worker.get();
          for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
            context.checkCancelled();
            part.run(i * size, (int) Math.min(steps, (i + 1L) * size));
          }
        };
    if (threads <= 1) {
      loop.run();
      return;
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads - 1)) {
      List<Future<?>> others = new ArrayList<>();
      for (int i = 1; i < threads; i++) {
        others.add(pool.submit(loop));
      }
      try {
        loop.run();
        for (Future<?> other : others) {
          other.get();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ElacsymException.unavailable("the build of a vector index was interrupted", e);
      } catch (ExecutionException e) {
        throw unwrapped(e);
      } finally {
        next.set(parts); // after a failure the others stop at their next part
      }
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException failure -> failure;
      case Error failure -> throw failure;
      case Throwable failure ->
          new ElacsymException(ErrorKind.INTERNAL, "a vector index build failed", failure);
      case null -> new ElacsymException(ErrorKind.INTERNAL, "a vector index build failed", e);
    };
  }
}
