package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Gives work that no caller waits for (flushes, merges, deletions) a share of the storage, never
 * all of it: hundreds of namespaces whose turn comes at the same moment would otherwise take every
 * connection, and callers would wait behind them. Safe for use by many threads.
 *
 * <p>Tasks wait for their turn before they take any lock, so that none that a caller may wait for
 * stands in the queue. Requests wait as well, because one task may send many side by side.
 */
public final class BackgroundTurns {
  /** So many times as many tasks of a kind may be under way, counting those that hang. */
  private static final int MOST_LENT = 4;

  private final Semaphore requests;
  private final int tasksOfAKind;
  private final Map<String, Turns> tasks = new ConcurrentHashMap<>();
  private final Map<Deadline, Turn> running = new ConcurrentHashMap<>();

  /**
   * @param requests most requests to the storage at once
   * @param tasksOfAKind most tasks of one kind at once
   */
  public BackgroundTurns(int requests, int tasksOfAKind) {
    this.requests = new Semaphore(requests, true);
    this.tasksOfAKind = tasksOfAKind;
  }

  /**
   * The turns of one kind.
   *
   * @param lent how many more there may be because tasks hang
   */
  private record Turns(Semaphore free, Semaphore lent) {}

  /** Held by a task until it ends, or is taken for one that never does. */
  private record Turn(Turns turns, AtomicBoolean held, AtomicBoolean lent) {}

  /**
   * Runs a task when it is its turn among those of its kind.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when the thread is interrupted before that
   */
  public void run(String kind, Runnable task) {
    run(kind, Deadline.ofBackground(), task);
  }

  /**
   * {@link #run(String, Runnable)} for a task that can be cancelled.
   *
   * @param deadline of work in the background
   */
  public void run(String kind, Deadline deadline, Runnable task) {
    Turns turns =
        tasks.computeIfAbsent(
            kind,
            k ->
                new Turns(
                    new Semaphore(tasksOfAKind, true), new Semaphore(MOST_LENT * tasksOfAKind)));
    acquire(turns.free());
    Turn turn = new Turn(turns, new AtomicBoolean(true), new AtomicBoolean());
    running.put(deadline, turn);
    try {
      deadline.run(task);
    } finally {
      running.remove(deadline);
      if (turn.held().getAndSet(false)) {
        turns.free().release();
      }
      if (turn.lent().getAndSet(false)) {
        turns.lent().release();
      }
    }
  }

  /**
   * Lets another task have the turn of one that does not come to its end, so that it is not the end
   * of all work of its kind. The task itself goes on. For a few tasks at a time: whoever hangs has
   * threads and memory.
   *
   * @param deadline of the task
   */
  public void giveAway(Deadline deadline) {
    Turn turn = running.get(deadline);
    if (turn != null && turn.turns().lent().tryAcquire()) {
      turn.lent().set(true);
      if (turn.held().getAndSet(false)) {
        turn.turns().free().release();
      }
    }
  }

  /** Makes a request to the storage: a caller's at once, one of the background in its turn. */
  public <T> T request(Supplier<T> request) {
    if (!Deadline.current().isBackground()) {
      return request.get();
    }
    acquire(requests);
    try {
      return request.get();
    } finally {
      requests.release();
    }
  }

  private static void acquire(Semaphore turns) {
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
    }
  }
}
