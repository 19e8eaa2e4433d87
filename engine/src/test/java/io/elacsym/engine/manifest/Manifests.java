package io.elacsym.engine.manifest;

import io.elacsym.api.Encoding;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.manifest.SegmentEntry.Tombstones;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;

/** Manifests for tests: one that never changes, and random ones. */
final class Manifests {
  private Manifests() {}

  /**
   * What {@code golden/manifest-2.json} says; it shows every member that a manifest could have when
   * it was released.
   */
  static Manifest golden() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put(
        "title", new Attribute(AttributeType.STRING, true, Optional.of(TextAnalysis.DEFAULT)));
    attributes.put("Straße", Attribute.of(AttributeType.arrayOf(ElementType.STRING)));
    attributes.put("year", Attribute.indexed(AttributeType.INT));
    return new Manifest(
        new Life(
            "9f86d081884c7d65",
            Life.Stage.ACTIVE,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            Optional.of(new Life.Origin("library", 5, Optional.of("2aae6c35c94fcfb4")))),
        new Commit(
            17,
            "2c26b46b68ffc68f",
            Instant.parse("2026-01-02T04:00:00.5Z"),
            Optional.of(12L),
            true),
        3,
        Optional.empty(),
        7,
        42,
        44,
        11,
        new Content(
            new Schema(List.of(new VectorField("vector", 384, Metric.COSINE)), attributes),
            Optional.of(DocId.Kind.UINT),
            List.of(
                segment("a1", 1_000)
                    .withIndexes(
                        List.of(
                            new IndexEntry(
                                "vector",
                                IndexKind.VECTOR,
                                new Encoding("ivf", 1, Set.of()),
                                Optional.empty(),
                                new BlobRef("indexes/a1/0.ivf", 5_000_000_000L)),
                            new IndexEntry(
                                "title",
                                IndexKind.TEXT,
                                new Encoding("bm25", 2, Set.of("positions", "impacts")),
                                Optional.empty(),
                                new BlobRef("indexes/a1/1.bm25", 777)),
                            new IndexEntry(
                                "year",
                                IndexKind.ATTRIBUTE,
                                Encoding.of("attribute", 1),
                                Optional.empty(),
                                new BlobRef("indexes/a1/3.attribute", 555))))
                    .withTombstones(
                        Optional.of(
                            new Tombstones(new BlobRef("tombstones/a1-2.roaring", 99), 10))),
                segment("b2", 1).renamed(name -> ObjectNames.fromElsewhere("library", name)))),
        List.of(
            new Garbage("segments/old.parquet", Instant.parse("2026-01-02T03:00:00Z"), 14),
            new Garbage(
                "wal/00000000000000000041-9f86d081884c7d65.wal",
                Instant.parse("2026-01-02T04:00:00.5Z"),
                17)),
        List.of(new Branch("trial", "b5bb9d8014a0f9b1", Instant.parse("2026-01-02T03:30:00Z"))));
  }

  /** What {@code golden/manifest-2-recipes.json} says: the same, by a later release. */
  static Manifest goldenWithRecipes() {
    Map<String, Recipe> recipes =
        Map.of(
            "ivf",
            new Recipe("ivf v1 list_rows=256 quantizer=sq8"),
            "bm25",
            new Recipe("bm25 v2 [impacts, positions]"));
    List<SegmentEntry> segments =
        golden().segments().stream()
            .map(segment ->
                segment.withIndexes(
                    segment.indexes().stream()
                        .map(index ->
                            new IndexEntry(
                                index.field(),
                                index.kind(),
                                index.encoding(),
                                Optional.ofNullable(recipes.get(index.encoding().name())),
                                index.blob()))
                        .toList()))
            .toList();
    return golden().withContent(golden().content().withSegments(segments));
  }

  /** A segment without indexes and deletes. */
  static SegmentEntry segment(String id, int rows) {
    return new SegmentEntry(
        id,
        Encoding.of("parquet", 1),
        new BlobRef("segments/" + id + ".parquet", 123_456),
        new BlobRef("segments/" + id + ".envelope", 4_321),
        rows,
        10L * rows,
        List.of(),
        Optional.empty());
  }

  static Manifest random(Random random) {
    Samples samples = new Samples(random);
    List<SegmentEntry> segments = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      segments.add(segment(samples, random, "s" + left));
    }
    List<Garbage> garbage = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      garbage.add(new Garbage("g" + left + samples.text(), instant(random), random.nextLong()));
    }
    List<Branch> branches = new ArrayList<>();
    for (int left = random.nextInt(3); left > 0; left--) {
      branches.add(new Branch(samples.text(), samples.text(), instant(random)));
    }
    return new Manifest(
        new Life(
            Long.toHexString(random.nextLong()),
            samples.oneOf(List.of(Life.Stage.values())),
            instant(random),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(
                    new Life.Origin(
                        samples.text(),
                        random.nextLong(),
                        random.nextBoolean() ? Optional.empty() : Optional.of(samples.text())))),
        new Commit(
            random.nextLong(),
            Long.toHexString(random.nextLong()),
            instant(random),
            random.nextBoolean() ? Optional.empty() : Optional.of(random.nextLong()),
            random.nextBoolean()),
        random.nextLong(),
        random.nextBoolean() ? Optional.empty() : Optional.of(samples.text()),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        new Content(
            samples.schema(),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(samples.oneOf(List.of(DocId.Kind.values()))),
            segments),
        garbage,
        branches);
  }

  private static SegmentEntry segment(Samples samples, Random random, String id) {
    List<IndexEntry> indexes = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      indexes.add(
          new IndexEntry(
              samples.text(),
              samples.oneOf(List.of(IndexKind.values())),
              encoding(samples, random),
              random.nextBoolean() ? Optional.empty() : Optional.of(new Recipe(samples.text())),
              blob(samples, random)));
    }
    return new SegmentEntry(
        id,
        encoding(samples, random),
        blob(samples, random),
        blob(samples, random),
        random.nextInt(),
        random.nextLong(),
        indexes,
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Tombstones(blob(samples, random), random.nextInt())));
  }

  private static Encoding encoding(Samples samples, Random random) {
    return new Encoding(
        samples.text(),
        random.nextInt(),
        random.nextBoolean() ? Set.of() : Set.of("x" + samples.text(), "y" + samples.text()));
  }

  private static BlobRef blob(Samples samples, Random random) {
    return new BlobRef(samples.text(), random.nextLong());
  }

  private static Instant instant(Random random) {
    return Instant.ofEpochSecond(random.nextLong(253_402_300_800L), random.nextInt(1_000_000_000));
  }
}
