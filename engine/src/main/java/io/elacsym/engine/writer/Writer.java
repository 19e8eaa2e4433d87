package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.NumberedLog.Draft;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.settings.Succession;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.task.LostRace;
import io.elacsym.engine.wal.Wal;
import io.elacsym.engine.wal.WalEntry;
import io.elacsym.engine.write.Resolver;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What this process commits to an open namespace: entries of the WAL and versions of the manifest.
 * It makes this process the writer when it has to, and notices when another one has become that.
 * Safe for use by many threads: one lock is held for each commit, never while segments are built.
 */
public final class Writer {
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());
  private static final int TAKEOVER_ATTEMPTS = 3;

  private final NamespaceContext context;
  private final ManifestCommits commits;
  private final Follower follower;
  private final ReentrantLock lock;

  /** A time at which it was certain that no other writer had taken over; under the lock. */
  private Instant confirmedAt = Instant.MIN;

  public Writer(NamespaceContext context, Follower follower) {
    this.context = context;
    this.commits = context.manifest();
    this.follower = follower;
    this.lock = follower.lock();
  }

  /** What is known of the namespace, by this process's commits and by those of others. */
  public Follower follower() {
    return follower;
  }

  /** Whether this process is the writer now; it may be no longer when this returns. */
  public boolean isWriter() {
    return follower.leads();
  }

  /** Whether this process is the writer, or would be allowed to take over now. */
  public boolean mayWrite() {
    return isWriter()
        || context
                .seams()
                .succession()
                .mayTakeOver(context.name(), follower.state().manifest().content().activeWriter())
            instanceof Succession.Verdict.Yes;
  }

  /**
   * Makes this process the writer, if it is not. Whoever is about to store objects that no manifest
   * names yet does this first: then the reaper of a former writer leaves them alone.
   *
   * @return the state, up to date
   */
  public State becomeWriter() {
    try (Held _ = Held.of(lock)) {
      follower.requireOpen();
      if (!follower.leads()) {
        Deadline.runWithout(this::takeOver);
      }
      return follower.state();
    }
  }

  private void takeOver() {
    LostRace.retried(() -> {
      follower.reloadIfChanged();
      State state = follower.known();
      Tagged<Manifest> before = state.manifest();
      Manifest known = before.content().knowing(state.sequence());
      Instant asked = context.now();
      // The takeover gives up no version of the history: what the caller does next may need the
      // oldest one.
      Tagged<Manifest> mine =
          Takeover.raise(context, before, known, before.content().historyFrom());
      follower.know(mine);
      state.committed(mine);
      fence(state, mine.content(), asked);
      follower.lead(true);
      confirmedAt = asked;
      context.seams().succession().tookOver(context.name());
      LOG.log(
          Level.INFO,
          "namespace {0}: writing from now on, epoch {1}",
          context.name(),
          Long.toString(mine.content().epoch()));
      return mine;
    });
  }

  /**
   * Puts the fence of an epoch that this process has just committed.
   *
   * @param asked when the put of the manifest {@code mine} began
   */
  private void fence(State state, Manifest mine, Instant asked) {
    long first = state.sequence() + 1;
    WalEntry fence =
        Takeover.fence(
            context,
            mine,
            first,
            tail -> {
              // By listing: a fence in a gap would make acknowledged entries behind it look dead.
              if (!follower.takeTail(tail, first, asked) || follower.isFenced(mine.epoch())) {
                throw LostRace.of(context.name());
              }
            });
    follower.take(
        new Found<>(
            fence.sequence(),
            Wal.draft(fence).bytes().length,
            Optional.of(fence),
            Optional.empty()));
  }

  /** Makes a group of writes durable and visible, and completes each of them. */
  public void commit(List<PendingWrite> group) {
    lock.lock();
    try {
      for (int attempt = 1; ; attempt++) {
        follower.requireOpen();
        if (!follower.leads()) {
          takeOver();
        }
        if (tryCommit(group)) {
          return;
        }
        follower.lead(false);
        if (attempt == TAKEOVER_ATTEMPTS) {
          throw ElacsymException.conflict(
              "namespace '" + context.name() + "': others keep taking over writing");
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private record Accepted(PendingWrite write, WriteResult result) {}

  /** False when another writer has the next number: nothing was stored. */
  private boolean tryCommit(List<PendingWrite> group) {
    State state = follower.known();
    List<Accepted> accepted = new ArrayList<>();
    WalEntry entry;
    long maxBytes = context.settings().write().maxChangedBytes();
    try (Resolver resolver = new Resolver(state, context.plugins(), context.now(), maxBytes)) {
      for (PendingWrite write : group) {
        if (write.done().isDone()) {
          continue;
        }
        try {
          accepted.add(new Accepted(write, write.resolved(resolver::add)));
        } catch (RuntimeException e) {
          // Also what no check has foreseen is the failure of this write alone.
          write.done().completeExceptionally(e);
        }
      }
      if (accepted.isEmpty()) {
        return true;
      }
      Manifest manifest = state.manifest().content();
      entry =
          new WalEntry(
              state.sequence() + 1,
              manifest.epoch(),
              manifest.incarnation(),
              context.seams().ids().get(),
              resolver.changes());
    }
    Draft<WalEntry> draft = Wal.draft(entry);
    Instant asked = context.now();
    follower.storing(entry.sequence());
    try {
      switch (follower.wal().append(draft)) {
        case WON -> take(state, entry, draft.bytes().length, asked);
        case LOST -> {
          return false;
        }
        case UNKNOWN -> {
          follower.lead(false);
          throw inDoubt();
        }
      }
    } finally {
      follower.storing(0);
    }
    for (Accepted write : accepted) {
      write.write().done().complete(write.result().at(entry.sequence()));
    }
    return true;
  }

  private ElacsymException inDoubt() {
    return Takeover.inDoubt(context.name());
  }

  /** Takes a durable entry over into the state. */
  private void take(State state, WalEntry entry, long bytes, Instant asked) {
    boolean taken = false;
    try {
      confirm(entry.sequence(), asked);
      state.apply(entry, bytes);
      taken = true;
    } finally {
      if (!taken) {
        // The entry is there, but the state lacks it: this process must look before it answers.
        follower.lead(false);
      }
    }
    context.counters().commit(bytes);
  }

  /**
   * Guards against a writer that slept for long: it may win a number whose entry was flushed and
   * deleted meanwhile. Objects are kept for a grace after the floor has passed them, so an append
   * that ended within half of it is safe (the other half is for clocks that differ); a slower one
   * is checked against the manifest.
   *
   * @param asked when the append began: a number won then proves that there was no fence then, and
   *     nothing about the time after
   */
  private void confirm(long sequence, Instant asked) {
    if (context.isLongAgo(confirmedAt) && isSuperseded(sequence)) {
      throw inDoubt();
    }
    confirmedAt = asked;
  }

  /** Whether an entry that was stored may be dead; then the state is loaded anew. */
  private boolean isSuperseded(long sequence) {
    Instant asked = context.now();
    Manifest mine = follower.known().manifest().content();
    try {
      Optional<Tagged<Manifest>> changed =
          follower
              .readIfChanged()
              .filter(manifest ->
                  !manifest.content().incarnation().equals(mine.incarnation())
                      || manifest.content().epoch() != mine.epoch()
                      || manifest.content().walFloor() > sequence);
      changed.ifPresent(manifest -> follower.reload(manifest, asked));
      return changed.isPresent();
    } catch (ElacsymException e) {
      // Not found means that this life has ended: to the caller that must not look as if nothing
      // had been stored.
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }

  /**
   * Commits a change of the manifest.
   *
   * @param expected the state the change was made for
   * @param change gives the next version; how it is counted and what it makes garbage is set here
   * @param apply takes the committed manifest over into the state
   * @throws ElacsymException {@code CONFLICT} when another process has taken over meanwhile
   */
  public void commitManifest(
      State expected, UnaryOperator<Manifest> change, Consumer<Tagged<Manifest>> apply) {
    // The copy is made after the lock is released: writes need not wait for it.
    commits.tryToKeep(commitAlone(expected, change, apply).content());
  }

  private Tagged<Manifest> commitAlone(
      State expected, UnaryOperator<Manifest> change, Consumer<Tagged<Manifest>> apply) {
    try (Held _ = Held.of(lock)) {
      // Without a deadline: a change given up after the commit and before the state was changed
      // would leave the state different from the manifest.
      return Deadline.without(() -> commitWhole(expected, change, apply));
    }
  }

  private Tagged<Manifest> commitWhole(
      State expected, UnaryOperator<Manifest> change, Consumer<Tagged<Manifest>> apply) {
    follower.requireOpen();
    if (!follower.leads()) {
      takeOver();
    }
    State state = follower.known();
    if (state != expected) {
      throw LostRace.of(context.name());
    }
    Tagged<Manifest> before = state.manifest();
    Manifest known = before.content().knowing(state.sequence());
    Manifest after = commits.next(before.content(), change.apply(known));
    Instant asked = context.now();
    Optional<Tagged<Manifest>> won = commits.replace(before, after);
    if (won.isEmpty()) {
      follower.lead(false);
      throw LostRace.of(context.name());
    }
    confirmedAt = asked;
    follower.know(won.get());
    apply.accept(won.get());
    return won.get();
  }

  /**
   * Ceases to be the writer once the commit under way is done. Says so in the manifest, if
   * everything is flushed; else the next writer finds the rest in the WAL.
   */
  public void resign() {
    lock.lock();
    try {
      sayFarewell();
      follower.lead(false);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says in the manifest that everything is flushed, if it is, and that this process writes no
   * more: whoever finds the WAL deleted later knows that nothing is lost.
   */
  public void sayFarewell() {
    lock.lock();
    try {
      State state = follower.known();
      if (!follower.isOpen() || !follower.leads() || state.hasUnflushed()) {
        return;
      }
      Tagged<Manifest> before = state.manifest();
      Manifest flushed = before.content().knowing(state.sequence());
      // First: whatever becomes of the commit, a write from now on is one that takes over again.
      follower.lead(false);
      commits
          .replace(before, commits.next(before.content(), flushed).asFarewell())
          .ifPresent(last -> {
            follower.know(last);
            state.committed(last);
          });
    } finally {
      lock.unlock();
    }
  }

  /** Makes sure that the manifest as it is now has a copy in the history. */
  public void keepHistory() {
    commits.keep(follower.state().manifest().content());
  }

  /**
   * Begins something that changes the namespace from outside, as another process would: no commit
   * of this process is under way until the result is closed, and the next one looks what it has
   * become.
   */
  public Held alone() {
    Held held = Held.of(lock);
    return () -> {
      follower.lead(false);
      held.close();
    };
  }
}
