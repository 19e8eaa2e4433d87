package io.elacsym.engine.model;

import java.util.List;

/**
 * Changes applied in order and together: a reader sees all of them or none, also after a crash.
 *
 * @param operations at least one; a later one on the same id sees what the earlier one has made
 * @param conditions what must hold of a document that is there for it to be changed
 * @param returnsIds whether the result names the documents, and does not only count them
 */
public record WriteRequest(
    List<WriteOp> operations, WriteConditions conditions, boolean returnsIds) {
  public WriteRequest {
    operations = List.copyOf(operations);
  }

  /** Changes without conditions, which are only counted. */
  public WriteRequest(List<WriteOp> operations) {
    this(operations, WriteConditions.NONE, false);
  }
}
