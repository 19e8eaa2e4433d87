package io.elacsym.engine.manifest;

import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a namespace holds, without what is in its WAL: the part of a manifest that restoring brings
 * back and branching copies.
 *
 * @param schema fields of the documents
 * @param idKind what ids are; empty until the first flush
 * @param segments stored rows; of two rows with one id at most one is alive
 */
public record Content(Schema schema, Optional<DocId.Kind> idKind, List<SegmentEntry> segments) {
  public Content {
    segments = List.copyOf(segments);
  }

  public static Content empty(Schema schema) {
    return new Content(schema, Optional.empty(), List.of());
  }

  /** The same with a larger schema; segments lack what indexes it has more. */
  public Content withSchema(Schema newSchema) {
    return new Content(
        newSchema,
        idKind,
        segments.stream().map(segment -> segment.after(schema, newSchema)).toList());
  }

  public Content withSegments(List<SegmentEntry> newSegments) {
    return new Content(schema, idKind, newSegments);
  }

  /** Every object it uses. */
  public Stream<BlobRef> blobs() {
    return segments.stream().flatMap(SegmentEntry::blobs);
  }

  /** Names of every object it uses. */
  public Set<String> names() {
    return blobs().map(BlobRef::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The same content with other names for its objects. */
  public Content renamed(UnaryOperator<String> name) {
    List<SegmentEntry> renamed = new ArrayList<>();
    segments.forEach(segment -> renamed.add(segment.renamed(name)));
    return withSegments(renamed);
  }
}
