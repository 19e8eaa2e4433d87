package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.check.CheckedWrite;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.engine.task.Waits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Gathers concurrent writes of a namespace and hands them on in groups, one group at a time. While
 * a group is being committed the next one gathers; when several writers are waiting already, a
 * group lingers a little for the others. Safe for use by many threads.
 */
public final class GroupCommit {
  private final Writer writer;
  private final TaskRunner tasks;
  private final String name;
  private final Duration linger;
  private final long maxBytes;
  private final Deque<PendingWrite> waiting = new ArrayDeque<>();
  private boolean running;

  public GroupCommit(NamespaceContext context, Writer writer) {
    this.writer = writer;
    this.tasks = context.seams().tasks();
    this.name = context.name();
    this.linger = context.settings().write().linger();
    this.maxBytes = context.settings().write().maxCommitBytes();
  }

  /**
   * Waits until the write is durable.
   *
   * @throws ElacsymException {@link ErrorKind#TIMEOUT} when the deadline of the caller is over
   *     first; the message says whether the write may still take effect
   */
  public WriteResult write(CheckedWrite checked) {
    PendingWrite write = new PendingWrite(checked, Deadline.current(), new CompletableFuture<>());
    boolean start;
    synchronized (waiting) {
      waiting.add(write);
      start = !running;
      running = true;
    }
    if (start) {
      startRunning();
    }
    try {
      return result(write);
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.TIMEOUT) {
        throw e;
      }
      if (write.done().isDone()) {
        return Deadline.without(() -> result(write));
      }
      throw isWithdrawn(write) ? notStored(e) : inDoubt(e);
    }
  }

  private static WriteResult result(PendingWrite write) {
    try {
      return Waits.result(write.done());
    } catch (ExecutionException e) {
      // Made anew: each writer of a group gets an exception of its own.
      if (e.getCause() instanceof ElacsymException known) {
        throw new ElacsymException(known.kind(), String.valueOf(known.getMessage()), known);
      }
      throw new CompletionException(e.getCause());
    }
  }

  /**
   * Takes a write back that no group has yet. It is told by identity, because requests are large
   * and every writer needs this monitor.
   */
  @SuppressWarnings("ReferenceEquality")
  private boolean isWithdrawn(PendingWrite write) {
    synchronized (waiting) {
      return waiting.removeIf(other -> other == write);
    }
  }

  /** The time is over, and the write is not stored and will not be. */
  static ElacsymException notStored(ElacsymException e) {
    return new ElacsymException(
        ErrorKind.TIMEOUT, e.getMessage() + "; nothing of the write was stored", e);
  }

  private static ElacsymException inDoubt(ElacsymException e) {
    return new ElacsymException(
        ErrorKind.TIMEOUT,
        e.getMessage()
            + "; the write may take effect or not, and sending it again is safe, if it has no condition",
        e);
  }

  private void startRunning() {
    try {
      tasks.start("elacsym-commit-" + name, this::run);
    } catch (RuntimeException | Error e) {
      failAll(e);
    }
  }

  private void run() {
    try {
      // A group is of many callers: none of their deadlines is that of the whole.
      Deadline.runWithout(this::commitAll);
    } catch (RuntimeException | Error e) {
      failAll(e);
      throw e;
    }
  }

  /** Without a thread that commits, nobody would ever wake those who wait. */
  private void failAll(Throwable why) {
    List<PendingWrite> stranded;
    synchronized (waiting) {
      stranded = List.copyOf(waiting);
      waiting.clear();
      running = false;
    }
    stranded.forEach(write -> write.done().completeExceptionally(why));
  }

  private void commitAll() {
    boolean crowded = false;
    while (true) {
      if (crowded && !linger.isZero()) {
        try {
          tasks.sleep(linger);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      List<PendingWrite> group = next();
      if (group.isEmpty()) {
        return;
      }
      crowded = group.size() > 1;
      try {
        writer.commit(group);
      } catch (RuntimeException | Error e) {
        // Whoever waits gets it; there is nobody else to tell.
        group.forEach(write -> write.done().completeExceptionally(e));
      }
      group.forEach(GroupCommit::requireDone);
    }
  }

  private static void requireDone(PendingWrite write) {
    if (!write.done().isDone()) {
      write
          .done()
          .completeExceptionally(
              new ElacsymException(ErrorKind.INTERNAL, "a commit forgot one of its writes"));
    }
  }

  private List<PendingWrite> next() {
    synchronized (waiting) {
      List<PendingWrite> group = new ArrayList<>();
      long bytes = 0;
      while (!waiting.isEmpty()
          && (group.isEmpty() || bytes + waiting.getFirst().write().bytes() <= maxBytes)) {
        PendingWrite write = waiting.removeFirst();
        bytes += write.write().bytes();
        group.add(write);
      }
      running = !group.isEmpty();
      return group;
    }
  }
}
