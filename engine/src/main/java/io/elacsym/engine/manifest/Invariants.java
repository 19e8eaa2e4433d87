package io.elacsym.engine.manifest;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of every commit: a bug becomes a refused commit, not lost data. */
public final class Invariants {
  private Invariants() {}

  /**
   * Checks a change before it is committed.
   *
   * @throws ElacsymException {@code INTERNAL} naming the invariant that would break
   */
  public static void check(Manifest before, Manifest after) {
    require(after.version() == before.version() + 1, "version-grows-by-one", before, after);
    require(after.epoch() >= before.epoch(), "epoch-never-falls", before, after);
    require(after.walFloor() >= before.walFloor(), "wal-floor-never-falls", before, after);
    boolean reborn = !after.incarnation().equals(before.incarnation());
    require(
        !reborn || before.state() == Manifest.State.DROPPED,
        "reborn-only-after-drop",
        before,
        after);
    require(
        reborn
            || before.idKind().isEmpty()
            || dropped(after)
            || before.idKind().equals(after.idKind()),
        "id-kind-never-changes",
        before,
        after);
    require(!after.commitId().equals(before.commitId()), "commit-ids-distinct", before, after);
    require(reborn || !dropped(before) || dropped(after), "dropped-stays-dropped", before, after);
    require(
        reborn || after.schema().vectors().equals(before.schema().vectors()),
        "vector-fields-never-change",
        before,
        after);
    require(
        reborn
            || dropped(after)
            || after
                .schema()
                .attributes()
                .entrySet()
                .containsAll(before.schema().attributes().entrySet()),
        "schema-only-grows",
        before,
        after);
    Set<String> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (SegmentEntry segment : after.segments()) {
      require(ids.add(segment.id()), "segment-ids-distinct", before, after);
      segment
          .blobs()
          .forEach(
              blob -> require(names.add(blob.name()), "every-object-named-once", before, after));
      require(rowsAddUp(segment), "rows-add-up", before, after);
    }
    Map<String, SegmentEntry> kept =
        after.segments().stream().collect(Collectors.toMap(SegmentEntry::id, segment -> segment));
    require(
        before.segments().stream()
            .allMatch(segment ->
                Optional.ofNullable(kept.get(segment.id()))
                    .map(now -> isLaterOf(now, segment))
                    .orElse(true)),
        "deletes-never-undone",
        before,
        after);
    require(
        after.garbage().stream().noneMatch(garbage -> names.contains(garbage.name())),
        "nothing-used-is-garbage",
        before,
        after);
    Set<String> accounted =
        after.garbage().stream().map(Garbage::name).collect(Collectors.toCollection(HashSet::new));
    accounted.addAll(names);
    require(
        reborn
            || dropped(after)
            || before.segments().stream()
                .flatMap(SegmentEntry::blobs)
                .allMatch(blob -> accounted.contains(blob.name())),
        "no-object-forgotten",
        before,
        after);
  }

  /** Checks a manifest on its own, as read from storage. */
  public static boolean holds(Manifest manifest) {
    Set<String> names = new HashSet<>();
    return manifest.segments().stream()
        .allMatch(segment ->
            rowsAddUp(segment) && segment.blobs().allMatch(blob -> names.add(blob.name())));
  }

  private static boolean rowsAddUp(SegmentEntry segment) {
    return segment.rows() > 0 && segment.liveRows() >= 0 && segment.liveRows() <= segment.rows();
  }

  /** Whether a segment has the same rows as before, and no deleted one of them is back. */
  private static boolean isLaterOf(SegmentEntry now, SegmentEntry before) {
    return now.data().equals(before.data())
        && now.rows() == before.rows()
        && now.liveRows() <= before.liveRows();
  }

  private static boolean dropped(Manifest manifest) {
    return manifest.state() == Manifest.State.DROPPED;
  }

  private static void require(boolean holds, String name, Manifest before, Manifest after) {
    if (!holds) {
      throw new ElacsymException(
          ErrorKind.INTERNAL,
          "refused to commit manifest version "
              + after.version()
              + " after "
              + before.version()
              + ": invariant "
              + name
              + " would break");
    }
  }
}
