package io.elacsym.engine.owner;

import io.elacsym.engine.cas.AtomicObject.Versioned;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.wal.Wal;
import io.elacsym.engine.wal.WalEntry;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Brings a state up from storage: recovery is just opening. */
final class Loader {
  private static final System.Logger LOG = System.getLogger(Loader.class.getName());

  private final Site site;
  private final BiConsumer<OpenSegment, SegmentEntry.IndexEntry> onLostIndex;

  Loader(Site site, BiConsumer<OpenSegment, SegmentEntry.IndexEntry> onLostIndex) {
    this.site = site;
    this.onLostIndex = onLostIndex;
  }

  /** A state and how far the WAL was read into it. */
  record Loaded(State state, WalCursor cursor) {}

  /**
   * Opens all segments of a manifest and replays the WAL behind its floor. Both are read side by
   * side, in one wave if the WAL is empty.
   *
   * @param before whose open segments are used again where they are the same
   * @param needs what the first request will ask of the segments
   */
  Loaded load(Versioned<Manifest> manifest, Optional<Snapshot> before, Needs needs) {
    List<Wal.Found> tail = new ArrayList<>();
    List<SegmentView> views = new ArrayList<>();
    boolean read = false;
    try {
      Parallel.run(
          List.of(
              () -> views.addAll(openAll(manifest, before, needs)),
              () -> tail.addAll(site.wal().readFrom(manifest.content().walFloor()))));
      read = true;
    } finally {
      if (!read) {
        views.forEach(view -> view.segment().release());
      }
    }
    State state = new State(site.plugins(), manifest, views);
    boolean loaded = false;
    try {
      WalCursor cursor = new WalCursor(site, manifest.content().incarnation());
      tail.forEach(found -> cursor.take(found, state));
      loaded = true;
      return new Loaded(state, cursor);
    } finally {
      if (!loaded) {
        state.close();
      }
    }
  }

  private List<SegmentView> openAll(
      Versioned<Manifest> manifest, Optional<Snapshot> before, Needs needs) {
    List<SegmentEntry> entries = manifest.content().segments();
    if (entries.isEmpty()) {
      return List.of();
    }
    Queue<OpenSegment> opened = new ConcurrentLinkedQueue<>();
    boolean all = false;
    try {
      List<SegmentView> views =
          Parallel.map(
              entries,
              entry -> {
                OpenSegment segment =
                    reuse(entry, before).orElseGet(() -> open(manifest, entry, needs));
                opened.add(segment);
                return new SegmentView(segment, segment.storedLive());
              });
      all = true;
      return views;
    } finally {
      if (!all) {
        opened.forEach(OpenSegment::release);
      }
    }
  }

  private Optional<OpenSegment> reuse(SegmentEntry entry, Optional<Snapshot> before) {
    return before.stream()
        .flatMap(snapshot -> snapshot.segments().stream())
        .map(SegmentView::segment)
        .filter(segment -> segment.entry().equals(entry) && segment.retain())
        .findFirst();
  }

  private OpenSegment open(Versioned<Manifest> manifest, SegmentEntry entry, Needs needs) {
    OpenSegment[] opened = new OpenSegment[1];
    opened[0] =
        OpenSegment.open(
            site.plugins(),
            site.blobs(),
            site.name(),
            entry,
            manifest.content().schema(),
            needs,
            index -> onLostIndex.accept(opened[0], index));
    return opened[0];
  }

  /** Opens a segment that was just built. */
  OpenSegment open(Manifest manifest, SegmentEntry entry) {
    return open(new Versioned<>(manifest, ""), entry, Needs.NOTHING);
  }

  /** How far the WAL has been read, and by which writers. */
  static final class WalCursor {
    private final Site site;
    private final String incarnation;
    private long epoch;

    WalCursor(Site site, String incarnation) {
      this.site = site;
      this.incarnation = incarnation;
    }

    /** Whether a writer has fenced this epoch: what it puts from now on is dead. */
    boolean isFenced(long writerEpoch) {
      return epoch > writerEpoch;
    }

    /** Applies every entry behind the state's last one, found by listing: also behind a gap. */
    void takeAll(State state) {
      site.wal().readFrom(state.sequence() + 1).forEach(found -> take(found, state));
    }

    /** Applies what was found, unless it is damaged or dead. */
    void take(Wal.Found found, State state) {
      if (found.sequence() <= state.sequence()) {
        return;
      }
      if (found.sequence() > state.sequence() + 1) {
        LOG.log(
            Level.ERROR,
            "namespace {0}: WAL entries {1} to {2} are missing; the writes in them are lost",
            site.name(),
            Long.toString(state.sequence() + 1),
            Long.toString(found.sequence() - 1));
        for (long lost = state.sequence() + 1; lost < found.sequence(); lost++) {
          site.counters().skippedWalEntry();
        }
      }
      if (found.entry().isEmpty()) {
        LOG.log(
            Level.ERROR,
            "namespace {0}: skipped WAL entry {1}; the writes in it are lost: {2}",
            site.name(),
            Long.toString(found.sequence()),
            found.damage().map(Throwable::getMessage).orElse(""));
        site.counters().skippedWalEntry();
        state.skip(found.sequence());
        return;
      }
      WalEntry entry = found.entry().get();
      // A writer that was fenced may still have put an entry behind the fence before it learned.
      if (entry.epoch() < epoch || !entry.incarnation().equals(incarnation)) {
        LOG.log(
            Level.WARNING,
            "namespace {0}: ignored WAL entry {1} of a former writer (epoch {2}); it was never"
                + " acknowledged",
            site.name(),
            Long.toString(found.sequence()),
            Long.toString(entry.epoch()));
        state.skip(found.sequence());
        return;
      }
      epoch = entry.epoch();
      state.apply(entry, found.bytes());
    }
  }
}
