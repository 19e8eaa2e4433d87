package io.elacsym.engine.upkeep;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.ReindexStatus;
import io.elacsym.engine.model.ReindexStatus.State;
import io.elacsym.engine.task.Waits;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One reindex, from its beginning to its end: how far it is. Safe for use by many threads. */
public final class ReindexRun {
  private final ReindexWish wish;
  private final Set<String> distrusted;
  private final Instant startedAt;
  private final Deadline deadline = Deadline.ofBackground();
  private final CompletableFuture<ReindexStatus> over = new CompletableFuture<>();
  private int segmentsDone;
  private int segmentsLeft;
  private long rowsDone;
  private long rowsLeft;
  private Optional<ElacsymException> lastFailure = Optional.empty();

  /**
   * @param distrusted names of objects that are to be replaced even though they are as wished
   */
  ReindexRun(ReindexWish wish, Set<String> distrusted, Instant startedAt) {
    this.wish = wish;
    this.distrusted = Set.copyOf(distrusted);
    this.startedAt = startedAt;
  }

  ReindexWish wish() {
    return wish;
  }

  Set<String> distrusted() {
    return distrusted;
  }

  /** Under which its work is done. */
  Deadline deadline() {
    return deadline;
  }

  /** What is left to do now. */
  synchronized void plan(ReindexPlan plan) {
    segmentsLeft = plan.segments();
    rowsLeft = plan.rows();
  }

  synchronized void done(ReindexPlan.Step step) {
    if (step.last()) {
      segmentsDone++;
      segmentsLeft--;
      rowsDone += step.rows();
      rowsLeft -= step.rows();
    }
  }

  synchronized void failed(ElacsymException e) {
    lastFailure = Optional.of(e);
  }

  /** Tells it to end; what is committed stays. */
  public void cancel() {
    deadline.cancel("the reindex was cancelled");
  }

  boolean isCancelled() {
    return deadline.isCancelled();
  }

  boolean isGoingOn() {
    return !over.isDone();
  }

  void end(State state, Instant now) {
    over.complete(status(state, Optional.of(now)));
  }

  public ReindexStatus status() {
    return Optional.ofNullable(over.getNow(null))
        .orElseGet(
            () -> status(isCancelled() ? State.CANCELLING : State.RUNNING, Optional.empty()));
  }

  private synchronized ReindexStatus status(State state, Optional<Instant> endedAt) {
    return new ReindexStatus(
        state,
        wish.texts(),
        wish.force(),
        segmentsDone,
        segmentsDone + segmentsLeft,
        rowsDone,
        rowsDone + rowsLeft,
        startedAt,
        endedAt,
        lastFailure.map(failure -> String.valueOf(failure.getMessage())));
  }

  /**
   * Waits for its end. It goes on when this wait ends before.
   *
   * @throws ElacsymException {@code TIMEOUT} when the deadline of the caller is over first; as the
   *     last failure when it has failed
   */
  public ReindexStatus result() {
    ReindexStatus status;
    try {
      status = Waits.result(over);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reindex ended in a way that it does not know", e);
    }
    if (status.state() == State.FAILED) {
      ElacsymException failure = lastFailure();
      // Made anew: each of those who wait gets an exception of its own.
      throw new ElacsymException(failure.kind(), String.valueOf(failure.getMessage()), failure);
    }
    return status;
  }

  private synchronized ElacsymException lastFailure() {
    return lastFailure.orElseGet(
        () -> new ElacsymException(ErrorKind.INTERNAL, "the reindex has failed"));
  }
}
