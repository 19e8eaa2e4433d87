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
    Step step = Step.of(before, after);
    require(
        after.version() == before.version() + 1 || beginsCopy(step, after),
        "version-grows-by-one",
        before,
        after);
    require(!after.commitId().equals(before.commitId()), "commit-ids-distinct", before, after);
    require(after.epoch() >= before.epoch(), "epoch-never-falls", before, after);
    require(after.walFloor() >= before.walFloor(), "wal-floor-never-falls", before, after);
    require(
        step == Step.BIRTH || after.walLast() >= before.walLast(),
        "wal-last-never-falls",
        before,
        after);
    require(
        step == Step.BIRTH
            || step == Step.DROP
            || after.walFloor() == before.walFloor()
            || after.walFloor() <= after.walLast() + 1,
        "floor-passes-what-is-known-only",
        before,
        after);
    require(
        beginsCopy(step, after)
            || (after.historyFrom() >= before.historyFrom()
                && after.historyFrom() <= after.version()),
        "history-only-shrinks",
        before,
        after);
    require(step != Step.BIRTH || !before.isActive(), "reborn-only-after-drop", before, after);
    require(
        step == Step.BIRTH || !dropped(before) || dropped(after),
        "dropped-stays-dropped",
        before,
        after);
    require(
        step != Step.RESTORE || before.canRestore(after.commit().restored().orElseThrow()),
        "only-kept-versions-restored",
        before,
        after);
    Set<String> used = checkSegments(before, after);
    if (step == Step.CHANGE) {
      checkContent(before, after);
    }
    require(
        after.garbage().stream().noneMatch(garbage -> used.contains(garbage.name())),
        "nothing-used-is-garbage",
        before,
        after);
    require(
        step == Step.BIRTH || step == Step.DROP || keepsWhatHistoryUses(before, after, used),
        "kept-versions-whole",
        before,
        after);
    Set<String> accounted = after.accountedNames();
    require(
        step == Step.BIRTH
            || step == Step.DROP
            || before.content().blobs().allMatch(blob -> accounted.contains(blob.name())),
        "no-object-forgotten",
        before,
        after);
  }

  /** What a commit does to a namespace. */
  private enum Step {
    BIRTH,
    CHANGE,
    RESTORE,
    DROP;

    static Step of(Manifest before, Manifest after) {
      if (!after.incarnation().equals(before.incarnation())) {
        return BIRTH;
      }
      if (dropped(after)) {
        return DROP;
      }
      return after.commit().restored().isPresent() ? RESTORE : CHANGE;
    }
  }

  /**
   * Whether a copy begins in the place of a life that is over. It counts from 0, because it is
   * going to have the version that is copied, and lives share no names.
   */
  private static boolean beginsCopy(Step step, Manifest after) {
    return step == Step.BIRTH
        && after.version() == 0
        && after.state() == Life.State.PREPARING
        && after.life().origin().flatMap(Life.Origin::copyOf).isPresent();
  }

  private static void checkContent(Manifest before, Manifest after) {
    require(
        before.idKind().isEmpty() || before.idKind().equals(after.idKind()),
        "id-kind-never-changes",
        before,
        after);
    require(
        after.schema().vectors().equals(before.schema().vectors()),
        "vector-fields-never-change",
        before,
        after);
    require(
        after.schema().attributes().entrySet().containsAll(before.schema().attributes().entrySet()),
        "schema-only-grows",
        before,
        after);
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
  }

  /** Names of the objects that the segments use. */
  private static Set<String> checkSegments(Manifest before, Manifest after) {
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
    return names;
  }

  /** Whether what is no longer listed as garbage is used again, or by no version that is kept. */
  private static boolean keepsWhatHistoryUses(Manifest before, Manifest after, Set<String> used) {
    Set<Garbage> listed = Set.copyOf(after.garbage());
    return before.garbage().stream()
        .allMatch(garbage ->
            listed.contains(garbage)
                || used.contains(garbage.name())
                || ObjectNames.isWal(garbage.name())
                || garbage.version() <= after.historyFrom());
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
    return manifest.isOver();
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
