package io.elacsym.engine.past;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.model.Finding;
import io.elacsym.engine.model.RepairReport;
import io.elacsym.engine.writer.EndMarkers.Marker;
import io.elacsym.engine.writer.ManifestCommits;
import io.elacsym.engine.writer.ManifestCommits.Look;
import io.elacsym.engine.writer.ManifestHistory;
import io.elacsym.engine.writer.ManifestHistory.Newest;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Takeover;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Makes it possible to open a namespace again that has lost its manifest, or segments that cannot
 * be brought back.
 */
public final class ManifestRepair {
  private static final System.Logger LOG = System.getLogger(ManifestRepair.class.getName());

  /** The damaged manifest may have been one commit ahead of its newest copy. */
  private static final int AHEAD = 2;

  private final NamespaceContext context;
  private final LongConsumer progress;

  public ManifestRepair(NamespaceContext context, LongConsumer progress) {
    this.context = context;
    this.progress = progress;
  }

  /**
   * Puts the newest whole version of the history in the place of a manifest that is damaged or
   * gone. The WAL is read from the floor of that version on, so no acknowledged write is lost that
   * is still there.
   *
   * @param forgetLost also give up segments whose documents are missing or damaged
   * @throws ElacsymException {@code NOT_FOUND} when there is nothing to repair from
   */
  public RepairReport repair(boolean forgetLost) {
    Optional<Long> manifestOf = repairManifest();
    if (!forgetLost) {
      return new RepairReport(manifestOf, List.of(), 0);
    }
    return forgetLost(manifestOf);
  }

  private Optional<Long> repairManifest() {
    Look found = context.manifest().look();
    if (found instanceof Look.Whole) {
      context.manifest().readActive(); // for its message when the namespace was dropped
      return Optional.empty();
    }
    Newest copies = newestLife(found instanceof Look.Gone);
    Manifest newest = copies.whole();
    // No version and no epoch that ever was may come again, also where the newest copies are
    // damaged: each of them may have been a takeover.
    long version = copies.last() + AHEAD;
    Manifest repaired =
        newest
            .withEpoch(newest.epoch() + version - newest.version())
            .recounted(version, context.seams().ids().get(), context.now());
    if (context.manifest().repair(found, newest, repaired).isEmpty()) {
      throw ElacsymException.conflict(
          "namespace '" + context.name() + "': its manifest was changed meanwhile; try again");
    }
    return Optional.of(newest.version());
  }

  /**
   * Copies of the life that goes on: a late writer may have put one of an earlier life there.
   *
   * @param gone whether there is no manifest: then a life that was about to be ended has ended
   */
  private Newest newestLife(boolean gone) {
    List<Marker> markers = gone ? context.markers().of(context.name()) : List.of();
    return ManifestHistory.lives(context.storage(), context.name()).stream()
        .flatMap(life -> context.history(life).newest().stream())
        .filter(copies -> markers.stream().allMatch(marker -> marker.isSettledBy(copies.whole())))
        .max(
            Comparator.<Newest, Instant>comparing(copies -> copies.whole().life().createdAt())
                .thenComparingLong(copies -> copies.whole().version()))
        .orElseThrow(() ->
            ElacsymException.notFound(
                "namespace '"
                    + context.name()
                    + "' has no copy of its manifest to repair it from; restore the object "
                    + context.manifest().objectName()
                    + " from a backup or from the versioning of the bucket"));
  }

  private RepairReport forgetLost(Optional<Long> manifestOf) {
    Set<String> damaged =
        new Verifier(context, progress)
            .verify().findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.DAMAGE)
                .map(Finding::object)
                .collect(Collectors.toSet());
    Tagged<Manifest> before = context.manifest().readActive();
    Manifest content = before.content();
    List<SegmentEntry> lost =
        content.segments().stream().filter(segment -> isLost(segment, damaged)).toList();
    if (lost.isEmpty()) {
      return new RepairReport(manifestOf, List.of(), 0);
    }
    List<SegmentEntry> rest = new ArrayList<>(content.segments());
    rest.removeAll(lost);
    ManifestCommits commits = context.manifest();
    Manifest changed =
        content.withEpoch(content.epoch() + 1).withContent(content.content().withSegments(rest));
    Tagged<Manifest> committed =
        commits
            .replace(before, commits.next(content, changed))
            .orElseThrow(() ->
                ElacsymException.conflict(
                    "namespace '" + context.name() + "': it was changed meanwhile; try again"));
    fence(committed.content());
    return new RepairReport(
        manifestOf,
        lost.stream().map(segment -> context.object(segment.data().name())).toList(),
        lost.stream().mapToLong(SegmentEntry::liveRows).sum());
  }

  /**
   * Puts the fence of the repair's epoch. Nothing depends on it, except that {@code verify} would
   * doubt without it whether somebody has deleted the end of the WAL.
   */
  private void fence(Manifest committed) {
    try {
      Takeover.fence(context, committed);
    } catch (ElacsymException e) {
      LOG.log(
          Level.DEBUG,
          "namespace {0}: the WAL does not show the repair: {1}",
          context.name(),
          e.getMessage());
    }
  }

  /** Without documents, ids or deletes a segment cannot answer; an index can be built again. */
  private boolean isLost(SegmentEntry segment, Set<String> damaged) {
    return damaged.contains(context.object(segment.data().name()))
        || damaged.contains(context.object(segment.envelope().name()))
        || segment
            .tombstones()
            .map(tombstones -> tombstones.blob())
            .map(BlobRef::name)
            .filter(name -> damaged.contains(context.object(name)))
            .isPresent();
  }
}
