package io.elacsym.engine.upkeep;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexGap;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.plugin.IndexProviders;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.segment.UnstoredIndex;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.task.LostRace;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Builds indexes of a segment anew from its documents and puts them, with one commit, in the place
 * of the former ones. Reads, writes, flushes and merges go on meanwhile, and only the commit is
 * alone. Until then, and in every snapshot that was taken before, the former indexes answer.
 */
public final class IndexReplacer {
  private final NamespaceContext context;
  private final Writer writer;
  private final Layout layout;

  /** Names of the objects whose successors are being built. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  public IndexReplacer(NamespaceContext context, Writer writer, Layout layout) {
    this.context = context;
    this.writer = writer;
    this.layout = layout;
  }

  /** Whether the successor of an index is being built now. */
  boolean isReplacing(IndexEntry index) {
    return underWay.contains(index.blob().name());
  }

  /** An index that is built and the one whose place it takes. */
  private record Successor(IndexEntry former, UnstoredIndex index) {}

  /** A gap, and the index that fills it; empty when there is nothing to index. */
  private record Filling(IndexGap gap, Optional<UnstoredIndex> index) {}

  /**
   * What is stored and becomes part of a segment.
   *
   * @param successors new indexes by those whose place they take
   * @param fillings indexes by the gaps that they fill; empty for one that is none
   */
  private record Stored(
      Map<IndexEntry, IndexEntry> successors, Map<IndexGap, Optional<IndexEntry>> fillings) {
    /** The part of it that there is still a place for. */
    Stored in(SegmentEntry segment) {
      Map<IndexEntry, IndexEntry> replacing = new HashMap<>(successors);
      replacing.keySet().retainAll(segment.indexes());
      Map<IndexGap, Optional<IndexEntry>> filling = new HashMap<>(fillings);
      filling.keySet().retainAll(segment.gaps());
      return new Stored(replacing, filling);
    }

    int count() {
      return successors.size() + fillings.size();
    }

    SegmentEntry into(SegmentEntry segment) {
      List<IndexEntry> indexes = new ArrayList<>(segment.indexes());
      indexes.replaceAll(index -> successors.getOrDefault(index, index));
      fillings.values().forEach(filling -> filling.ifPresent(indexes::add));
      List<IndexGap> gaps = new ArrayList<>(segment.gaps());
      gaps.removeAll(fillings.keySet());
      return segment.withIndexes(indexes).withGaps(gaps);
    }
  }

  /**
   * Gives one segment indexes that it does not have yet.
   *
   * @return how many gaps it has fewer
   */
  int fill(String segmentId, List<IndexGap> gaps, IndexProviders providers) {
    try {
      return fillAll(segmentId, gaps, providers);
    } catch (ElacsymException e) {
      if (Damage.is(e) && isGone(segmentId)) {
        return 0;
      }
      throw e;
    }
  }

  private int fillAll(String segmentId, List<IndexGap> gaps, IndexProviders providers) {
    List<Filling> built = new ArrayList<>();
    try (Snapshot snapshot = writer.follower().snapshot()) {
      Optional<OpenSegment> segment = open(snapshot, segmentId);
      if (segment.isEmpty()) {
        return 0;
      }
      for (IndexGap gap : gaps) {
        Deadline.check();
        built.add(
            new Filling(
                gap, context.builder().fill(segment.get(), snapshot.schema(), gap, providers)));
      }
      return LostRace.retried(() -> Deadline.whole(() -> store(segmentId, List.of(), built)));
    } finally {
      built.forEach(filling -> filling.index().ifPresent(UnstoredIndex::close));
    }
  }

  private static Optional<OpenSegment> open(Snapshot snapshot, String segmentId) {
    return snapshot.segments().stream()
        .map(Snapshot.SegmentView::segment)
        .filter(open -> open.entry().id().equals(segmentId))
        .findFirst();
  }

  /**
   * Replaces indexes of one segment.
   *
   * @param former those that are not among the segment's any more are left out: somebody else has
   *     replaced them, or merged the segment
   * @return how many were replaced
   */
  int replace(String segmentId, List<IndexEntry> former, IndexProviders providers) {
    List<String> names = former.stream().map(index -> index.blob().name()).toList();
    // Two tasks may come to the same index. The one that is later finds it replaced, and has only
    // worked in vain; so nobody waits, and a lost index is not begun a second time.
    List<String> begun = names.stream().filter(underWay::add).toList();
    try {
      return replaceAll(segmentId, former, providers);
    } catch (ElacsymException e) {
      if (Damage.is(e) && isGone(segmentId)) {
        return 0;
      }
      if (!Deadline.current().isCancelled()) {
        context.counters().failedIndexRebuild();
      }
      throw e;
    } finally {
      underWay.removeAll(begun);
    }
  }

  /** Whether a segment, of which an object was missing, is not used any more. */
  private boolean isGone(String segmentId) {
    writer.follower().refresh();
    return entry(writer.follower().state().manifest().content(), segmentId).isEmpty();
  }

  private int replaceAll(String segmentId, List<IndexEntry> former, IndexProviders providers) {
    List<Successor> built = new ArrayList<>();
    try (Snapshot snapshot = writer.follower().snapshot()) {
      Optional<OpenSegment> segment = open(snapshot, segmentId);
      if (segment.isEmpty()) {
        return 0;
      }
      for (IndexEntry index : former) {
        if (segment.get().entry().indexes().contains(index)) {
          Deadline.check();
          built.add(
              new Successor(index, context.builder().rebuild(segment.get(), index, providers)));
        }
      }
      return built.isEmpty()
          ? 0
          : LostRace.retried(() -> Deadline.whole(() -> store(segmentId, built, List.of())));
    } finally {
      built.forEach(successor -> successor.index().close());
    }
  }

  /**
   * Stores what was built, and commits it. Whatever is stored here is safe until the commit: from
   * the reaper of another process, because this one is the writer before, and loses the commit if
   * it is not any more; from its own, because that knows the attempt.
   */
  private int store(String segmentId, List<Successor> built, List<Filling> fillings) {
    State state = writer.becomeWriter();
    if (entry(state.manifest().content(), segmentId).isEmpty()) {
      return 0;
    }
    String attempt = layout.newAttempt(context);
    try {
      Stored stored = new Stored(new HashMap<>(), new HashMap<>());
      for (Successor successor : built) {
        stored.successors().put(successor.former(), successor.index().store(attempt));
      }
      for (Filling filling : fillings) {
        stored.fillings().put(filling.gap(), filling.index().map(index -> index.store(attempt)));
      }
      try (Held _ = layout.change()) {
        return commit(state, segmentId, stored);
      }
    } finally {
      layout.done(attempt);
    }
  }

  private int commit(State state, String segmentId, Stored all) {
    // The entry of the manifest as it is now: it may have newer tombstones than the open segment,
    // and fewer of the former indexes.
    Optional<SegmentEntry> before = entry(state.manifest().content(), segmentId);
    Optional<Stored> fitting = before.map(all::in).filter(stored -> stored.count() > 0);
    if (fitting.isEmpty()) {
      return 0;
    }
    Stored stored = fitting.get();
    OpenSegment opened = writer.follower().open(stored.into(before.orElseThrow()));
    try {
      writer.commitManifest(
          state,
          manifest -> {
            List<SegmentEntry> segments = new ArrayList<>(manifest.segments());
            segments.replaceAll(
                segment -> segment.id().equals(segmentId) ? stored.into(segment) : segment);
            return manifest.withContent(manifest.content().withSegments(segments));
          },
          committed -> state.reindexed(committed, opened));
    } finally {
      opened.release();
    }
    stored.successors().keySet().forEach(index -> context.counters().indexRebuild());
    return stored.count();
  }

  private static Optional<SegmentEntry> entry(Manifest manifest, String segmentId) {
    return manifest.segments().stream()
        .filter(segment -> segment.id().equals(segmentId))
        .findFirst();
  }
}
