package io.elacsym.engine.upkeep;

import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.settings.CompactionSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which segments to merge next. Size-tiered: segments of about the same size are merged once there
 * are {@link #FAN_IN} of them, so that a row is rewritten about log(rows) / log(FAN_IN) times. A
 * pure function of the manifest and the settings.
 *
 * @param segments ids of what to merge; empty when there is nothing to do
 * @param reason for logs
 */
public record CompactionPlan(List<String> segments, String reason) {
  /** Segments of one tier that make a merge. */
  static final int FAN_IN = 4;

  /** Largest size within a tier over the smallest. */
  private static final double TIER_SPREAD = 4;

  /** Share of deleted rows from which a segment is rewritten on its own. */
  private static final double MAX_DEAD = 0.5;

  /** Most bytes of an attribute index, which is read into one array. */
  private static final long MAX_INDEX_BYTES = 1 << 30;

  private static final CompactionPlan NOTHING = new CompactionPlan(List.of(), "nothing to do");

  public CompactionPlan {
    segments = List.copyOf(segments);
  }

  public boolean isEmpty() {
    return segments.isEmpty();
  }

  /** What background compaction does next. */
  public static CompactionPlan next(Manifest manifest, CompactionSettings settings) {
    return next(manifest, settings, Map.of());
  }

  /**
   * The same where documents expire.
   *
   * @param expired how many live rows of a segment a merge would leave out, by its id
   */
  static CompactionPlan next(
      Manifest manifest, CompactionSettings settings, Map<String, Integer> expired) {
    List<SegmentEntry> bySize = bySize(manifest);
    for (SegmentEntry segment : bySize) {
      int left = segment.liveRows() - expired.getOrDefault(segment.id(), 0);
      if (left <= segment.rows() * (1 - MAX_DEAD)) {
        return new CompactionPlan(List.of(segment.id()), "half of its rows are deleted");
      }
    }
    for (int from = 0; from + FAN_IN <= bySize.size(); from++) {
      List<SegmentEntry> tier = tier(bySize.subList(from, bySize.size()), settings);
      if (tier.size() >= FAN_IN) {
        return new CompactionPlan(ids(tier), tier.size() + " segments of similar size");
      }
    }
    if (bySize.size() > settings.maxSegments()) {
      List<SegmentEntry> smallest =
          fitting(bySize.subList(0, bySize.size() - settings.maxSegments() + 1), settings);
      if (smallest.size() > 1) {
        return new CompactionPlan(ids(smallest), "more segments than compaction.max_segments");
      }
    }
    return NOTHING;
  }

  /**
   * What an explicit compaction does next: merge as much as one segment may hold.
   *
   * @param usable whether an index can be used; a segment with another one is written anew, also
   *     when it is alone
   */
  public static CompactionPlan everything(
      Manifest manifest, CompactionSettings settings, Predicate<IndexEntry> usable) {
    return everything(manifest, settings, usable, Map.of());
  }

  /**
   * The same where documents expire.
   *
   * @param expired how many live rows of a segment a merge would leave out, by its id
   */
  static CompactionPlan everything(
      Manifest manifest,
      CompactionSettings settings,
      Predicate<IndexEntry> usable,
      Map<String, Integer> expired) {
    List<SegmentEntry> group = fitting(bySize(manifest), settings);
    boolean gains =
        group.stream()
            .anyMatch(segment ->
                segment.liveRows() < segment.rows()
                    || expired.getOrDefault(segment.id(), 0) > 0
                    || !segment.indexes().stream().allMatch(usable));
    return group.size() > 1 || gains ? new CompactionPlan(ids(group), "asked for") : NOTHING;
  }

  private static List<SegmentEntry> bySize(Manifest manifest) {
    return manifest.segments().stream()
        .sorted(Comparator.comparingInt(SegmentEntry::liveRows).thenComparing(SegmentEntry::id))
        .toList();
  }

  /** The longest run from the start whose sizes are alike and whose sum fits. */
  private static List<SegmentEntry> tier(List<SegmentEntry> bySize, CompactionSettings settings) {
    double largest = Math.max(1, bySize.getFirst().liveRows()) * TIER_SPREAD;
    return fitting(
        bySize.stream().filter(segment -> segment.liveRows() <= largest).toList(), settings);
  }

  /**
   * The longest run from the start that one segment may hold. One that has too much by itself does
   * not keep those behind it from being merged.
   */
  private static List<SegmentEntry> fitting(
      List<SegmentEntry> bySize, CompactionSettings settings) {
    List<SegmentEntry> group = new ArrayList<>();
    long rows = 0;
    long bytes = 0;
    Map<String, Long> indexes = new HashMap<>();
    for (SegmentEntry segment : bySize) {
      if (segment.valueBytes() > settings.maxValueBytes()) {
        continue;
      }
      rows += segment.liveRows();
      bytes += segment.valueBytes();
      segment.indexes().stream()
          .filter(index -> index.kind() == IndexKind.ATTRIBUTE)
          .forEach(index -> indexes.merge(index.field(), index.blob().bytes(), Long::sum));
      if (rows > settings.maxTotalDocs()
          || bytes > settings.maxValueBytes()
          || indexes.values().stream().anyMatch(sum -> sum > MAX_INDEX_BYTES)) {
        break;
      }
      group.add(segment);
    }
    return group;
  }

  private static List<String> ids(List<SegmentEntry> segments) {
    return segments.stream().map(SegmentEntry::id).toList();
  }
}
