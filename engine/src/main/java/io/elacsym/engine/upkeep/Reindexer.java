package io.elacsym.engine.upkeep;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.model.ReindexStatus.State;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Gives the segments that there are other indexes, one segment after the other, in the background.
 * What is wrong is found by looking at what is stored: a process that dies in the middle leaves
 * nothing behind that has to be remembered.
 */
public final class Reindexer {
  private static final System.Logger LOG = System.getLogger(Reindexer.class.getName());

  /**
   * How often what is stored is gone through. The rounds after the first are for what has failed
   * and for segments that have come meanwhile; were there no limit, a named index that is not the
   * configured one would run after every flush.
   */
  private static final int ROUNDS = 4;

  /** Storage that does not answer for so many segments in a row will not do so for the next. */
  private static final int MOST_UNANSWERED = 3;

  /** How many seconds to wait after a first round in which something failed; later longer. */
  private static final int PAUSE_SECONDS = 5;

  private final NamespaceContext context;
  private final Writer writer;
  private final IndexReplacer replacer;
  private final ReentrantLock lock = new ReentrantLock();

  /** Written under the lock. */
  private volatile Optional<ReindexRun> last = Optional.empty();

  public Reindexer(NamespaceContext context, Writer writer, IndexReplacer replacer) {
    this.context = context;
    this.writer = writer;
    this.replacer = replacer;
  }

  /** The one that goes on, or else the last one; empty when there was none. */
  public Optional<ReindexRun> last() {
    return last;
  }

  /** Tells the one that goes on to end. */
  public void cancel() {
    last.filter(ReindexRun::isGoingOn).ifPresent(ReindexRun::cancel);
  }

  /**
   * Begins, or joins the one that goes on if that has the same end.
   *
   * @throws ElacsymException {@code CONFLICT} when one goes on that has another end
   */
  public ReindexRun start(ReindexWish wish) {
    try (Held _ = Held.of(lock)) {
      Optional<ReindexRun> goingOn = last.filter(ReindexRun::isGoingOn);
      if (goingOn.isPresent()) {
        return joined(goingOn.get(), wish);
      }
      ReindexRun run = new ReindexRun(wish, distrusted(wish), context.now());
      ReindexPlan plan = plan(run);
      run.plan(plan);
      if (plan.isEmpty()) {
        run.end(State.DONE, context.now());
      } else {
        begin(run, plan);
      }
      last = Optional.of(run);
      return run;
    }
  }

  private ReindexRun joined(ReindexRun run, ReindexWish wish) {
    if (run.isCancelled() || !run.wish().isSameAs(wish)) {
      throw ElacsymException.conflict(
          "namespace '"
              + context.name()
              + "' is being reindexed"
              + (run.isCancelled()
                  ? ", which was cancelled and is about to end; ask again then"
                  : " with "
                      + String.join(" and ", run.wish().texts())
                      + (run.wish().force() ? " by force" : "")
                      + "; wait for its end, or cancel it first"));
    }
    return run;
  }

  /** Where everything is built anew: all that there is now. */
  private Set<String> distrusted(ReindexWish wish) {
    return wish.force()
        ? segments().stream()
            .flatMap(segment -> segment.indexes().stream())
            .filter(index -> wish.recipes().containsKey(index.kind()))
            .map(IndexEntry::blob)
            .map(SegmentEntry.BlobRef::name)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private List<SegmentEntry> segments() {
    return writer.follower().state().manifest().content().segments();
  }

  private ReindexPlan plan(ReindexRun run) {
    return ReindexPlan.of(segments(), run.wish().recipes(), run.distrusted());
  }

  private void begin(ReindexRun run, ReindexPlan plan) {
    LOG.log(
        Level.INFO,
        "namespace {0}: building indexes of {1} segments anew: {2}",
        context.name(),
        plan.segments(),
        String.join(" and ", run.wish().texts()));
    context.seams().tasks().start("elacsym-reindex-" + context.name(), () -> work(run));
  }

  private void work(ReindexRun run) {
    State end = State.FAILED;
    try {
      end = rounds(run);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.failed(new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", e));
    } catch (ElacsymException e) {
      note(run, "go on", e);
    } catch (RuntimeException e) {
      run.failed(
          new ElacsymException(ErrorKind.INTERNAL, "internal error; the server's log has more", e));
      // Work under way when the storage is closed fails in its own way.
      LOG.log(
          writer.follower().isOpen() ? Level.ERROR : Level.DEBUG,
          "namespace %s: reindex failed".formatted(context.name()),
          e);
    } finally {
      run.end(end, context.now());
      LOG.log(
          Level.INFO,
          "namespace {0}: reindex {1}: {2} segments of {3}",
          context.name(),
          end.id(),
          run.status().segmentsDone(),
          run.status().segments());
    }
  }

  private State rounds(ReindexRun run) throws InterruptedException {
    boolean whole = true;
    for (int round = 1; round <= ROUNDS; round++) {
      if (!whole) {
        pause(run, PAUSE_SECONDS * (round - 1));
      }
      whole = round(run);
      if (run.isCancelled()) {
        return State.CANCELLED;
      }
      // Whoever waits is told why, if it has to end here.
      writer.follower().requireOpen();
      if (context.plugins().isStopping()) {
        throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping");
      }
      if (whole && plan(run).isEmpty()) {
        return State.DONE;
      }
    }
    return whole ? State.DONE : State.FAILED;
  }

  private void pause(ReindexRun run, int seconds) throws InterruptedException {
    for (int second = 0; second < seconds && !run.isCancelled(); second++) {
      context.seams().tasks().sleep(Duration.ofSeconds(1));
    }
  }

  /** Does what is left to do as far as that is possible; false when it is not. */
  private boolean round(ReindexRun run) {
    boolean whole = true;
    int unanswered = 0;
    try {
      writer.follower().refresh();
      ReindexPlan plan = plan(run);
      run.plan(plan);
      for (ReindexPlan.Step step : plan.steps()) {
        Optional<ElacsymException> failure = tryTo(run, step);
        if (failure.isEmpty()) {
          unanswered = 0;
          continue;
        }
        whole = false;
        unanswered = failure.get().kind() == ErrorKind.UNAVAILABLE ? unanswered + 1 : 0;
        if (run.isCancelled()
            || !writer.follower().isOpen()
            || context.plugins().isStopping()
            || unanswered == MOST_UNANSWERED) {
          return false;
        }
      }
    } catch (ElacsymException e) {
      note(run, "look at it", e);
      return false;
    }
    return whole;
  }

  private Optional<ElacsymException> tryTo(ReindexRun run, ReindexPlan.Step step) {
    try {
      context
          .turns()
          .run(
              "reindex",
              run.deadline(),
              () -> replacer.replace(step.segmentId(), step.indexes(), run.wish().providers()));
      run.done(step);
      return Optional.empty();
    } catch (ElacsymException e) {
      if (!run.isCancelled()) {
        note(run, "build indexes of segment " + step.segmentId(), e);
      }
      return Optional.of(e);
    }
  }

  private void note(ReindexRun run, String what, ElacsymException e) {
    run.failed(e);
    LOG.log(
        context.plugins().isStopping() ? Level.DEBUG : Level.WARNING,
        "namespace {0}: reindex could not {1}: {2}",
        context.name(),
        what,
        e.forOperators());
  }
}
