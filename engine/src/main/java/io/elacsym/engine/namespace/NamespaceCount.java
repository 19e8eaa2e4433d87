package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.NamespaceTotal;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.task.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * How many namespaces there are. One task at a time counts them, however many callers ask, and what
 * it has counted is used for a few seconds. Safe for use by many threads.
 */
final class NamespaceCount {
  private static final Duration AGE = Duration.ofSeconds(5);

  private final IntSupplier counting;
  private final Seams seams;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<NamespaceTotal> known = Optional.empty();
  private Optional<Running> running = Optional.empty();

  /** How often this process has made or ended a namespace. */
  private long changes;

  private long changesKnown;

  /**
   * A count under way.
   *
   * @param changes how many of this process's changes it includes for certain: those made before it
   *     began
   */
  private record Running(CompletableFuture<NamespaceTotal> total, long changes) {}

  NamespaceCount(IntSupplier counting, Seams seams) {
    this.counting = counting;
    this.seams = seams;
  }

  /**
   * Says that this process has made so many namespaces, or has ended them if the number is
   * negative.
   */
  void changed(int more) {
    lock.lock();
    try {
      changes++;
      known = known.map(total -> new NamespaceTotal(total.namespaces() + more, total.at()));
    } finally {
      lock.unlock();
    }
  }

  /** What was counted last, at once; a new count is begun if that is old. */
  Optional<NamespaceTotal> known() {
    lock.lock();
    try {
      CompletableFuture<NamespaceTotal> total = fresh();
      return total.isDone() && !total.isCompletedExceptionally()
          ? Optional.of(total.join())
          : known;
    } finally {
      lock.unlock();
    }
  }

  /** What is counted now, or was a few seconds ago; includes what this process has done before. */
  int get() {
    CompletableFuture<NamespaceTotal> total;
    lock.lock();
    try {
      total = fresh();
    } finally {
      lock.unlock();
    }
    try {
      return Waits.result(total).namespaces();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ElacsymException failure
          ? failure
          : new ElacsymException(ErrorKind.INTERNAL, "namespaces cannot be counted", e);
    }
  }

  private CompletableFuture<NamespaceTotal> fresh() {
    Instant now = seams.clock().instant();
    Optional<NamespaceTotal> good =
        known.filter(total -> changesKnown == changes && total.at().plus(AGE).isAfter(now));
    if (good.isPresent()) {
      return CompletableFuture.completedFuture(good.get());
    }
    Optional<Running> shared = running.filter(count -> count.changes() == changes);
    if (shared.isPresent()) {
      return shared.get().total();
    }
    Running count = new Running(new CompletableFuture<>(), changes);
    running = Optional.of(count);
    try {
      seams.tasks().start("elacsym-count", () -> run(count));
    } catch (RuntimeException | Error e) {
      running = Optional.empty();
      throw e;
    }
    return count.total();
  }

  private void run(Running count) {
    try {
      NamespaceTotal total = new NamespaceTotal(counting.getAsInt(), seams.clock().instant());
      end(count, Optional.of(total));
      count.total().complete(total);
    } catch (RuntimeException | Error e) {
      end(count, Optional.empty());
      count.total().completeExceptionally(e);
    }
  }

  private void end(Running count, Optional<NamespaceTotal> total) {
    lock.lock();
    try {
      // What was changed meanwhile may be in the count or not; what is known has it for certain.
      boolean isSure = count.changes() == changes || known.isEmpty();
      if (total.isPresent() && isSure) {
        changesKnown = count.changes();
        known = total;
      }
      running = running.filter(other -> !other.equals(count));
    } finally {
      lock.unlock();
    }
  }
}
