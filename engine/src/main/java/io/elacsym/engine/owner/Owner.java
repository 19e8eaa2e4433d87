package io.elacsym.engine.owner;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.cas.NumberedLog;
import io.elacsym.engine.cas.NumberedLog.Draft;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Detached;
import io.elacsym.engine.task.Waits;
import io.elacsym.engine.wal.Wal;
import io.elacsym.engine.wal.WalEntry;
import io.elacsym.engine.write.PendingWrite;
import io.elacsym.engine.write.Resolver;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The one place that commits. It holds the state of an open namespace, makes this process its
 * writer when it has to write, and notices when another process has become that.
 *
 * <p>Taking over is a compare-and-set of the epoch in the manifest, then a fence: an entry at the
 * next free number of the WAL. The former writer either got that number before (then its entry is
 * read and applied first) or loses it, and learns. Safe for use by many threads: one lock is held
 * for each commit, never while segments are built.
 */
public final class Owner {
  private static final System.Logger LOG = System.getLogger(Owner.class.getName());
  private static final int TAKEOVER_ATTEMPTS = 3;
  private static final int MANIFEST_ATTEMPTS = 20;

  private final Site site;
  private final Loader loader;
  private final ManifestCommits commits;
  private final KnownVersions known = new KnownVersions();
  private final ReentrantLock commitLock = new ReentrantLock();
  private volatile State state;
  private Loader.WalCursor cursor;

  /**
   * Written under the lock; read without it by readers, who only ask whether it was true before.
   */
  private volatile boolean owner;

  private volatile boolean dropped;
  private volatile boolean closed;

  /** A time at which it was certain that no other writer had taken over. */
  private Instant confirmedAt = Instant.MIN;

  private volatile Instant refreshedAt;

  private final Instant openedAt;

  /** How many looks at the WAL have begun; written under the lock. */
  private volatile long looksBegun;

  /** The last of them that came to an end. */
  private long lookEnded;

  /**
   * Opens a namespace for reading.
   *
   * @param manifest as just read, active
   * @param asked when it was asked for
   * @param needs what the first request will ask of the segments
   */
  public Owner(
      Site site,
      Versioned<Manifest> manifest,
      Instant asked,
      Needs needs,
      BiConsumer<OpenSegment, SegmentEntry.IndexEntry> onLostIndex) {
    this.site = site;
    this.loader = new Loader(site, onLostIndex);
    this.commits = new ManifestCommits(site);
    this.refreshedAt = asked;
    this.openedAt = asked;
    Loader.Loaded loaded = loader.load(manifest, asked, Optional.empty(), needs);
    this.state = loaded.state();
    this.cursor = loaded.cursor();
    know(state.manifest());
  }

  private void know(Versioned<Manifest> committed) {
    known.know(committed.content(), site.seams().clock().instant());
  }

  /**
   * Since when this process has known a version of the manifest, or a later one, to be committed;
   * {@link Instant#MAX} if it has not.
   */
  public Instant knownSince(long version) {
    return known.since(version);
  }

  /** The state now; another object after a reload. */
  public State state() {
    requireOpen();
    return state;
  }

  /** Bytes of writes that are in no segment yet; none once it is closed or dropped. */
  public long unflushedBytes() {
    return isOpen() ? state.unflushedBytes() : 0;
  }

  /** Rows and bytes that the next flush is for; none once it is closed or dropped. */
  public State.LiveSize filling() {
    return isOpen() ? state.filling() : State.LiveSize.NOTHING;
  }

  /** The state now, as a snapshot with its segments retained: close it after use. */
  public Snapshot snapshot() {
    while (true) {
      // Empty when a reload came between: then there is a newer state.
      Optional<Snapshot> snapshot = state().snapshot();
      if (snapshot.isPresent()) {
        return snapshot.get();
      }
      Thread.onSpinWait();
    }
  }

  /** Opens a segment that was just built for a manifest about to be committed. */
  public OpenSegment open(SegmentEntry entry) {
    return loader.open(state().manifest().content(), entry);
  }

  /**
   * @throws ElacsymException {@code UNAVAILABLE} when closed, {@code NOT_FOUND} when dropped
   */
  public void requireOpen() {
    if (closed) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping");
    }
    if (dropped) {
      throw ElacsymException.notFound("namespace '" + site.name() + "' does not exist");
    }
  }

  /**
   * Makes the state include every write acknowledged anywhere before this call.
   *
   * <p>Another process has to change the manifest before it may write, so an unchanged manifest
   * proves that nothing was written behind an owner's back. A process that is not the owner has to
   * look for new entries of the WAL, too. It does so under the lock; but of those who wait for it
   * one looks for all, because whatever begins after they came shows what they must see.
   */
  public void refresh() {
    requireOpen();
    long before = looksBegun;
    Instant asked = site.seams().clock().instant();
    refreshedAt = asked;
    Optional<Versioned<Manifest>> changed = readIfChanged(state.manifest().version());
    if (changed.isEmpty() && owner) {
      return;
    }
    if (commitLock.isHeldByCurrentThread()) {
      takeIn(changed, before, asked);
    } else {
      Detached.run(() -> takeIn(changed, before, asked));
    }
  }

  /**
   * Takes in what was found. Others need it as well, so it is not given up when the caller has no
   * time left: a namespace that takes long to load would never be loaded.
   */
  private void takeIn(Optional<Versioned<Manifest>> changed, long before, Instant asked) {
    Waits.lock(commitLock);
    try {
      requireOpen();
      // Our own commits, and others who load it, may have moved the state meanwhile.
      if (changed.isPresent() && isNews(changed.get())) {
        // Whoever loads looks at the WAL, too.
        Deadline.runWithout(() -> reload(changed.get(), asked));
        return;
      }
      if (!owner && (lookEnded <= before || site.isLongAgo(asked))) {
        Deadline.runWithout(() -> follow(asked));
      }
    } finally {
      commitLock.unlock();
    }
  }

  /**
   * As {@link #refresh}, unless a commit or a takeover is under way, which may wait for the storage
   * for long.
   *
   * @return whether it was done
   */
  public boolean tryToRefresh() {
    if (!commitLock.tryLock()) {
      return false;
    }
    try {
      refresh();
      return true;
    } finally {
      commitLock.unlock();
    }
  }

  /**
   * As {@link #refresh}, but only when the last one is older than {@code limit}; and where the
   * storage does not answer, what is known has to do.
   */
  public void refreshIfOlderThan(Duration limit) {
    if (refreshedAt.plus(limit).isAfter(site.seams().clock().instant())) {
      return;
    }
    try {
      refresh();
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.UNAVAILABLE) {
        throw e;
      }
      requireOpen();
      LOG.log(
          Level.DEBUG, "namespace {0}: reading what is known: {1}", site.name(), e.forOperators());
    }
  }

  private Optional<Versioned<Manifest>> readIfChanged(String version) {
    try {
      return Detached.call(() -> site.manifest().readIfChanged(version));
    } catch (ElacsymException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        endLife();
      }
      throw e;
    }
  }

  private NumberedLog<WalEntry> wal() {
    return site.wal(state.manifest().content());
  }

  private void endLife() {
    dropped = true;
    state.close();
    requireOpen();
  }

  /**
   * Whether a manifest that was read says what the state does not know, rather than knew before.
   */
  private boolean isNews(Versioned<Manifest> found) {
    Versioned<Manifest> known = state.manifest();
    return !found.version().equals(known.version())
        && (found.content().version() >= known.content().version()
            || !found.content().incarnation().equals(known.content().incarnation()));
  }

  private boolean reloadIfChanged() {
    Instant asked = site.seams().clock().instant();
    Optional<Versioned<Manifest>> changed = readIfChanged(state.manifest().version());
    changed.ifPresent(manifest -> reload(manifest, asked));
    return changed.isPresent();
  }

  /**
   * @param asked when the manifest was asked for
   */
  private void reload(Versioned<Manifest> manifest, Instant asked) {
    if (!manifest.content().isActive()
        || !manifest.content().incarnation().equals(state.manifest().content().incarnation())) {
      endLife();
    }
    State before = state;
    Optional<Snapshot> open = before.snapshot();
    try {
      Loader.Loaded loaded = loader.load(manifest, asked, open, Needs.NOTHING);
      // First: a reader that finds the new state must not take this process for its writer.
      owner = false;
      state = loaded.state();
      cursor = loaded.cursor();
      know(state.manifest());
    } finally {
      open.ifPresent(Snapshot::close);
    }
    before.close();
  }

  /**
   * Applies entries of the WAL that others have added. Mostly there are none, which one request for
   * the next number shows, unless it may have been deleted since. An entry that was lost hides
   * those behind it until the next reload; whoever takes over lists them, see {@link #fence}.
   *
   * @param asked when the manifest that is known was asked for
   */
  private void follow(Instant asked) {
    long look = looksBegun + 1;
    looksBegun = look;
    if (wal().read(state.sequence() + 1).isPresent() || site.isLongAgo(asked)) {
      takeTail(asked);
    }
    lookEnded = look;
  }

  /**
   * Applies every entry behind the state's last one, found by listing: also behind a gap.
   *
   * @param asked when the manifest that is known was asked for
   * @return false when it has changed; then everything was loaded anew
   */
  private boolean takeTail(Instant asked) {
    long first = state.sequence() + 1;
    List<Found<WalEntry>> tail = wal().readFrom(first);
    if (loader.isDoubtful(tail, first, state.manifest().content(), asked) && reloadIfChanged()) {
      return false;
    }
    tail.forEach(entry -> cursor.take(entry, state));
    return true;
  }

  /** Becomes the writer, if this process is not. */
  private void takeOver() {
    for (int attempt = 0; attempt < MANIFEST_ATTEMPTS; attempt++) {
      reloadIfChanged();
      Versioned<Manifest> before = state.manifest();
      Manifest mine =
          before.content().knowing(state.sequence()).withEpoch(before.content().epoch() + 1);
      // Nothing is given up for it: what is to be done next may be about the oldest version.
      Manifest after = commits.nextKeeping(before.content().historyFrom(), before.content(), mine);
      Instant asked = site.seams().clock().instant();
      Optional<Versioned<Manifest>> won = commits.replace(before, after);
      if (won.isPresent()) {
        know(won.get());
        state.committed(won.get());
        if (!fence(won.get().content(), asked)) {
          continue;
        }
        owner = true;
        confirmedAt = asked;
        LOG.log(
            Level.INFO,
            "namespace {0}: writing from now on, epoch {1}",
            site.name(),
            Long.toString(after.epoch()));
        return;
      }
    }
    throw ElacsymException.conflict(
        "namespace '" + site.name() + "': other processes keep changing its manifest");
  }

  /**
   * False when yet another process took over after this one.
   *
   * @param asked when the put of that manifest began
   */
  private boolean fence(Manifest manifest, Instant asked) {
    while (true) {
      // By listing: a fence in a gap would make acknowledged entries behind the gap look dead.
      if (!takeTail(asked) || cursor.isFenced(manifest.epoch())) {
        return false;
      }
      WalEntry fence = Fence.entry(site, manifest, state.sequence() + 1);
      Draft<WalEntry> draft = Wal.draft(fence);
      switch (wal().append(draft)) {
        case WON -> {
          cursor.take(
              new Found<>(
                  draft.number(), draft.bytes().length, Optional.of(fence), Optional.empty()),
              state);
          return true;
        }
        case LOST -> LOG.log(Level.DEBUG, "the former writer was faster, reading its entry");
        case UNKNOWN -> throw inDoubt();
      }
    }
  }

  private ElacsymException inDoubt() {
    return new ElacsymException(
        ErrorKind.UNAVAILABLE,
        "namespace '"
            + site.name()
            + "': storage did not say whether it has taken a write; it may be there or not, and"
            + " sending it again is safe");
  }

  /** Makes a group of writes durable and visible, and completes each of them. */
  public void commit(List<PendingWrite> group) {
    commitLock.lock();
    try {
      for (int attempt = 1; ; attempt++) {
        requireOpen();
        if (!owner) {
          takeOver();
        }
        if (tryCommit(group)) {
          return;
        }
        owner = false;
        if (attempt == TAKEOVER_ATTEMPTS) {
          throw ElacsymException.conflict(
              "namespace '" + site.name() + "': others keep taking over writing");
        }
      }
    } finally {
      commitLock.unlock();
    }
  }

  private record Accepted(PendingWrite write, WriteResult result) {}

  /** False when another writer has the next number: nothing was stored. */
  private boolean tryCommit(List<PendingWrite> group) {
    List<Accepted> accepted = new ArrayList<>();
    WalEntry entry;
    try (Resolver resolver = new Resolver(state, site.plugins())) {
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
              site.seams().ids().get(),
              resolver.changes());
    }
    Draft<WalEntry> draft = Wal.draft(entry);
    Instant asked = site.seams().clock().instant();
    switch (wal().append(draft)) {
      case WON -> take(entry, draft.bytes().length, asked);
      case LOST -> {
        return false;
      }
      case UNKNOWN -> {
        owner = false;
        throw inDoubt();
      }
    }
    for (Accepted write : accepted) {
      WriteResult result = write.result();
      write
          .write()
          .done()
          .complete(new WriteResult(result.upserted(), result.deleted(), entry.sequence()));
    }
    return true;
  }

  /** Takes a durable entry over into the state. */
  private void take(WalEntry entry, long bytes, Instant asked) {
    boolean taken = false;
    try {
      confirm(entry.sequence(), asked);
      state.apply(entry, bytes);
      taken = true;
    } finally {
      if (!taken) {
        // The entry is there, but the state lacks it: this process must look before it answers.
        owner = false;
      }
    }
    site.counters().commit(bytes);
  }

  /**
   * Closes the hole of every such design: a writer that slept for long may win a number that was
   * flushed and deleted meanwhile. Objects are kept for a grace after the floor has passed them, so
   * an append that ended within half of it is safe (the other half is for clocks that differ); a
   * slower one is checked against the manifest.
   *
   * @param asked when the append began: a number won then proves that there was no fence then, and
   *     nothing about the time after
   */
  private void confirm(long sequence, Instant asked) {
    if (site.isLongAgo(confirmedAt) && isSuperseded(sequence)) {
      throw inDoubt();
    }
    confirmedAt = asked;
  }

  /** Whether an entry that was stored may be dead; then the state is loaded anew. */
  private boolean isSuperseded(long sequence) {
    Instant asked = site.seams().clock().instant();
    Manifest mine = state.manifest().content();
    try {
      Optional<Versioned<Manifest>> changed =
          readIfChanged(state.manifest().version())
              .filter(manifest ->
                  !manifest.content().incarnation().equals(mine.incarnation())
                      || manifest.content().epoch() != mine.epoch()
                      || manifest.content().walFloor() > sequence);
      changed.ifPresent(manifest -> reload(manifest, asked));
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
   * Makes this process the writer, if it is not. Whoever is about to store objects that no manifest
   * names yet does this first: then the reaper of a former writer leaves them alone.
   *
   * @return the state, up to date
   */
  public State becomeWriter() {
    Waits.lock(commitLock);
    try {
      requireOpen();
      if (!owner) {
        Deadline.runWithout(this::takeOver);
      }
      return state;
    } finally {
      commitLock.unlock();
    }
  }

  /**
   * Commits a change of the manifest.
   *
   * @param expected the state the change was made for
   * @param change gives the next version; how it is counted is set here
   * @param apply takes the committed manifest over into the state
   * @throws ElacsymException {@code CONFLICT} when another process has taken over meanwhile
   */
  public void commitManifest(
      State expected, UnaryOperator<Manifest> change, Consumer<Versioned<Manifest>> apply) {
    // The copy is made after the lock is released: writes need not wait for it.
    commits.tryToKeep(commitAlone(expected, change, apply).content());
  }

  private Versioned<Manifest> commitAlone(
      State expected, UnaryOperator<Manifest> change, Consumer<Versioned<Manifest>> apply) {
    Waits.lock(commitLock);
    try {
      // Given up between the commit and the state, the two would not be one any more.
      return Deadline.without(() -> commitWhole(expected, change, apply));
    } finally {
      commitLock.unlock();
    }
  }

  private Versioned<Manifest> commitWhole(
      State expected, UnaryOperator<Manifest> change, Consumer<Versioned<Manifest>> apply) {
    requireOpen();
    if (!owner) {
      takeOver();
    }
    if (state != expected) {
      throw lostRace();
    }
    Versioned<Manifest> before = state.manifest();
    Manifest known = before.content().knowing(state.sequence());
    Manifest after = commits.next(before.content(), change.apply(known));
    Instant asked = site.seams().clock().instant();
    Optional<Versioned<Manifest>> won = commits.replace(before, after);
    if (won.isEmpty()) {
      owner = false;
      throw lostRace();
    }
    confirmedAt = asked;
    know(won.get());
    apply.accept(won.get());
    return won.get();
  }

  /**
   * Says in the manifest that everything is flushed, if it is, and that this process writes no
   * more: whoever finds the WAL deleted later knows that nothing is lost.
   */
  public void sayFarewell() {
    commitLock.lock();
    try {
      if (!isOpen() || !owner || state.hasUnflushed()) {
        return;
      }
      Versioned<Manifest> before = state.manifest();
      Manifest flushed = before.content().knowing(state.sequence());
      // First: whatever becomes of the commit, a write from now on is one that takes over again.
      owner = false;
      commits
          .replace(before, commits.next(before.content(), flushed).asFarewell())
          .ifPresent(last -> {
            know(last);
            state.committed(last);
          });
    } finally {
      commitLock.unlock();
    }
  }

  /** Makes sure that the manifest as it is now has a copy in the history. */
  public void keepHistory() {
    commits.keep(state().manifest().content());
  }

  private ElacsymException lostRace() {
    return LostRace.of(site.name());
  }

  /** Since when this process has had this life open. */
  public Instant openedAt() {
    return openedAt;
  }

  /** Which life of the namespace this is. */
  public String incarnation() {
    return state.manifest().content().incarnation();
  }

  /** Whether this life of the namespace has ended; its name may have a new one. */
  public boolean isDropped() {
    return dropped;
  }

  public boolean isOpen() {
    return !closed && !dropped;
  }

  /** Whether this process is the writer now; it may be no longer when this returns. */
  public boolean isWriter() {
    return !dropped && owner;
  }

  /**
   * Does something that changes the namespace from outside, as another process would: no commit of
   * this process is under way meanwhile, and the next one looks what it has become.
   */
  public <T> T alone(Supplier<T> action) {
    Waits.lock(commitLock);
    try {
      return action.get();
    } finally {
      owner = false;
      commitLock.unlock();
    }
  }

  /** This life was ended by this very process: nobody needs to look. */
  public void ended() {
    commitLock.lock();
    try {
      if (isOpen()) {
        owner = false;
        dropped = true;
        state.close();
      }
    } finally {
      commitLock.unlock();
    }
  }

  /** Waits for the commit under way and closes what is open. */
  public void close() {
    commitLock.lock();
    try {
      if (!dropped && !closed) {
        closed = true;
        state.close();
      }
    } finally {
      commitLock.unlock();
    }
  }
}
