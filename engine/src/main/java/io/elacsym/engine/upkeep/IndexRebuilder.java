package io.elacsym.engine.upkeep;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.writer.LostIndexes.Lost;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Builds lost indexes anew from the documents of their segments. */
public final class IndexRebuilder {
  private static final System.Logger LOG = System.getLogger(IndexRebuilder.class.getName());

  private final NamespaceContext context;
  private final Writer writer;
  private final Layout layout;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Set<String> everLost = ConcurrentHashMap.newKeySet();

  public IndexRebuilder(NamespaceContext context, Writer writer, Layout layout) {
    this.context = context;
    this.writer = writer;
    this.layout = layout;
  }

  /** Starts to rebuild what readers have found lost. */
  public void startLost() {
    writer.follower().lostIndexes().take().forEach(this::start);
  }

  /** Starts to rebuild one in the background, unless that is under way. */
  public void start(Lost found) {
    IndexEntry lost = found.index();
    if (everLost.add(lost.blob().name())) {
      context.counters().lostIndex();
    }
    if (underWay.add(lost.blob().name())) {
      context
          .seams()
          .tasks()
          .start(
              "elacsym-rebuild-" + context.name(),
              () -> {
                try {
                  context.turns().run("rebuild", () -> rebuild(found.segmentId(), lost));
                } catch (ElacsymException e) {
                  LOG.log(
                      Level.WARNING,
                      "namespace {0}: could not rebuild {1}, the next query tries again: {2}",
                      context.name(),
                      lost.blob().name(),
                      e.forOperators());
                } finally {
                  underWay.remove(lost.blob().name());
                }
              });
    }
  }

  /** Builds beside everything else; only the commit has to be alone. */
  private void rebuild(String segmentId, IndexEntry lost) {
    try (Snapshot snapshot = writer.follower().snapshot()) {
      Optional<OpenSegment> segment = find(snapshot, segmentId, lost);
      if (segment.isPresent()) {
        IndexEntry fresh =
            context.builder().rebuild(segment.get(), lost, context.seams().ids().get());
        boolean committed;
        try (Held _ = layout.change()) {
          committed = commit(segmentId, lost, fresh);
        }
        if (committed) {
          LOG.log(
              Level.INFO,
              "namespace {0}: rebuilt the {1} index of {2} in segment {3}",
              context.name(),
              lost.kind().id(),
              lost.field(),
              segmentId);
        }
      }
    }
  }

  private static Optional<OpenSegment> find(Snapshot snapshot, String segmentId, IndexEntry lost) {
    return snapshot.segments().stream()
        .map(Snapshot.SegmentView::segment)
        .filter(s -> s.entry().id().equals(segmentId) && s.entry().indexes().contains(lost))
        .findFirst();
  }

  /** False when the segment was merged away meanwhile. */
  private boolean commit(String segmentId, IndexEntry lost, IndexEntry fresh) {
    State state = writer.becomeWriter();
    try (Snapshot snapshot = writer.follower().snapshot()) {
      Optional<OpenSegment> before = find(snapshot, segmentId, lost);
      if (before.isEmpty()) {
        return false;
      }
      UnaryOperator<SegmentEntry> change =
          entry -> {
            List<IndexEntry> indexes = new ArrayList<>(entry.indexes());
            indexes.replaceAll(index -> index.equals(lost) ? fresh : index);
            return entry.withIndexes(indexes);
          };
      // The manifest's entry: it may have newer tombstones than the open segment.
      SegmentEntry entry =
          snapshot.manifest().segments().stream()
              .filter(s -> s.id().equals(segmentId))
              .findFirst()
              .orElseThrow();
      OpenSegment opened = writer.follower().open(change.apply(entry));
      try {
        writer.commitManifest(
            state,
            manifest -> {
              List<SegmentEntry> segments = new ArrayList<>(manifest.segments());
              segments.replaceAll(s -> s.id().equals(segmentId) ? change.apply(s) : s);
              return manifest.withContent(manifest.content().withSegments(segments));
            },
            committed -> state.reindexed(committed, before.get(), opened));
      } finally {
        opened.release();
      }
      return true;
    }
  }
}
