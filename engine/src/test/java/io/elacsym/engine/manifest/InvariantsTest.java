package io.elacsym.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.Tombstones;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvariantsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final SegmentEntry A = Manifests.segment("a", 10);
  private static final SegmentEntry B = Manifests.segment("b", 20);

  private final Manifest before = manifest(List.of(A), List.of());

  @Test
  void ordinaryChangesPass() {
    assertPasses(before);
    assertPasses(before.withEpoch(before.epoch() + 1));
    assertPasses(
        schema(before, before.schema().with(Map.of("new", Attribute.of(AttributeType.INT)))));
    assertPasses(flushed(before, 8, before.idKind(), List.of(A, B), List.of()));
    assertPasses(segments(before, List.of(deleted(A, 3)), List.of()));
    assertPasses(segments(before, List.of(B), garbageOf(A)));
    assertPasses(before.asDropped(100));
  }

  @Test
  void aDroppedNamespaceCanBeBornAgainWithAnotherSchema() {
    Manifest dropped = committed(before, before.asDropped(100), "drop");
    Manifest reborn =
        Manifest.first(
            life("incarnation-2"),
            Optional.of(dropped),
            "born",
            Content.empty(new Schema(List.of(), new LinkedHashMap<>())));
    assertThatCode(() -> Invariants.check(dropped, reborn)).doesNotThrowAnyException();
  }

  @Test
  void versionGrowsByOne() {
    assertRefused("version-grows-by-one", before, before);
    assertRefused(
        "version-grows-by-one",
        before,
        committed(committed(before, before, "x"), committed(before, before, "x"), "y"));
  }

  @Test
  void commitIdsAreDistinct() {
    assertRefused("commit-ids-distinct", before, committed(before, before, before.commitId()));
  }

  @Test
  void epochNeverFalls() {
    assertRefused("epoch-never-falls", before.withEpoch(before.epoch() - 1));
  }

  @Test
  void walFloorNeverFalls() {
    assertRefused(
        "wal-floor-never-falls", flushed(before, 4, before.idKind(), List.of(A), List.of()));
  }

  @Test
  void theLastEntryThatIsKnownStaysKnown() {
    assertPasses(before.knowing(21));
    Manifest more = committed(before, before.knowing(30), "more");
    assertRefused("wal-last-never-falls", more, committed(more, before, "x"));
  }

  @Test
  void theFloorPassesOnlyEntriesThatAreKnown() {
    assertPasses(before.withFloor(21));
    assertRefused("floor-passes-what-is-known-only", before.withFloor(22));
    assertPasses(before.knowing(21).withFloor(22));
  }

  @Test
  void onlyADroppedNamespaceIsRebornInAnotherIncarnation() {
    assertRefused(
        "reborn-only-after-drop",
        before,
        Manifest.first(life("other"), Optional.of(before), "commit-8", before.content()));
  }

  @Test
  void aDroppedIncarnationStaysDropped() {
    Manifest dropped = committed(before, before.asDropped(100), "drop");
    Manifest risen = flushed(before, 100, before.idKind(), List.of(), List.of());
    assertRefused("dropped-stays-dropped", dropped, committed(dropped, risen, "rise"));
  }

  @Test
  void idKindNeverChanges() {
    assertRefused(
        "id-kind-never-changes",
        flushed(before, 6, Optional.of(DocId.Kind.STRING), List.of(A), List.of()));
    assertRefused(
        "id-kind-never-changes", flushed(before, 6, Optional.empty(), List.of(A), List.of()));
  }

  @Test
  void schemaOnlyGrows() {
    assertRefused(
        "schema-only-grows",
        schema(before, new Schema(before.schema().vectors(), new LinkedHashMap<>())));
    LinkedHashMap<String, Attribute> other = new LinkedHashMap<>();
    other.put("year", Attribute.of(AttributeType.FLOAT));
    assertRefused(
        "schema-only-grows", schema(before, new Schema(before.schema().vectors(), other)));
  }

  @Test
  void vectorFieldsNeverChange() {
    assertRefused(
        "vector-fields-never-change",
        schema(
            before,
            new Schema(
                List.of(new VectorField("vector", 4, Metric.COSINE)),
                before.schema().attributes())));
  }

  @Test
  void segmentIdsAreDistinct() {
    assertRefused("segment-ids-distinct", segments(before, List.of(A, A), List.of()));
  }

  @Test
  void everyObjectIsNamedOnce() {
    SegmentEntry twin =
        new SegmentEntry(
            "twin",
            A.encoding(),
            A.data(),
            new BlobRef("segments/twin.envelope", 1),
            10,
            100,
            List.of(),
            Optional.empty());
    assertRefused("every-object-named-once", segments(before, List.of(A, twin), List.of()));
  }

  @Test
  void rowsAddUp() {
    assertRefused("rows-add-up", segments(before, List.of(deleted(A, 11)), List.of()));
    assertRefused("rows-add-up", segments(before, List.of(deleted(A, -1)), List.of()));
    assertRefused(
        "rows-add-up", segments(before, List.of(A, Manifests.segment("c", 0)), List.of()));
  }

  @Test
  void deletesAreNeverUndone() {
    Manifest five = manifest(List.of(deleted(A, 5)), List.of());
    assertRefused(
        "deletes-never-undone",
        five,
        committed(five, segments(five, List.of(deleted(A, 4)), List.of()), "x"));
    assertRefused(
        "deletes-never-undone",
        five,
        committed(five, segments(five, List.of(A), garbageOf(deleted(A, 5)).subList(2, 3)), "x"));
  }

  @Test
  void aSegmentKeepsItsRows() {
    assertRefused(
        "deletes-never-undone", segments(before, List.of(Manifests.segment("a", 9)), List.of()));
  }

  @Test
  void nothingUsedIsGarbage() {
    assertRefused("nothing-used-is-garbage", segments(before, List.of(A), garbageOf(A)));
  }

  @Test
  void noObjectIsForgotten() {
    assertRefused("no-object-forgotten", segments(before, List.of(B), List.of()));
    assertRefused("no-object-forgotten", segments(before, List.of(B), garbageOf(A).subList(0, 1)));
    Manifest five = manifest(List.of(deleted(A, 5)), List.of());
    Manifest six =
        segments(
            five,
            List.of(A.withTombstones(Optional.of(new Tombstones(new BlobRef("t2", 1), 6)))),
            List.of());
    assertRefused("no-object-forgotten", five, committed(five, six, "x"));
  }

  @Test
  void historyOnlyShrinks() {
    assertPasses(before.withHistoryFrom(6));
    assertRefused("history-only-shrinks", before.withHistoryFrom(3));
    assertRefused("history-only-shrinks", before.withHistoryFrom(9));
  }

  @Test
  void keptVersionsStayWhole() {
    Manifest full = manifest(List.of(B), garbageOf(A));
    Manifest less = full.withGarbage(List.of());
    assertRefused("kept-versions-whole", full, committed(full, less, "x"));
    Manifest forgotten = committed(full, less.withHistoryFrom(8), "x");
    assertThatCode(() -> Invariants.check(full, forgotten)).doesNotThrowAnyException();
  }

  @Test
  void aRestoreMayUndoWhatNoOtherCommitMay() {
    Manifest full = manifest(List.of(deleted(B, 3)), garbageOf(A));
    Manifest back =
        segments(full, List.of(A, B), garbageOf(deleted(B, 3)).subList(2, 3))
            .withContent(
                new Content(
                    new Schema(full.schema().vectors(), new LinkedHashMap<>()),
                    Optional.empty(),
                    List.of(A, B)));
    assertRefused("id-kind-never-changes", full, committed(full, back, "x"));
    assertThatCode(() -> Invariants.check(full, restored(full, back, "x", 5)))
        .doesNotThrowAnyException();
    assertRefused("only-kept-versions-restored", full, restored(full, back, "x", 3));
    assertRefused("no-object-forgotten", full, restored(full, back.withGarbage(List.of()), "x", 5));
  }

  @Test
  void aBranchInPreparationBecomesActiveOrGivesWay() {
    Manifest preparing = before.withStage(Life.Stage.PREPARING);
    assertThatCode(() -> Invariants.check(preparing, committed(preparing, before, "active")))
        .doesNotThrowAnyException();
    Manifest other = Manifest.first(life("other"), Optional.of(preparing), "x", before.content());
    assertThatCode(() -> Invariants.check(preparing, other)).doesNotThrowAnyException();
  }

  @Test
  void aCopyTakesInItsSourceAtOneVersion() {
    Manifest preparing = copy(Life.Stage.PREPARING, 0, 2, List.of());
    assertThatCode(() ->
            Invariants.check(preparing, named(copy(Life.Stage.ACTIVE, 9, 9, List.of(A)), "done")))
        .doesNotThrowAnyException();
    assertRefused(
        "a-copy-has-the-version-it-copies",
        preparing,
        named(copy(Life.Stage.ACTIVE, 9, 8, List.of(A)), "done"));
    Manifest copied = copy(Life.Stage.ACTIVE, 9, 9, List.of(A));
    Manifest later = copy(Life.Stage.ACTIVE, 12, 12, List.of(B));
    assertRefused("no-object-forgotten", copied, named(later, "later"));
    assertThatCode(() ->
            Invariants.check(
                copied, named(later.withGarbage(later.unusedSince(copied, NOW)), "later")))
        .doesNotThrowAnyException();
    assertRefused(
        "a-copy-never-goes-back",
        copied,
        named(copy(Life.Stage.ACTIVE, 8, 8, List.of(A)), "earlier"));
  }

  /**
   * @param of the version that was copied
   */
  private static Manifest copy(
      Life.Stage state, long of, long version, List<SegmentEntry> segments) {
    Manifest base = manifest(segments, List.of());
    return new Manifest(
        new Life(
            "incarnation-1", state, NOW, Optional.of(new Life.Origin("ns", of, Optional.of("l")))),
        new Commit(version, "commit-7", NOW, Optional.empty(), false),
        base.epoch(),
        base.writer(),
        base.walBegin(),
        base.walFloor(),
        base.walLast(),
        version,
        base.content(),
        base.garbage(),
        base.branches());
  }

  private static Manifest named(Manifest manifest, String id) {
    return stamped(manifest, new Commit(manifest.version(), id, NOW, Optional.empty(), false));
  }

  @Test
  void aRepairPassesWhatIsLostAndChangesNothingElse() {
    Manifest repaired = before.withEpoch(before.epoch() + 2).recounted(9, "repair", NOW);
    assertThatCode(() -> Invariants.checkRepair(before, repaired)).doesNotThrowAnyException();
    assertRepairRefused(
        "a-repair-passes-what-is-lost",
        before.withEpoch(before.epoch() + 2).recounted(8, "repair", NOW));
    assertRepairRefused(
        "a-repair-passes-what-is-lost",
        before.withEpoch(before.epoch() + 1).recounted(9, "repair", NOW));
    assertRepairRefused(
        "a-repair-changes-no-content", repaired.withContent(Content.empty(before.schema())));
    assertRepairRefused("a-repair-keeps-the-wal", repaired.withFloor(before.walFloor() + 1));
    assertRepairRefused("a-repair-keeps-what-is-kept", repaired.withGarbage(garbageOf(B)));
  }

  private void assertRepairRefused(String invariant, Manifest repaired) {
    assertThatThrownBy(() -> Invariants.checkRepair(before, repaired))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL))
        .hasMessageContaining(invariant);
  }

  @Test
  void aFirstVersionIsCheckedOnItsOwn() {
    Manifest first = Manifest.first(life("new"), Optional.empty(), "c", before.content());
    assertThatCode(() -> Invariants.checkFirst(first)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Invariants.checkFirst(first.withGarbage(garbageOf(A))))
        .hasMessageContaining("nothing-used-is-garbage");
    assertThatThrownBy(() -> Invariants.checkFirst(first.asPurging()))
        .hasMessageContaining("dropped-stays-dropped");
  }

  @Test
  void aManifestReadFromStorageIsCheckedOnItsOwn() {
    assertThat(Invariants.holds(Manifests.golden())).isTrue();
    assertThat(Invariants.holds(before)).isTrue();
    assertThat(Invariants.holds(segments(before, List.of(A, A), List.of()))).isFalse();
    assertThat(Invariants.holds(segments(before, List.of(deleted(A, 11)), List.of()))).isFalse();
  }

  private static Manifest manifest(List<SegmentEntry> segments, List<Garbage> garbage) {
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("year", Attribute.of(AttributeType.INT));
    return new Manifest(
        life("incarnation-1"),
        new Commit(7, "commit-7", NOW, Optional.empty(), false),
        2,
        Optional.of("indexer-0"),
        1,
        5,
        20,
        4,
        new Content(
            new Schema(List.of(new VectorField("vector", 3, Metric.COSINE)), attributes),
            Optional.of(DocId.Kind.UINT),
            segments),
        garbage,
        List.of());
  }

  private static Life life(String incarnation) {
    return new Life(incarnation, Life.Stage.ACTIVE, NOW, Optional.empty());
  }

  private static Manifest committed(Manifest before, Manifest after, String id) {
    return stamped(after, before.commit().next(id, NOW, Optional.empty()));
  }

  private static Manifest restored(Manifest before, Manifest after, String id, long version) {
    return stamped(after, before.commit().next(id, NOW, Optional.of(version)));
  }

  /** Commits that derive no garbage, so that they can be wrong. */
  private static Manifest stamped(Manifest after, Commit commit) {
    return new Manifest(
        after.life(),
        commit,
        after.epoch(),
        after.writer(),
        after.walBegin(),
        after.walFloor(),
        after.walLast(),
        after.historyFrom(),
        after.content(),
        after.garbage(),
        after.branches());
  }

  private static Manifest schema(Manifest manifest, Schema schema) {
    return manifest.withContent(manifest.content().withSchema(schema));
  }

  private static Manifest segments(
      Manifest manifest, List<SegmentEntry> segments, List<Garbage> garbage) {
    return manifest.withContent(manifest.content().withSegments(segments)).withGarbage(garbage);
  }

  private static Manifest flushed(
      Manifest manifest,
      long floor,
      Optional<DocId.Kind> idKind,
      List<SegmentEntry> segments,
      List<Garbage> garbage) {
    return manifest
        .withFloor(floor)
        .withContent(new Content(manifest.schema(), idKind, segments))
        .withGarbage(garbage);
  }

  private static SegmentEntry deleted(SegmentEntry segment, int rows) {
    return segment.withTombstones(Optional.of(new Tombstones(new BlobRef("t1", 1), rows)));
  }

  private static List<Garbage> garbageOf(SegmentEntry segment) {
    return segment.blobs().map(blob -> new Garbage(blob.name(), NOW, 8)).toList();
  }

  private void assertPasses(Manifest after) {
    assertThatCode(() -> Invariants.check(before, committed(before, after, "next")))
        .doesNotThrowAnyException();
  }

  private void assertRefused(String invariant, Manifest after) {
    assertRefused(invariant, before, committed(before, after, "next"));
  }

  private static void assertRefused(String invariant, Manifest before, Manifest after) {
    assertThatThrownBy(() -> Invariants.check(before, after))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL))
        .hasMessageContaining("invariant " + invariant + " ");
  }
}
