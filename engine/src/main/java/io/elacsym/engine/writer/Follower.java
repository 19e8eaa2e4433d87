package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.NumberedLog;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Beside;
import io.elacsym.engine.task.Detached;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.wal.WalEntry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this process knows of one life of a namespace: its state, and how that is brought up to date
 * with what other processes commit and write. It never changes anything on storage; a {@link
 * Writer} does, and tells it. Safe for use by many threads.
 */
public final class Follower {
  private static final System.Logger LOG = System.getLogger(Follower.class.getName());

  private final NamespaceContext context;
  private final LostIndexes lost = new LostIndexes();
  private final Loader loader;
  private final KnownVersions versions = new KnownVersions();

  /** Held for each commit and each look at the WAL, never while segments are built. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Another object after a reload; replaced under the lock. */
  private volatile Loader.Loaded loaded;

  /**
   * Whether this process is the writer, so that no other process adds to the WAL unless it changes
   * the manifest first. Written under the lock; read without it by readers, who only ask whether it
   * was true before.
   */
  private volatile boolean leads;

  /**
   * The number of the entry that this process is storing as the writer, 0 when it is storing none.
   * Written under the lock.
   */
  private volatile long storing;

  private volatile Life life = Life.OPEN;
  private volatile Instant refreshedAt;

  /** How many looks at the WAL have begun; written under the lock. */
  private volatile long looksBegun;

  /** The last of them that came to an end. */
  private long lookEnded;

  private enum Life {
    OPEN,
    /** By this process, which is stopping. */
    CLOSED,
    /** This life of the namespace is over; its name may have a new one. */
    ENDED
  }

  /**
   * Opens a namespace for reading.
   *
   * @param manifest as just read, active
   * @param asked when it was asked for
   * @param needs what the first request will ask of the segments
   */
  public Follower(NamespaceContext context, Tagged<Manifest> manifest, Instant asked, Needs needs) {
    this.context = context;
    this.loader = new Loader(context, lost);
    this.refreshedAt = asked;
    this.loaded = loader.load(manifest, asked, Optional.empty(), needs);
    know(manifest());
  }

  void know(Tagged<Manifest> committed) {
    versions.know(committed.content(), context.now());
  }

  /**
   * Since when this process has known a version of the manifest, or a later one, to be committed;
   * {@link Instant#MAX} if it has not.
   */
  public Instant knownSince(long version) {
    return versions.since(version);
  }

  /** The state now; another object after a reload. */
  public State state() {
    requireOpen();
    return known();
  }

  /** The state now, also of a life that is over: whoever holds the lock and has begun goes on. */
  State known() {
    return loaded.state();
  }

  private Tagged<Manifest> manifest() {
    return known().manifest();
  }

  /** The last entry of the WAL that is known here. */
  public long knownSequence() {
    return known().sequence();
  }

  /** Bytes of writes that are in no segment yet; none once it is closed or over. */
  public long unflushedBytes() {
    return isOpen() ? known().unflushedBytes() : 0;
  }

  /** Rows and bytes that the next flush is for; none once it is closed or over. */
  public State.LiveSize filling() {
    return isOpen() ? known().filling() : State.LiveSize.NOTHING;
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
   * @throws ElacsymException {@code UNAVAILABLE} when closed, {@code NOT_FOUND} when over
   */
  public void requireOpen() {
    switch (life) {
      case OPEN -> {}
      case CLOSED -> throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping");
      case ENDED ->
          throw ElacsymException.notFound("namespace '" + context.name() + "' does not exist");
    }
  }

  /**
   * Makes the state include every write acknowledged anywhere before this call.
   *
   * <p>Another process has to change the manifest before it may write, so an unchanged manifest
   * proves that nothing was written behind a writer's back. A process that is not the writer has to
   * look for new entries of the WAL, too. It does so under the lock; but of those who wait for it
   * one looks for all, because whatever begins after they came shows what they must see.
   *
   * <p>While the writer itself waits to hear that an entry is stored, others may have read it
   * already, and what was read once must not be gone. So it looks, in the same wave, whether the
   * entry is there, and if so waits for the end of the commit.
   */
  public void refresh() {
    requireOpen();
    long before = looksBegun;
    long mine = storing;
    Instant asked = context.now();
    refreshedAt = asked;
    // Until it is known that the entry is not there, it may be.
    AtomicBoolean mayBeStored = new AtomicBoolean(mine > 0);
    Optional<Beside> look =
        mine > 0
            ? Optional.of(Beside.start(() -> mayBeStored.set(wal().has(mine))))
            : Optional.empty();
    Optional<Tagged<Manifest>> changed;
    try {
      changed = readIfChanged();
    } finally {
      look.ifPresent(Beside::join);
    }
    if (changed.isEmpty() && leads && !mayBeStored.get()) {
      return;
    }
    if (lock.isHeldByCurrentThread()) {
      takeIn(changed, before, asked);
    } else {
      Detached.run(() -> takeIn(changed, before, asked));
    }
  }

  /**
   * Takes in what was found. Others need it as well, so it is not given up when the caller has no
   * time left: a namespace that takes long to load would never be loaded.
   */
  private void takeIn(Optional<Tagged<Manifest>> changed, long before, Instant asked) {
    try (Held _ = Held.of(lock)) {
      requireOpen();
      // Our own commits, and others who load it, may have moved the state meanwhile.
      if (changed.isPresent() && isNews(changed.get())) {
        // Whoever loads looks at the WAL, too.
        Deadline.runWithout(() -> reload(changed.get(), asked));
        return;
      }
      if (!leads && (lookEnded <= before || context.isLongAgo(asked))) {
        Deadline.runWithout(() -> follow(asked));
      }
    }
  }

  /**
   * As {@link #refresh}, unless a commit or a takeover is under way, which may wait for the storage
   * for long.
   *
   * @return whether it was done
   */
  public boolean tryToRefresh() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      refresh();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * As {@link #refresh}, but only when the last one is older than {@code limit}; and where the
   * storage does not answer, what is known has to do.
   */
  public void refreshIfOlderThan(Duration limit) {
    if (refreshedAt.plus(limit).isAfter(context.now())) {
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
          Level.DEBUG,
          "namespace {0}: reading what is known: {1}",
          context.name(),
          e.forOperators());
    }
  }

  /** The manifest if it is another than the known one; ends this life when it is gone. */
  Optional<Tagged<Manifest>> readIfChanged() {
    String tag = manifest().tag();
    try {
      return Detached.call(() -> context.manifest().readIfChanged(tag));
    } catch (ElacsymException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        endLife();
      }
      throw e;
    }
  }

  NumberedLog<WalEntry> wal() {
    return context.wal(manifest().content());
  }

  private void endLife() {
    life = Life.ENDED;
    known().close();
    requireOpen();
  }

  /**
   * Whether a manifest that was read says what the state does not know, rather than knew before.
   */
  private boolean isNews(Tagged<Manifest> found) {
    Tagged<Manifest> mine = manifest();
    return !found.tag().equals(mine.tag())
        && (found.content().version() >= mine.content().version()
            || !found.content().incarnation().equals(mine.content().incarnation()));
  }

  /** Reads the manifest and, if it has changed, loads everything anew. Under the lock. */
  boolean reloadIfChanged() {
    Instant asked = context.now();
    Optional<Tagged<Manifest>> changed = readIfChanged();
    changed.ifPresent(manifest -> reload(manifest, asked));
    return changed.isPresent();
  }

  /**
   * Loads everything anew; this process is not the writer any more. Under the lock.
   *
   * @param asked when the manifest was asked for
   */
  void reload(Tagged<Manifest> manifest, Instant asked) {
    if (!manifest.content().isActive() || !manifest.content().incarnation().equals(incarnation())) {
      endLife();
    }
    State before = known();
    Optional<Snapshot> open = before.snapshot();
    try {
      Loader.Loaded fresh = loader.load(manifest, asked, open, Needs.NOTHING);
      // First: a reader that finds the new state must not take this process for its writer.
      leads = false;
      loaded = fresh;
      know(manifest());
    } finally {
      open.ifPresent(Snapshot::close);
    }
    before.close();
  }

  /**
   * Applies entries of the WAL that others have added. Mostly there are none, which one request for
   * the next number shows, unless it may have been deleted since. An entry that was lost hides
   * those behind it until the next reload; whoever takes over lists them.
   *
   * @param asked when the manifest that is known was asked for
   */
  private void follow(Instant asked) {
    long look = looksBegun + 1;
    looksBegun = look;
    long first = known().sequence() + 1;
    if (wal().read(first).isPresent() || context.isLongAgo(asked)) {
      // By listing: also behind a gap.
      takeTail(wal().readFrom(first), first, asked);
    }
    lookEnded = look;
  }

  /**
   * Applies every entry behind the state's last one. Under the lock.
   *
   * @param tail what a listing has found from {@code first} on, which is the next one
   * @param asked when the manifest that is known was asked for
   * @return false when that has changed; then everything was loaded anew
   */
  boolean takeTail(List<Found<WalEntry>> tail, long first, Instant asked) {
    if (loader.isDoubtful(tail, first, manifest().content(), asked) && reloadIfChanged()) {
      return false;
    }
    tail.forEach(this::take);
    return true;
  }

  /** Applies an entry that is stored. Under the lock. */
  void take(Found<WalEntry> found) {
    Loader.Loaded to = loaded;
    to.cursor().take(found, to.state());
  }

  /** Whether the WAL shows a later writer than one of this epoch. Under the lock. */
  boolean isFenced(long epoch) {
    return loaded.cursor().isFenced(epoch);
  }

  /**
   * Says which entry this process is storing, 0 for none. Under the lock; said before the request
   * is sent, and taken back after the entry is taken in.
   */
  void storing(long number) {
    storing = number;
  }

  /** Says whether this process is the writer from now on. Under the lock. */
  void lead(boolean isWriter) {
    leads = isWriter;
  }

  /** Whether this process is the writer now; it may be no longer when this returns. */
  boolean leads() {
    return life != Life.ENDED && leads;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Indexes that readers of this namespace have found lost. */
  public LostIndexes lostIndexes() {
    return lost;
  }

  /** Which life of the namespace this is. */
  public String incarnation() {
    return manifest().content().incarnation();
  }

  /** Whether this life of the namespace is over; its name may have a new one. */
  public boolean isOver() {
    return life == Life.ENDED;
  }

  public boolean isOpen() {
    return life == Life.OPEN;
  }

  /** Says that this process itself has ended this life, so that the manifest need not be asked. */
  public void ended() {
    closeAs(Life.ENDED);
  }

  /** Waits for the commit under way and closes what is open. */
  public void close() {
    closeAs(Life.CLOSED);
  }

  private void closeAs(Life end) {
    lock.lock();
    try {
      if (isOpen()) {
        life = end;
        leads = false;
        known().close();
      }
    } finally {
      lock.unlock();
    }
  }
}
