package io.elacsym.engine.upkeep;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
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
      Optional<OpenSegment> segment =
          snapshot.segments().stream()
              .map(Snapshot.SegmentView::segment)
              .filter(open -> open.entry().id().equals(segmentId))
              .findFirst();
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
          : LostRace.retried(() -> Deadline.whole(() -> store(segmentId, built)));
    } finally {
      built.forEach(successor -> successor.index().close());
    }
  }

  /**
   * Stores what was built, and commits it. Whatever is stored here is safe until the commit: from
   * the reaper of another process, because this one is the writer before, and loses the commit if
   * it is not any more; from its own, because that knows the attempt.
   */
  private int store(String segmentId, List<Successor> built) {
    State state = writer.becomeWriter();
    if (entry(state.manifest().content(), segmentId).isEmpty()) {
      return 0;
    }
    String attempt = layout.newAttempt(context);
    try {
      Map<IndexEntry, IndexEntry> stored = new HashMap<>();
      for (Successor successor : built) {
        stored.put(successor.former(), successor.index().store(attempt));
      }
      try (Held _ = layout.change()) {
        return commit(state, segmentId, stored);
      }
    } finally {
      layout.done(attempt);
    }
  }

  /**
   * @param stored the new indexes by those whose place they take
   */
  private int commit(State state, String segmentId, Map<IndexEntry, IndexEntry> stored) {
    // The entry of the manifest as it is now: it may have newer tombstones than the open segment,
    // and fewer of the former indexes.
    Optional<SegmentEntry> before = entry(state.manifest().content(), segmentId);
    List<IndexEntry> replaced =
        before.stream()
            .flatMap(segment -> segment.indexes().stream())
            .filter(stored::containsKey)
            .toList();
    if (before.isEmpty() || replaced.isEmpty()) {
      return 0;
    }
    OpenSegment opened = writer.follower().open(successor(before.get(), stored));
    try {
      writer.commitManifest(
          state,
          manifest -> {
            List<SegmentEntry> segments = new ArrayList<>(manifest.segments());
            segments.replaceAll(
                segment -> segment.id().equals(segmentId) ? successor(segment, stored) : segment);
            return manifest.withContent(manifest.content().withSegments(segments));
          },
          committed -> state.reindexed(committed, opened));
    } finally {
      opened.release();
    }
    replaced.forEach(index -> context.counters().indexRebuild());
    return replaced.size();
  }

  private static Optional<SegmentEntry> entry(Manifest manifest, String segmentId) {
    return manifest.segments().stream()
        .filter(segment -> segment.id().equals(segmentId))
        .findFirst();
  }

  private static SegmentEntry successor(SegmentEntry segment, Map<IndexEntry, IndexEntry> stored) {
    List<IndexEntry> indexes = new ArrayList<>(segment.indexes());
    indexes.replaceAll(index -> stored.getOrDefault(index, index));
    return segment.withIndexes(indexes);
  }
}
