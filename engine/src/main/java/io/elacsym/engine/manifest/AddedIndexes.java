package io.elacsym.engine.manifest;

import io.elacsym.engine.manifest.SegmentEntry.IndexGap;
import io.elacsym.engine.model.IndexProgress;
import java.util.List;

/** Tells of indexes that were added to attributes, as long as segments lack them. */
public final class AddedIndexes {
  private AddedIndexes() {}

  /** How far each of them is; those that every segment has are not among them. */
  public static List<IndexProgress> of(Manifest manifest) {
    return manifest.segments().stream()
        .flatMap(segment -> segment.gaps().stream())
        .distinct()
        .map(gap -> progress(gap, manifest.segments()))
        .toList();
  }

  private static IndexProgress progress(IndexGap gap, List<SegmentEntry> segments) {
    List<SegmentEntry> done =
        segments.stream().filter(segment -> !segment.gaps().contains(gap)).toList();
    return new IndexProgress(
        gap.field(), gap.kind().id(), done.size(), segments.size(), rows(done), rows(segments));
  }

  private static long rows(List<SegmentEntry> segments) {
    return segments.stream().mapToLong(SegmentEntry::rows).sum();
  }
}
