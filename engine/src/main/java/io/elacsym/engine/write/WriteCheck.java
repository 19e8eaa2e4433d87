package io.elacsym.engine.write;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.query.VectorCheck;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Checks a whole write against the schema before anything is stored. */
public final class WriteCheck {
  /** Largest write request, as estimated here: one WAL object must hold it. */
  public static final long MAX_REQUEST_BYTES = 256L << 20;

  public static final int MAX_TEXT_BYTES = Strings.MAX_BYTES;

  /** Largest document, as it is in memory: it is always read whole. */
  public static final long MAX_DOCUMENT_BYTES = 64L << 20;

  /** Memory of what the writes of one group commit may become. */
  static final long MAX_RESOLVED_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 8, 32L << 20, 512L << 20);

  private static final int DOCUMENT_OVERHEAD = 32;

  private final Schema schema;
  private Optional<DocId.Kind> idKind;
  private long bytes;

  private WriteCheck(Schema schema, Optional<DocId.Kind> idKind) {
    this.schema = schema;
    this.idKind = idKind;
  }

  /**
   * @param idKind what the namespace's ids are; empty while there are none
   * @return the request's size, estimated
   * @throws ElacsymException {@code INVALID_REQUEST} naming document, field, value and expectation,
   *     or {@code TOO_LARGE}
   */
  public static long check(WriteRequest request, Schema schema, Optional<DocId.Kind> idKind) {
    if (request.operations().isEmpty()) {
      throw ElacsymException.invalid("the write has no operations, expected at least one");
    }
    WriteCheck check = new WriteCheck(schema, idKind);
    for (WriteOp op : request.operations()) {
      check.operation(op);
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
    return check.bytes;
  }

  private void operation(WriteOp op) {
    bytes += DOCUMENT_OVERHEAD;
    switch (op) {
      case WriteOp.Upsert upsert -> {
        id(upsert.document().id());
        vectors(upsert.document().id(), upsert.document().vectors());
        attributes(upsert.document().id(), upsert.document().attributes());
        checkSize(upsert.document());
      }
      case WriteOp.Patch patch -> {
        id(patch.id());
        vectors(patch.id(), patch.vectors());
        attributes(patch.id(), patch.attributes());
        patch.removed().forEach(name -> declared(patch.id(), name));
      }
      case WriteOp.Delete delete -> id(delete.id());
      case WriteOp.DeleteMatching delete -> TypedFilter.check(delete.filter(), schema, idKind);
    }
  }

  /**
   * @throws ElacsymException {@code TOO_LARGE} when a document takes more memory than one may
   */
  static void checkSize(Document document) {
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
  }

  private void id(DocId id) {
    if (idKind.isPresent() && idKind.get() != id.kind()) {
      throw ElacsymException.invalid(
          "document id '"
              + id
              + "' is of kind "
              + id.kind().id()
              + ", the namespace has ids of kind "
              + idKind.get().id());
    }
    idKind = Optional.of(id.kind());
  }

  private void vectors(DocId id, Map<String, float[]> vectors) {
    vectors.forEach((name, vector) -> {
      VectorField field =
          schema
              .vector(name)
              .orElseThrow(() ->
                  ElacsymException.invalid(
                      "document " + id + ": the namespace has no vector field '" + name + "'"));
      VectorCheck.check("document " + id + ": " + name, vector, field);
      bytes += (long) vector.length * Float.BYTES;
    });
  }

  private void attributes(DocId id, Map<String, Value> attributes) {
    attributes.forEach((name, value) -> {
      Attribute attribute = declared(id, name);
      if (!attribute.type().accepts(value)) {
        throw ElacsymException.invalid(
            "document "
                + id
                + ": attribute '"
                + name
                + "' is "
                + Value.shown(value)
                + ", expected "
                + attribute.type().id());
      }
      switch (value) {
        case Value.Array array -> array.values().forEach(element -> scalar(id, name, element));
        case Value.Scalar scalar -> scalar(id, name, scalar);
      }
    });
  }

  private void scalar(DocId id, String name, Value.Scalar value) {
    bytes += DOCUMENT_OVERHEAD;
    if (value instanceof Value.Text text) {
      // UTF-8 takes at most three bytes for each char; count exactly only near the limit.
      long size = text.value().length();
      if (size * 3 > MAX_TEXT_BYTES) {
        size = text.value().getBytes(StandardCharsets.UTF_8).length;
      }
      if (size > MAX_TEXT_BYTES) {
        throw new ElacsymException(
            ErrorKind.TOO_LARGE,
            "document "
                + id
                + ": attribute '"
                + name
                + "' has "
                + size
                + " bytes, expected at most "
                + MAX_TEXT_BYTES);
      }
      bytes += size;
    }
  }

  private Attribute declared(DocId id, String name) {
    return schema
        .attribute(name)
        .orElseThrow(() ->
            ElacsymException.invalid(
                "document "
                    + id
                    + ": unknown attribute '"
                    + Strings.shown(name)
                    + "'; the schema has "
                    + schema.attributes().keySet()));
  }
}
