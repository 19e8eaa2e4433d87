package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Allowance;
import io.elacsym.engine.model.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Blocking calls side by side on virtual threads. */
public final class Parallel {
  /** Causes that go round in a circle come to an end so. */
  private static final int MOST_CAUSES = 64;

  private Parallel() {}

  /**
   * Applies a function to every item, side by side, and waits for all. The first is the caller's
   * own, because to start another thread and wait for it costs more than a small step itself. Each
   * has the caller's deadline and allowance, and reads are counted for the caller. The first
   * failure is thrown after all have ended; others are suppressed in it.
   */
  public static <A, B> List<B> map(List<A> items, Function<A, B> function) {
    if (items.isEmpty()) {
      return List.of();
    }
    if (items.size() == 1) {
      return List.of(function.apply(items.getFirst()));
    }
    Deadline deadline = Deadline.current();
    Allowance allowance = Allowance.current();
    Optional<ReadTrace> parent = ReadTrace.current();
    List<ReadTrace> traces = new ArrayList<>();
    List<FutureTask<B>> tasks = new ArrayList<>();
    for (A item : items) {
      Callable<B> body = () -> function.apply(item);
      if (parent.isPresent()) {
        ReadTrace trace = new ReadTrace();
        traces.add(trace);
        Callable<B> plain = body;
        body = () -> trace.call(plain);
      }
      Callable<B> traced = body;
      tasks.add(new FutureTask<>(() -> deadline.call(() -> allowance.call(traced::call))));
    }
    tasks.subList(1, tasks.size()).forEach(task -> Thread.ofVirtual().start(task));
    runHere(tasks.getFirst());
    List<B> results = gather(tasks);
    parent.ifPresent(trace -> trace.join(traces));
    return results;
  }

  /**
   * Runs a task on this thread. If it was interrupted, so was the caller, who then waits for none
   * of the others, whatever the task has made of that.
   */
  private static void runHere(FutureTask<?> task) {
    task.run();
    if (task.state() == Future.State.FAILED && isInterruption(task.exceptionNow())) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isInterruption(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(InterruptedException.class::isInstance);
  }

  /**
   * As {@link #map}, but never more than {@code width} at a time: for work that holds something
   * scarce while it runs, such as open files.
   */
  public static <A, B> List<B> map(List<A> items, int width, Function<A, B> function) {
    if (items.size() <= width) {
      return map(items, function);
    }
    Semaphore running = new Semaphore(width);
    return map(
        items,
        item -> {
          acquire(running);
          try {
            return function.apply(item);
          } finally {
            running.release();
          }
        });
  }

  private static void acquire(Semaphore running) {
    try {
      running.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
    }
  }

  /** What two steps gave. */
  public record Both<A, B>(A first, B second) {}

  /** Takes two steps of different kinds side by side; otherwise as {@link #map}. */
  public static <A, B> Both<A, B> both(Supplier<A> first, Supplier<B> second) {
    List<Supplier<Both<Optional<A>, Optional<B>>>> steps =
        List.of(
            () -> new Both<>(Optional.of(first.get()), Optional.empty()),
            () -> new Both<>(Optional.empty(), Optional.of(second.get())));
    List<Both<Optional<A>, Optional<B>>> taken = map(steps, Supplier::get);
    return new Both<>(
        taken.getFirst().first().orElseThrow(), taken.getLast().second().orElseThrow());
  }

  /** Runs actions side by side and waits for all; failures as in {@link #map}. */
  public static void run(List<Runnable> actions) {
    map(
        actions,
        action -> {
          action.run();
          return true;
        });
  }

  private static <B> List<B> gather(List<? extends Future<B>> tasks) {
    List<B> results = new ArrayList<>(tasks.size());
    Optional<Throwable> failure = Optional.empty();
    for (Future<B> task : tasks) {
      try {
        results.add(task.get());
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        failure
            .filter(first -> !first.equals(cause))
            .ifPresent(first -> first.addSuppressed(cause));
        failure = failure.or(() -> Optional.of(cause));
      } catch (InterruptedException e) {
        tasks.forEach(other -> other.cancel(true));
        Thread.currentThread().interrupt();
        throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
      }
    }
    if (failure.isPresent()) {
      throw asUnchecked(failure.get());
    }
    return results;
  }

  public static RuntimeException asUnchecked(Throwable failure) {
    return switch (failure) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new ElacsymException(ErrorKind.INTERNAL, failure.toString(), failure);
    };
  }
}
