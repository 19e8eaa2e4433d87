package io.elacsym.engine.check;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a whole write against the schema before anything is stored. */
public final class WriteCheck {
  /** Largest write request, as estimated here: one WAL object must hold it. */
  public static final long MAX_REQUEST_BYTES = 256L << 20;

  public static final int MAX_TEXT_BYTES = Strings.MAX_BYTES;

  /** Largest document, as it is in memory: it is always read whole. */
  public static final long MAX_DOCUMENT_BYTES = 64L << 20;

  private static final int OVERHEAD = 32;

  private final Schema schema;
  private Optional<DocId.Kind> idKind;
  private long bytes;
  private long memory;

  private WriteCheck(Schema schema, Optional<DocId.Kind> idKind) {
    this.schema = schema;
    this.idKind = idKind;
  }

  /**
   * The same changes with values of the attributes' types.
   *
   * @param idKind what the namespace's ids are; empty while there are none
   * @throws ElacsymException {@code INVALID_REQUEST} naming place, value and expectation, or {@code
   *     TOO_LARGE}
   */
  public static CheckedWrite check(
      WriteRequest request, Schema schema, Optional<DocId.Kind> idKind) {
    if (request.operations().isEmpty()) {
      throw ElacsymException.invalid("the write has no operations, expected at least one");
    }
    WriteCheck check = new WriteCheck(schema, idKind);
    List<CheckedOp> operations = new ArrayList<>(request.operations().size());
    for (WriteOp op : request.operations()) {
      operations.add(check.checked(op));
    }
    if (check.bytes > MAX_REQUEST_BYTES) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "the write has about "
              + check.bytes
              + " bytes, expected at most "
              + MAX_REQUEST_BYTES
              + "; send it in parts");
    }
    return new CheckedWrite(
        request,
        schema,
        idKind,
        operations,
        CheckedConditions.of(request.conditions(), schema, check.idKind),
        check.bytes,
        Math.max(check.bytes, check.memory));
  }

  private CheckedOp checked(WriteOp op) {
    bytes += OVERHEAD;
    return switch (op) {
      case WriteOp.Upsert upsert -> upsert(upsert);
      case WriteOp.Patch patch -> patch(patch, false);
      case WriteOp.PatchOrCreate patch -> patch(patch, true);
      case WriteOp.UpsertOrPatch document ->
          schema.vectors().isEmpty() || !document.vectors().isEmpty()
              ? upsert(document)
              : patch(document, true);
      case WriteOp.Delete delete -> {
        id(delete.id(), delete.place());
        memory += Footprint.ID;
        yield new CheckedOp.Delete(delete.id());
      }
      case WriteOp.DeleteMatching delete -> {
        memory += Footprint.DOCUMENT;
        yield new CheckedOp.DeleteMatching(
            FilterCheck.check(delete.filter(), schema, idKind), delete.partial());
      }
      case WriteOp.PatchMatching patch -> {
        memory += Footprint.DOCUMENT;
        Map<String, Value> attributes = attributes(patch.attributes(), patch.place());
        yield new CheckedOp.PatchMatching(
            FilterCheck.check(patch.filter(), schema, idKind),
            attributes,
            removed(patch.attributes(), attributes),
            patch.partial());
      }
    };
  }

  private CheckedOp upsert(WriteOp.OfDocument op) {
    id(op.id(), op.place());
    vectors(op);
    Document document =
        new Document(
            op.id(), op.vectors(), attributes(op.attributes(), op.place().field("attributes")));
    memory += checkSize(document);
    return new CheckedOp.Upsert(document);
  }

  private CheckedOp patch(WriteOp.OfDocument op, boolean creates) {
    id(op.id(), op.place());
    vectors(op);
    Map<String, Value> attributes = attributes(op.attributes(), op.place().field("attributes"));
    Set<String> removed = removed(op.attributes(), attributes);
    memory +=
        Footprint.of(new Document(op.id(), op.vectors(), attributes))
            + Footprint.FIELD * removed.size();
    return new CheckedOp.Patch(op.id(), op.vectors(), attributes, removed, creates);
  }

  /** Attributes that are given, but no value. */
  private static Set<String> removed(
      Map<String, ? extends Given> given, Map<String, Value> attributes) {
    Set<String> removed = new HashSet<>(given.keySet());
    removed.removeAll(attributes.keySet());
    return removed;
  }

  /**
   * What a document takes of memory.
   *
   * @throws ElacsymException {@code TOO_LARGE} when it is more than one may
   */
  public static long checkSize(Document document) {
    long size = Footprint.of(document);
    if (size > MAX_DOCUMENT_BYTES) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "document "
              + document.id()
              + " takes "
              + size
              + " bytes of memory, expected at most "
              + MAX_DOCUMENT_BYTES);
    }
    return size;
  }

  private void id(DocId id, Place place) {
    if (idKind.isPresent() && idKind.get() != id.kind()) {
      throw ElacsymException.invalid(
          place
              + ": id '"
              + id
              + "' is of kind "
              + id.kind().id()
              + ", the namespace has ids of kind "
              + idKind.get().id());
    }
    idKind = Optional.of(id.kind());
  }

  private void vectors(WriteOp.OfDocument op) {
    op.vectors()
        .forEach((name, vector) -> {
          VectorCheck.check(vector, name, schema, place(op, name));
          bytes += (long) vector.length * Float.BYTES;
        });
  }

  private static Place place(WriteOp.OfDocument op, String vector) {
    return vector.equals(Schema.VECTOR)
        ? op.place().field(vector)
        : op.place().field("vectors").field(vector);
  }

  /** The values of a document's attributes. An attribute that is given none is not among them. */
  private Map<String, Value> attributes(Map<String, ? extends Given> attributes, Place where) {
    Map<String, Value> typed = HashMap.newHashMap(attributes.size());
    attributes.forEach((name, given) -> {
      Attribute attribute = FieldCheck.attribute(name, schema, where);
      if (!given.equals(Given.Other.NULL)) {
        Place place = where.field(name);
        Value value = ValueCheck.typed(given, attribute.type(), place);
        count(value, place);
        typed.put(name, value);
      }
    });
    return typed;
  }

  private void count(Value value, Place place) {
    switch (value) {
      case Value.Array array -> array.values().forEach(element -> scalar(element, place));
      case Value.Scalar scalar -> scalar(scalar, place);
    }
  }

  private void scalar(Value.Scalar value, Place place) {
    bytes += OVERHEAD;
    if (value instanceof Value.Text text) {
      // UTF-8 takes at most three bytes for each char; count exactly only near the limit.
      long size = text.value().length();
      if (size * 3 > MAX_TEXT_BYTES) {
        size = text.value().getBytes(StandardCharsets.UTF_8).length;
      }
      if (size > MAX_TEXT_BYTES) {
        throw new ElacsymException(
            ErrorKind.TOO_LARGE,
            place + " has " + size + " bytes, expected at most " + MAX_TEXT_BYTES);
      }
      bytes += size;
    }
  }
}
