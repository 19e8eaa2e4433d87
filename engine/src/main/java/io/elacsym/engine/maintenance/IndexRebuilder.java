package io.elacsym.engine.maintenance;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.manifest.Garbage;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.owner.Owner;
import io.elacsym.engine.owner.Site;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Builds lost indexes anew from the documents of their segments. */
public final class IndexRebuilder {
  private static final System.Logger LOG = System.getLogger(IndexRebuilder.class.getName());

  private final Site site;
  private final Owner owner;
  private final Layout layout;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  public IndexRebuilder(Site site, Owner owner, Layout layout) {
    this.site = site;
    this.owner = owner;
    this.layout = layout;
  }

  /** Starts rebuilding in the background, unless that is under way. */
  public void start(String segmentId, IndexEntry lost) {
    if (underWay.add(lost.blob().name())) {
      site.counters().lostIndex();
      site.seams()
          .tasks()
          .start(
              "elacsym-rebuild-" + site.name(),
              () -> {
                try {
                  layout.change(() -> rebuild(segmentId, lost));
                } catch (ElacsymException e) {
                  LOG.log(
                      Level.WARNING,
                      "namespace {0}: could not rebuild {1}, the next query tries again: {2}",
                      site.name(),
                      lost.blob().name(),
                      e.getMessage());
                } finally {
                  underWay.remove(lost.blob().name());
                }
              });
    }
  }

  private boolean rebuild(String segmentId, IndexEntry lost) {
    State state = owner.state();
    try (Snapshot snapshot = state.snapshot()) {
      Optional<OpenSegment> found =
          snapshot.segments().stream()
              .map(Snapshot.SegmentView::segment)
              .filter(s -> s.entry().id().equals(segmentId) && s.entry().indexes().contains(lost))
              .findFirst();
      if (found.isEmpty()) {
        return false;
      }
      OpenSegment segment = found.get();
      IndexEntry fresh = segment.rebuilt(lost, site.seams().ids().get());
      List<IndexEntry> indexes = new ArrayList<>(segment.entry().indexes());
      indexes.replaceAll(index -> index.equals(lost) ? fresh : index);
      Instant now = site.seams().clock().instant();
      SegmentEntry entry = state(state, segmentId).withIndexes(indexes);
      OpenSegment opened = owner.open(entry);
      boolean taken = false;
      try {
        owner.commitManifest(
            state,
            before -> {
              List<SegmentEntry> segments = new ArrayList<>(before.segments());
              segments.replaceAll(s -> s.id().equals(segmentId) ? s.withIndexes(indexes) : s);
              List<Garbage> garbage = new ArrayList<>(before.garbage());
              garbage.add(new Garbage(lost.blob().name(), now));
              return before.withSegments(segments, garbage);
            },
            committed -> state.reindexed(committed, segment, opened));
        taken = true;
      } finally {
        if (!taken) {
          opened.release();
        }
      }
      LOG.log(
          Level.INFO,
          "namespace {0}: rebuilt the {1} index of {2} in segment {3}",
          site.name(),
          lost.kind().id(),
          lost.field(),
          segmentId);
      return true;
    }
  }

  private static SegmentEntry state(State state, String segmentId) {
    return state.manifest().content().segments().stream()
        .filter(entry -> entry.id().equals(segmentId))
        .findFirst()
        .orElseThrow(() -> ElacsymException.conflict("segment " + segmentId + " is gone"));
  }
}
