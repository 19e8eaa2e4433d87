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
        before.withSchema(before.schema().with(Map.of("new", Attribute.of(AttributeType.INT)))));
    assertPasses(before.withFlushed(8, before.idKind(), List.of(A, B), List.of()));
    assertPasses(before.withSegments(List.of(deleted(A, 3)), List.of()));
    assertPasses(before.withSegments(List.of(B), garbageOf(A)));
    assertPasses(before.asDropped(100));
  }

  @Test
  void aDroppedNamespaceCanBeBornAgainWithAnotherSchema() {
    Manifest dropped = before.asDropped(100).committed(before, "drop");
    Manifest reborn =
        new Manifest(
            "incarnation-2",
            Manifest.State.ACTIVE,
            NOW,
            0,
            "",
            dropped.epoch(),
            100,
            new Schema(List.of(), new LinkedHashMap<>()),
            Optional.empty(),
            List.of(),
            List.of());
    assertThatCode(() -> Invariants.check(dropped, reborn.committed(dropped, "born")))
        .doesNotThrowAnyException();
  }

  @Test
  void versionGrowsByOne() {
    assertRefused("version-grows-by-one", before, before);
    assertRefused(
        "version-grows-by-one",
        before,
        before.committed(before, "x").committed(before.committed(before, "x"), "y"));
  }

  @Test
  void commitIdsAreDistinct() {
    assertRefused("commit-ids-distinct", before, before.committed(before, before.commitId()));
  }

  @Test
  void epochNeverFalls() {
    assertRefused("epoch-never-falls", before.withEpoch(before.epoch() - 1));
  }

  @Test
  void walFloorNeverFalls() {
    assertRefused(
        "wal-floor-never-falls", before.withFlushed(4, before.idKind(), List.of(A), List.of()));
  }

  @Test
  void onlyADroppedNamespaceIsRebornInAnotherIncarnation() {
    assertRefused(
        "reborn-only-after-drop",
        new Manifest(
            "other",
            Manifest.State.ACTIVE,
            NOW,
            0,
            "",
            before.epoch(),
            before.walFloor(),
            before.schema(),
            before.idKind(),
            before.segments(),
            List.of()));
  }

  @Test
  void aDroppedIncarnationStaysDropped() {
    Manifest dropped = before.asDropped(100).committed(before, "drop");
    Manifest risen = before.withFlushed(100, before.idKind(), List.of(), List.of());
    assertRefused("dropped-stays-dropped", dropped, risen.committed(dropped, "rise"));
  }

  @Test
  void idKindNeverChanges() {
    assertRefused(
        "id-kind-never-changes",
        before.withFlushed(6, Optional.of(DocId.Kind.STRING), List.of(A), List.of()));
    assertRefused(
        "id-kind-never-changes", before.withFlushed(6, Optional.empty(), List.of(A), List.of()));
  }

  @Test
  void schemaOnlyGrows() {
    assertRefused(
        "schema-only-grows",
        before.withSchema(new Schema(before.schema().vectors(), new LinkedHashMap<>())));
    LinkedHashMap<String, Attribute> other = new LinkedHashMap<>();
    other.put("year", Attribute.of(AttributeType.FLOAT));
    assertRefused(
        "schema-only-grows", before.withSchema(new Schema(before.schema().vectors(), other)));
  }

  @Test
  void vectorFieldsNeverChange() {
    assertRefused(
        "vector-fields-never-change",
        before.withSchema(
            new Schema(
                List.of(new VectorField("vector", 4, Metric.COSINE)),
                before.schema().attributes())));
  }

  @Test
  void segmentIdsAreDistinct() {
    assertRefused("segment-ids-distinct", before.withSegments(List.of(A, A), List.of()));
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
            List.of(),
            Optional.empty());
    assertRefused("every-object-named-once", before.withSegments(List.of(A, twin), List.of()));
  }

  @Test
  void rowsAddUp() {
    assertRefused("rows-add-up", before.withSegments(List.of(deleted(A, 11)), List.of()));
    assertRefused("rows-add-up", before.withSegments(List.of(deleted(A, -1)), List.of()));
    assertRefused(
        "rows-add-up", before.withSegments(List.of(A, Manifests.segment("c", 0)), List.of()));
  }

  @Test
  void deletesAreNeverUndone() {
    Manifest five = manifest(List.of(deleted(A, 5)), List.of());
    assertRefused(
        "deletes-never-undone",
        five,
        five.withSegments(List.of(deleted(A, 4)), List.of()).committed(five, "x"));
    assertRefused(
        "deletes-never-undone",
        five,
        five.withSegments(List.of(A), garbageOf(deleted(A, 5)).subList(2, 3)).committed(five, "x"));
  }

  @Test
  void aSegmentKeepsItsRows() {
    assertRefused(
        "deletes-never-undone", before.withSegments(List.of(Manifests.segment("a", 9)), List.of()));
  }

  @Test
  void nothingUsedIsGarbage() {
    assertRefused("nothing-used-is-garbage", before.withSegments(List.of(A), garbageOf(A)));
  }

  @Test
  void noObjectIsForgotten() {
    assertRefused("no-object-forgotten", before.withSegments(List.of(B), List.of()));
    assertRefused(
        "no-object-forgotten", before.withSegments(List.of(B), garbageOf(A).subList(0, 1)));
    Manifest five = manifest(List.of(deleted(A, 5)), List.of());
    Manifest six =
        five.withSegments(
            List.of(A.withTombstones(Optional.of(new Tombstones(new BlobRef("t2", 1), 6)))),
            List.of());
    assertRefused("no-object-forgotten", five, six.committed(five, "x"));
  }

  @Test
  void aManifestReadFromStorageIsCheckedOnItsOwn() {
    assertThat(Invariants.holds(Manifests.golden())).isTrue();
    assertThat(Invariants.holds(before)).isTrue();
    assertThat(Invariants.holds(before.withSegments(List.of(A, A), List.of()))).isFalse();
    assertThat(Invariants.holds(before.withSegments(List.of(deleted(A, 11)), List.of()))).isFalse();
  }

  private static Manifest manifest(List<SegmentEntry> segments, List<Garbage> garbage) {
    LinkedHashMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("year", Attribute.of(AttributeType.INT));
    return new Manifest(
        "incarnation-1",
        Manifest.State.ACTIVE,
        NOW,
        7,
        "commit-7",
        2,
        5,
        new Schema(List.of(new VectorField("vector", 3, Metric.COSINE)), attributes),
        Optional.of(DocId.Kind.UINT),
        segments,
        garbage);
  }

  private static SegmentEntry deleted(SegmentEntry segment, int rows) {
    return segment.withTombstones(Optional.of(new Tombstones(new BlobRef("t1", 1), rows)));
  }

  private static List<Garbage> garbageOf(SegmentEntry segment) {
    return segment.blobs().map(blob -> new Garbage(blob.name(), NOW)).toList();
  }

  private void assertPasses(Manifest after) {
    assertThatCode(() -> Invariants.check(before, after.committed(before, "next")))
        .doesNotThrowAnyException();
  }

  private void assertRefused(String invariant, Manifest after) {
    assertRefused(invariant, before, after.committed(before, "next"));
  }

  private static void assertRefused(String invariant, Manifest before, Manifest after) {
    assertThatThrownBy(() -> Invariants.check(before, after))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL))
        .hasMessageContaining("invariant " + invariant + " ");
  }
}
