package io.elacsym.engine.manifest;

import io.elacsym.api.Encoding;
import io.elacsym.engine.model.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stored segment.
 *
 * @param id unique in the namespace
 * @param encoding how the documents are stored
 * @param data object with the documents
 * @param envelope object with what the engine must know whatever the format
 * @param rows in it, deleted ones included
 * @param valueBytes what the values of its attributes take in memory, roughly; on storage they are
 *     compressed, and may be a thousandth of that
 * @param indexes over its fields
 * @param tombstones which rows are deleted; empty when none
 * @param gaps indexes that the schema has and this segment does not have yet
 */
public record SegmentEntry(
    String id,
    Encoding encoding,
    BlobRef data,
    BlobRef envelope,
    int rows,
    long valueBytes,
    List<IndexEntry> indexes,
    Optional<Tombstones> tombstones,
    List<IndexGap> gaps) {

  /**
   * A stored object.
   *
   * @param name its object name, see {@link ObjectNames}
   * @param bytes its size
   */
  public record BlobRef(String name, long bytes) {
    BlobRef renamed(UnaryOperator<String> newName) {
      return new BlobRef(newName.apply(name), bytes);
    }
  }

  /**
   * An index over one field of the segment.
   *
   * @param field the field
   * @param kind what it is for
   * @param encoding how it is stored
   * @param recipe by what it was built; empty when that is not known, and for the engine's own
   * @param blob the object
   */
  public record IndexEntry(
      String field, IndexKind kind, Encoding encoding, Optional<Recipe> recipe, BlobRef blob) {
    IndexEntry renamed(UnaryOperator<String> newName) {
      return new IndexEntry(field, kind, encoding, recipe, blob.renamed(newName));
    }
  }

  /** What an index is for. */
  public enum IndexKind {
    VECTOR("vector"),
    TEXT("text"),
    ATTRIBUTE("attribute");

    private final String id;

    IndexKind(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  /**
   * The deletes of a segment.
   *
   * @param blob the object with the bitmap
   * @param count how many rows are deleted
   */
  public record Tombstones(BlobRef blob, int count) {}

  /**
   * An index on an attribute that was declared after the segment was built.
   *
   * @param field the attribute
   * @param kind what it is for
   */
  public record IndexGap(String field, IndexKind kind) {
    /** What a segment that was built by one schema lacks by a later one. */
    public static List<IndexGap> between(Schema built, Schema now) {
      List<IndexGap> gaps = new ArrayList<>();
      built
          .attributes()
          .forEach((name, before) ->
              now.attribute(name)
                  .ifPresent(attribute -> {
                    if (attribute.indexed() && !before.indexed()) {
                      gaps.add(new IndexGap(name, IndexKind.ATTRIBUTE));
                    }
                    if (attribute.fullText().isPresent() && before.fullText().isEmpty()) {
                      gaps.add(new IndexGap(name, IndexKind.TEXT));
                    }
                  }));
      return gaps;
    }
  }

  public SegmentEntry {
    indexes = List.copyOf(indexes);
    gaps = List.copyOf(gaps);
  }

  /** A segment that has every index of its schema. */
  public SegmentEntry(
      String id,
      Encoding encoding,
      BlobRef data,
      BlobRef envelope,
      int rows,
      long valueBytes,
      List<IndexEntry> indexes,
      Optional<Tombstones> tombstones) {
    this(id, encoding, data, envelope, rows, valueBytes, indexes, tombstones, List.of());
  }

  public int liveRows() {
    return rows - tombstones.map(Tombstones::count).orElse(0);
  }

  public Optional<IndexEntry> index(String field, IndexKind kind) {
    return indexes.stream()
        .filter(index -> index.field().equals(field) && index.kind() == kind)
        .findFirst();
  }

  /** The fields that have an index of a kind. */
  public Set<String> fields(IndexKind kind) {
    return indexes.stream()
        .filter(index -> index.kind() == kind)
        .map(IndexEntry::field)
        .collect(Collectors.toSet());
  }

  /** Every object of the segment. */
  public Stream<BlobRef> blobs() {
    return Stream.of(
            Stream.of(data, envelope),
            indexes.stream().map(IndexEntry::blob),
            tombstones.stream().map(Tombstones::blob))
        .flatMap(stream -> stream);
  }

  /** Bytes of every object of the segment. */
  public long bytes() {
    return blobs().mapToLong(BlobRef::bytes).sum();
  }

  public SegmentEntry withTombstones(Optional<Tombstones> newTombstones) {
    return new SegmentEntry(
        id, encoding, data, envelope, rows, valueBytes, indexes, newTombstones, gaps);
  }

  /** The same segment with other names for its objects. */
  SegmentEntry renamed(UnaryOperator<String> name) {
    return new SegmentEntry(
        id,
        encoding,
        data.renamed(name),
        envelope.renamed(name),
        rows,
        valueBytes,
        indexes.stream().map(index -> index.renamed(name)).toList(),
        tombstones.map(dead -> new Tombstones(dead.blob().renamed(name), dead.count())),
        gaps);
  }

  public SegmentEntry withIndexes(List<IndexEntry> newIndexes) {
    return new SegmentEntry(
        id, encoding, data, envelope, rows, valueBytes, newIndexes, tombstones, gaps);
  }

  /** The same segment that lacks other indexes. */
  public SegmentEntry withGaps(List<IndexGap> newGaps) {
    return new SegmentEntry(
        id, encoding, data, envelope, rows, valueBytes, indexes, tombstones, newGaps);
  }

  /** The same segment when its schema has become another one. */
  public SegmentEntry after(Schema before, Schema now) {
    List<IndexGap> all = new ArrayList<>(gaps);
    all.addAll(IndexGap.between(before, now));
    return withGaps(all);
  }
}
