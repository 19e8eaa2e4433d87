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
    if (step == Step.COPY) {
      checkCopy(before, after);
      return;
    }
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
    require(usesNoGarbage(after, used), "nothing-used-is-garbage", before, after);
    require(
        step == Step.BIRTH || step == Step.DROP || keepsWhatHistoryUses(before, after, used),
        "kept-versions-whole",
        before,
        after);
    require(
        step == Step.BIRTH || step == Step.DROP || forgetsNothing(before, after),
        "no-object-forgotten",
        before,
        after);
  }

  /**
   * Checks the first version of a life where there is no manifest before it: of a new namespace, of
   * one that is being made, or of one that had lost its manifest.
   *
   * @throws ElacsymException {@code INTERNAL} naming the invariant that would break
   */
  public static void checkFirst(Manifest first) {
    require(!first.isOver(), "dropped-stays-dropped", first, first);
    require(first.walBegin() <= first.walFloor(), "wal-floor-never-falls", first, first);
    require(
        first.walFloor() <= first.walLast() + 1, "floor-passes-what-is-known-only", first, first);
    Set<String> used = checkSegments(first, first);
    require(usesNoGarbage(first, used), "nothing-used-is-garbage", first, first);
  }

  /**
   * Checks what is put in the place of a manifest that is damaged or gone.
   *
   * @param newest the newest version that is known; there may have been later ones
   * @throws ElacsymException {@code INTERNAL} naming the invariant that would break
   */
  public static void checkRepair(Manifest newest, Manifest repaired) {
    require(
        repaired.life().equals(newest.life()) && repaired.content().equals(newest.content()),
        "a-repair-changes-no-content",
        newest,
        repaired);
    require(
        repaired.version() > newest.version() + 1 && repaired.epoch() > newest.epoch() + 1,
        "a-repair-passes-what-is-lost",
        newest,
        repaired);
    require(
        repaired.walBegin() == newest.walBegin()
            && repaired.walFloor() == newest.walFloor()
            && repaired.walLast() == newest.walLast(),
        "a-repair-keeps-the-wal",
        newest,
        repaired);
    require(
        repaired.garbage().equals(newest.garbage())
            && repaired.branches().equals(newest.branches())
            && repaired.historyFrom() == newest.historyFrom(),
        "a-repair-keeps-what-is-kept",
        newest,
        repaired);
  }

  /** A copy becomes what its source is at one version; nobody writes to it meanwhile. */
  private static void checkCopy(Manifest before, Manifest after) {
    require(!after.commitId().equals(before.commitId()), "commit-ids-distinct", before, after);
    require(
        after.isActive()
            && after.version() == after.life().origin().map(Life.Origin::version).orElse(-1L),
        "a-copy-has-the-version-it-copies",
        before,
        after);
    require(
        before.stage() == Life.Stage.PREPARING
            || (after.version() >= before.version()
                && after.epoch() >= before.epoch()
                && after.walFloor() >= before.walFloor()
                && after.walLast() >= before.walLast()),
        "a-copy-never-goes-back",
        before,
        after);
    require(after.branches().isEmpty(), "a-copy-has-no-branches", before, after);
    Set<String> used = checkSegments(before, after);
    require(usesNoGarbage(after, used), "nothing-used-is-garbage", before, after);
    require(forgetsNothing(before, after), "no-object-forgotten", before, after);
  }

  private static boolean forgetsNothing(Manifest before, Manifest after) {
    Set<String> accounted = after.accountedNames();
    return before.content().blobs().allMatch(blob -> accounted.contains(blob.name()));
  }

  private static boolean usesNoGarbage(Manifest manifest, Set<String> used) {
    return manifest.garbage().stream().noneMatch(garbage -> used.contains(garbage.name()));
  }

  /** What a commit does to a namespace. */
  private enum Step {
    BIRTH,
    CHANGE,
    RESTORE,
    COPY,
    DROP;

    static Step of(Manifest before, Manifest after) {
      if (!after.incarnation().equals(before.incarnation())) {
        return BIRTH;
      }
      if (dropped(after)) {
        return DROP;
      }
      if (isCopied(before, after)) {
        return COPY;
      }
      return after.commit().restored().isPresent() ? RESTORE : CHANGE;
    }

    /** Whether a copy takes in its source: for the first time, or a later version of it. */
    private static boolean isCopied(Manifest before, Manifest after) {
      return isCopy(before)
          && isCopy(after)
          && after.isActive()
          && (!after.life().equals(before.life()) || after.version() == before.version());
    }
  }

  /**
   * Whether a copy begins in the place of a life that is over. It counts from 0, because it is
   * going to have the version that is copied, and lives share no names.
   */
  private static boolean beginsCopy(Step step, Manifest after) {
    return step == Step.BIRTH
        && after.version() == 0
        && after.stage() == Life.Stage.PREPARING
        && isCopy(after);
  }

  private static boolean isCopy(Manifest manifest) {
    return manifest.life().origin().flatMap(Life.Origin::copyOf).isPresent();
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
        before.schema().attributes().entrySet().stream()
            .allMatch(attribute ->
                after
                    .schema()
                    .attribute(attribute.getKey())
                    .filter(attribute.getValue()::mayBecome)
                    .isPresent()),
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

  /**
   * Whether each object that is no longer listed as garbage is used again, or is used by no version
   * that is kept.
   */
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
