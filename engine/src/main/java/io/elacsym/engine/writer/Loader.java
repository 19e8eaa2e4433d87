package io.elacsym.engine.writer;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.cas.NumberedLog.Found;
import io.elacsym.engine.cas.NumberedLog.Tail;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.OnFailure;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.wal.WalEntry;
import io.elacsym.engine.writer.LostIndexes.Lost;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Brings a state up from storage: recovery is just opening. */
final class Loader {
  private static final System.Logger LOG = System.getLogger(Loader.class.getName());

  private static final int ATTEMPTS = 5;

  private final NamespaceContext context;
  private final LostIndexes lost;

  Loader(NamespaceContext context, LostIndexes lost) {
    this.context = context;
    this.lost = lost;
  }

  /** A state and how far the WAL was read into it. */
  record Loaded(State state, WalCursor cursor) {}

  /**
   * Opens all segments of a manifest and replays the WAL behind its floor. If that takes so long
   * that objects may have gone meanwhile, the newest manifest is what counts.
   *
   * @param asked when the manifest was asked for
   * @param before whose open segments are used again where they are the same
   * @param needs what the first request will ask of the segments
   * @throws ElacsymException {@code NOT_FOUND} when this life of the namespace has ended meanwhile
   */
  Loaded load(Tagged<Manifest> manifest, Instant asked, Optional<Snapshot> before, Needs needs) {
    Optional<Loaded> loaded = tryToLoad(manifest, asked, before, needs);
    for (int attempt = 1; loaded.isEmpty(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new ElacsymException(
            ErrorKind.UNAVAILABLE,
            "namespace '" + context.name() + "' changes faster than storage lets it be opened");
      }
      Instant again = context.now();
      Tagged<Manifest> newest = context.manifest().readActive();
      if (!newest.content().incarnation().equals(manifest.content().incarnation())) {
        throw ElacsymException.notFound("namespace '" + context.name() + "' was made anew");
      }
      loaded = tryToLoad(newest, again, before, needs);
    }
    return loaded.get();
  }

  /**
   * Reads segments and WAL side by side, in one wave if the WAL is empty. Empty when the manifest
   * was replaced, and with it what there is to load.
   */
  private Optional<Loaded> tryToLoad(
      Tagged<Manifest> manifest, Instant asked, Optional<Snapshot> before, Needs needs) {
    long floor = manifest.content().walFloor();
    List<SegmentView> segments = new ArrayList<>();
    List<Tail<WalEntry>> read = new ArrayList<>();
    boolean loaded = false;
    try {
      Parallel.run(
          List.of(
              () -> segments.addAll(openAll(manifest, before, needs)),
              () -> read.add(context.wal(manifest.content()).readBehind(floor - 1))));
      Tail<WalEntry> wal = read.getFirst();
      List<Found<WalEntry>> tail = wal.entries();
      boolean isDoubtful =
          isCut(wal, manifest.content()) || isDoubtful(tail, floor, manifest.content(), asked);
      if (isDoubtful && isReplaced(manifest)) {
        return Optional.empty();
      }
      State state = new State(context.plugins(), manifest, segments);
      WalCursor cursor = new WalCursor(context, manifest.content().incarnation());
      if (!wal.hasStart()) {
        cursor.begin(manifest.content());
      }
      tail.forEach(found -> cursor.take(found, state));
      cursor.goPast(manifest.content().walLast(), state);
      loaded = true;
      return Optional.of(new Loaded(state, cursor));
    } catch (ElacsymException e) {
      if (Damage.is(e) && isReplaced(manifest)) {
        return Optional.empty();
      }
      throw e;
    } finally {
      if (!loaded) {
        segments.forEach(view -> view.segment().release());
      }
    }
  }

  /**
   * Whether entries are missing that were there when the manifest was made. Unless it was replaced
   * since, somebody has deleted them.
   */
  private static boolean isCut(Tail<WalEntry> wal, Manifest manifest) {
    long last =
        wal.entries().isEmpty() ? manifest.walFloor() - 1 : wal.entries().getLast().number();
    return last < manifest.walLast() || (hasStart(manifest) && !wal.hasStart());
  }

  /** Whether this life has a dead entry in its WAL; the last such entry is never deleted. */
  private static boolean hasStart(Manifest manifest) {
    return manifest.walFirst() < manifest.walFloor();
  }

  /**
   * Whether a part of the WAL that was read may need a newer manifest: because entries may have
   * been deleted while it was read, because they were written under a larger schema, or because a
   * later writer put them. That one may go on from a content that was restored, not from what is
   * here.
   *
   * @param first the number that should come first
   * @param asked when the manifest was asked for
   */
  boolean isDoubtful(List<Found<WalEntry>> tail, long first, Manifest manifest, Instant asked) {
    boolean hasGap = !tail.isEmpty() && tail.getLast().number() != first + tail.size() - 1;
    return hasGap
        || context.isLongAgo(asked)
        || tail.stream()
            .flatMap(found -> found.entry().stream())
            .anyMatch(entry -> entry.epoch() > manifest.epoch() || isBeyond(entry, manifest));
  }

  private static boolean isBeyond(WalEntry entry, Manifest manifest) {
    Set<String> attributes = manifest.schema().attributes().keySet();
    return entry.changes().stream()
        .anyMatch(change ->
            change instanceof WalEntry.Change.Put put
                && !attributes.containsAll(put.document().attributes().keySet()));
  }

  private boolean isReplaced(Tagged<Manifest> manifest) {
    return context.manifest().readIfChanged(manifest.tag()).isPresent();
  }

  private List<SegmentView> openAll(
      Tagged<Manifest> manifest, Optional<Snapshot> before, Needs needs) {
    List<SegmentEntry> entries = manifest.content().segments();
    if (entries.isEmpty()) {
      return List.of();
    }
    Queue<OpenSegment> opened = new ConcurrentLinkedQueue<>();
    return OnFailure.undo(
        () -> opened.forEach(OpenSegment::release),
        () ->
            Parallel.map(
                entries,
                entry -> {
                  OpenSegment segment =
                      reuse(entry, before).orElseGet(() -> open(manifest, entry, needs));
                  opened.add(segment);
                  return new SegmentView(segment, segment.storedLive());
                }));
  }

  private Optional<OpenSegment> reuse(SegmentEntry entry, Optional<Snapshot> before) {
    return before.stream()
        .flatMap(snapshot -> snapshot.segments().stream())
        .map(SegmentView::segment)
        .filter(segment -> segment.entry().equals(entry) && segment.retain())
        .findFirst();
  }

  private OpenSegment open(Tagged<Manifest> manifest, SegmentEntry entry, Needs needs) {
    return OpenSegment.open(
        context.plugins(),
        context.blobs(),
        context.documents(),
        context.name(),
        entry,
        manifest.content().schema(),
        needs,
        index -> lost.report(new Lost(entry.id(), index)));
  }

  /** Opens a segment that was just built. */
  OpenSegment open(Manifest manifest, SegmentEntry entry) {
    return open(new Tagged<>(manifest, ""), entry, Needs.NOTHING);
  }

  /** How far the WAL has been read, and by which writers. */
  static final class WalCursor {
    private final NamespaceContext context;
    private final String incarnation;
    private long epoch;

    WalCursor(NamespaceContext context, String incarnation) {
      this.context = context;
      this.incarnation = incarnation;
    }

    /** Whether a writer has fenced this epoch: what it puts from now on is dead. */
    boolean isFenced(long writerEpoch) {
      return epoch > writerEpoch;
    }

    /**
     * Reports that the last dead entry is missing. The engine keeps it until a later entry is dead,
     * so somebody else has deleted it, and perhaps also entries behind it that count.
     */
    void begin(Manifest manifest) {
      if (hasStart(manifest)) {
        LOG.log(
            Level.ERROR,
            "namespace {0}: WAL entry {1}, the last one that was flushed, is missing: somebody has"
                + " deleted it; writes that were acknowledged since that flush may be lost",
            context.name(),
            Long.toString(manifest.walFloor() - 1));
        context.counters().skippedWalEntry();
      }
    }

    /**
     * Goes past entries that were stored once, whether they are still there or not: their numbers
     * must not be used again.
     */
    void goPast(long last, State state) {
      skipMissing(last, state);
      state.skip(last);
    }

    private void skipMissing(long last, State state) {
      if (last <= state.sequence()) {
        return;
      }
      LOG.log(
          Level.ERROR,
          "namespace {0}: WAL entries {1} to {2} are missing; the writes in them are lost",
          context.name(),
          Long.toString(state.sequence() + 1),
          Long.toString(last));
      for (long lost = state.sequence() + 1; lost <= last; lost++) {
        context.counters().skippedWalEntry();
      }
    }

    /** Applies what was found, unless it is damaged or dead. */
    void take(Found<WalEntry> found, State state) {
      if (found.number() <= state.sequence()) {
        return;
      }
      skipMissing(found.number() - 1, state);
      if (found.entry().isEmpty()) {
        LOG.log(
            Level.ERROR,
            "namespace {0}: skipped WAL entry {1}; the writes in it are lost: {2}",
            context.name(),
            Long.toString(found.number()),
            found.damage().map(Throwable::getMessage).orElse(""));
        context.counters().skippedWalEntry();
        state.skip(found.number());
        return;
      }
      WalEntry entry = found.entry().get();
      // A writer that was fenced may still have put an entry behind the fence before it learned.
      if (entry.epoch() < epoch || !entry.incarnation().equals(incarnation)) {
        LOG.log(
            Level.WARNING,
            "namespace {0}: ignored WAL entry {1} of a former writer (epoch {2}); it was never"
                + " acknowledged",
            context.name(),
            Long.toString(found.number()),
            Long.toString(entry.epoch()));
        state.skip(found.number());
        return;
      }
      epoch = entry.epoch();
      state.apply(entry, found.bytes());
    }
  }
}
