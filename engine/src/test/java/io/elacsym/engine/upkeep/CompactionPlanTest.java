package io.elacsym.engine.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.elacsym.api.Encoding;
import io.elacsym.engine.manifest.Content;
import io.elacsym.engine.manifest.Life;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.manifest.SegmentEntry.Tombstones;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.settings.CompactionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is merged when, without merging anything. */
final class CompactionPlanTest {
  private static final CompactionSettings SETTINGS =
      new CompactionSettings(true, Duration.ofHours(1), 100, 1_000_000);

  private static SegmentEntry segment(String id, int rows, int deleted) {
    return segment(id, rows, deleted, 100L * rows, 10);
  }

  private static SegmentEntry segment(
      String id, int rows, int deleted, long valueBytes, long indexBytes) {
    return new SegmentEntry(
        id,
        Encoding.of("rows", 1),
        new BlobRef("segments/" + id, rows),
        new BlobRef("segments/" + id + ".envelope", rows),
        rows,
        valueBytes,
        List.of(
            new IndexEntry(
                "text",
                IndexKind.ATTRIBUTE,
                Encoding.of("attribute", 1),
                Optional.empty(),
                new BlobRef("indexes/" + id + "/0.attribute", indexBytes))),
        deleted == 0
            ? Optional.empty()
            : Optional.of(new Tombstones(new BlobRef("tombstones/" + id, 1), deleted)));
  }

  private static Manifest manifest(List<SegmentEntry> segments) {
    Schema schema = new Schema(List.of(), new LinkedHashMap<>());
    return Manifest.first(
        new Life("life", Life.Stage.ACTIVE, Instant.EPOCH, Optional.empty()),
        Optional.empty(),
        "commit",
        new Content(schema, Optional.empty(), segments));
  }

  private static CompactionPlan next(SegmentEntry... segments) {
    return CompactionPlan.next(manifest(List.of(segments)), SETTINGS);
  }

  /** Values may be compressed a thousandfold on storage; a merge has them in memory as they are. */
  @Test
  void noMergeIsGreaterThanTheMemoryForIt() {
    CompactionSettings settings =
        new CompactionSettings(true, Duration.ofHours(1), 100, 1_000_000, 1_000_000);
    List<SegmentEntry> segments = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      segments.add(segment("s" + i, 10, 0, 300_000, 10));
    }
    segments.add(segment("huge", 10, 0, 2_000_000, 10));
    for (CompactionPlan plan :
        List.of(
            CompactionPlan.next(manifest(segments), settings),
            CompactionPlan.everything(manifest(segments), settings, index -> true))) {
      assertTrue(plan.segments().size() <= 3, plan.toString());
      assertFalse(plan.segments().contains("huge"));
    }
    assertEquals(
        3,
        CompactionPlan.everything(manifest(segments), settings, index -> true).segments().size());
  }

  @Test
  void noAttributeIndexIsMergedBeyondWhatIsReadAtOnce() {
    List<SegmentEntry> segments = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      segments.add(segment("s" + i, 10, 0, 1_000, 400L << 20));
    }
    assertEquals(
        2,
        CompactionPlan.everything(manifest(segments), SETTINGS, index -> true).segments().size());
  }

  @Test
  void fewSegmentsOfOneSizeAreLeftAlone() {
    assertTrue(next().isEmpty());
    assertTrue(next(segment("a", 10, 0), segment("b", 10, 0), segment("c", 10, 0)).isEmpty());
  }

  @Test
  void fourSegmentsOfOneTierAreMergedAndALargeOneBesideThemIsNot() {
    CompactionPlan plan =
        next(
            segment("big", 10_000, 0),
            segment("a", 10, 0),
            segment("b", 12, 0),
            segment("c", 15, 0),
            segment("d", 30, 0));
    assertEquals(List.of("a", "b", "c", "d"), plan.segments());
  }

  @Test
  void aSegmentThatIsMostlyDeletedIsRewrittenAlone() {
    assertEquals(List.of("a"), next(segment("a", 100, 50), segment("b", 100, 49)).segments());
  }

  @Test
  void noMergeMakesASegmentLargerThanAllowed() {
    CompactionSettings small = new CompactionSettings(true, Duration.ofHours(1), 2, 1_000);
    List<SegmentEntry> segments = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      segments.add(segment("s" + i, 400, 0));
    }
    CompactionPlan plan = CompactionPlan.next(manifest(segments), small);
    assertEquals(2, plan.segments().size());
    assertTrue(
        CompactionPlan.everything(manifest(segments), small, index -> true).segments().size() <= 2);
  }

  @Test
  void moreSegmentsThanAllowedAreMergedWhateverTheirSizes() {
    CompactionSettings two = new CompactionSettings(true, Duration.ofHours(1), 2, 1_000_000);
    CompactionPlan plan =
        CompactionPlan.next(
            manifest(List.of(segment("a", 1, 0), segment("b", 100, 0), segment("c", 10_000, 0))),
            two);
    assertEquals(List.of("a", "b"), plan.segments());
  }

  @Test
  void askedForEverythingIsMergedAndThenNothingMore() {
    List<SegmentEntry> two = List.of(segment("a", 10, 0), segment("b", 10_000, 3));
    assertEquals(
        2, CompactionPlan.everything(manifest(two), SETTINGS, index -> true).segments().size());
    assertTrue(
        CompactionPlan.everything(
                manifest(List.of(segment("c", 10_007, 0))), SETTINGS, index -> true)
            .isEmpty());
  }

  /**
   * A million rows in flushes of about the same size: rows rewritten by merges over rows flushed.
   * Each row moves up one tier a merge, so about log4(1,000,000 / 10,000) times.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void everyRowIsRewrittenOnlyAFewTimes(long seed) {
    Random random = new Random(seed);
    List<SegmentEntry> segments = new ArrayList<>();
    long flushed = 0;
    long rewritten = 0;
    int most = 0;
    for (int number = 0; flushed < 1_000_000; number++) {
      int rows = 5_000 + random.nextInt(10_000);
      flushed += rows;
      segments.add(segment("f" + number, rows, 0));
      int merges = 0;
      for (CompactionPlan plan = CompactionPlan.next(manifest(segments), SETTINGS);
          !plan.isEmpty();
          plan = CompactionPlan.next(manifest(segments), SETTINGS)) {
        List<String> ids = plan.segments();
        int merged =
            segments.stream()
                .filter(segment -> ids.contains(segment.id()))
                .mapToInt(SegmentEntry::liveRows)
                .sum();
        assertTrue(merged <= SETTINGS.maxTotalDocs());
        rewritten += merged;
        segments.removeIf(segment -> ids.contains(segment.id()));
        segments.add(segment("m" + number + "-" + merges, merged, 0));
        assertTrue(++merges < 10, "compaction does not end");
      }
      most = Math.max(most, segments.size());
    }
    assertTrue(rewritten <= 5 * flushed, rewritten + " rows rewritten for " + flushed);
    assertTrue(most <= 20, most + " segments at once");
  }
}
