package io.elacsym.engine.upkeep;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexGap;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the indexes that were added to attributes after segments had been built, one segment after
 * the other. What is left to do stands in the manifest, so whoever becomes the writer goes on.
 */
public final class GapFiller {
  private final NamespaceContext context;
  private final Writer writer;
  private final IndexReplacer replacer;

  public GapFiller(NamespaceContext context, Writer writer, IndexReplacer replacer) {
    this.context = context;
    this.writer = writer;
    this.replacer = replacer;
  }

  private List<SegmentEntry> lacking() {
    return writer.follower().state().manifest().content().segments().stream()
        .filter(segment -> !segment.gaps().isEmpty())
        .toList();
  }

  /** Whether there is something to build, as far as this process knows. */
  public boolean isNeeded() {
    return !lacking().isEmpty();
  }

  /** Fills every gap that can be filled. One segment that fails does not keep the others back. */
  public void fill() {
    writer.follower().refresh();
    Optional<ElacsymException> failure = Optional.empty();
    for (SegmentEntry segment : lacking()) {
      try {
        fill(segment);
      } catch (ElacsymException e) {
        Deadline.check();
        writer.follower().requireOpen();
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void fill(SegmentEntry segment) {
    List<IndexGap> gaps = new ArrayList<>(segment.gaps());
    while (!gaps.isEmpty()) {
      List<IndexGap> some = gaps.subList(0, Math.min(gaps.size(), ReindexPlan.MOST_AT_ONCE));
      replacer.fill(segment.id(), List.copyOf(some), context.plugins().newIndexes());
      some.clear();
    }
  }
}
