package io.elacsym.server.helidon.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.model.Affected;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.WriteConditions;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.model.WriteResult;
import java.io.IOException;

/**
 * Answers of writes: what was done, and beyond that only what the request can make a difference in.
 */
public final class WriteAnswerJson {
  private WriteAnswerJson() {}

  /** What a request was for, as its answer calls it. */
  public enum Deed {
    UPSERTED("upserted"),
    PATCHED("patched"),
    DELETED("deleted");

    private final String id;

    Deed(String id) {
      this.id = id;
    }

    private Affected of(WriteResult result) {
      return switch (this) {
        case UPSERTED -> result.upserted();
        case PATCHED -> result.patched();
        case DELETED -> result.deleted();
      };
    }
  }

  public static void write(Deed deed, WriteRequest request, WriteResult result, JsonGenerator out)
      throws IOException {
    WriteConditions conditions = request.conditions();
    boolean byFilter = request.operations().stream().anyMatch(WriteOp.OfMatching.class::isInstance);
    boolean conditional =
        conditions.upsert().isPresent()
            || conditions.patch().isPresent()
            || conditions.delete().isPresent();
    boolean leavesAbsent =
        switch (deed) {
          case UPSERTED -> !conditions.createsAbsent();
          case PATCHED -> !byFilter;
          case DELETED -> conditional;
        };
    out.writeStartObject();
    write(deed.id, deed.of(result), request, out);
    if (leavesAbsent) {
      write("missing", result.missing(), request, out);
    }
    if (conditional) {
      write("refused", result.refused(), request, out);
    }
    if (request.operations().stream()
        .anyMatch(op -> op instanceof WriteOp.OfMatching change && change.partial())) {
      out.writeBooleanField("remaining", result.remaining());
    }
    out.writeEndObject();
  }

  private static void write(
      String what, Affected documents, WriteRequest request, JsonGenerator out) throws IOException {
    out.writeNumberField(what, documents.count());
    if (request.returnsIds()) {
      out.writeArrayFieldStart(what + "_ids");
      for (DocId id : documents.ids()) {
        IdJson.write(id, out);
      }
      out.writeEndArray();
    }
  }
}
