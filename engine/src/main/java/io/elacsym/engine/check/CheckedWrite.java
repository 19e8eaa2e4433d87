package io.elacsym.engine.check;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteRequest;
import java.util.List;
import java.util.Optional;

/**
 * A write that fits a schema.
 *
 * @param request what was checked
 * @param schema what it was checked against
 * @param idKind of the namespace's ids then; empty while there are none
 * @param operations as many as the request has, in its order
 * @param conditions what must hold of documents that are there
 * @param bytes what it takes in the WAL, estimated
 * @param memory what its documents take in memory, or {@code bytes} if that is more
 */
public record CheckedWrite(
    WriteRequest request,
    Schema schema,
    Optional<DocId.Kind> idKind,
    List<CheckedOp> operations,
    CheckedConditions conditions,
    long bytes,
    long memory) {
  /**
   * The write for a namespace as it is now. As a rule this very write: nothing has changed that it
   * was checked against while it waited. Else its request is checked anew.
   *
   * @throws io.elacsym.api.ElacsymException as {@link WriteCheck#check}
   */
  public CheckedWrite against(Schema schemaNow, Optional<DocId.Kind> idKindNow) {
    return schema.equals(schemaNow) && idKind.equals(idKindNow)
        ? this
        : WriteCheck.check(request, schemaNow, idKindNow);
  }
}
