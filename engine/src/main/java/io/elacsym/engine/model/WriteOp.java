package io.elacsym.engine.model;

import java.util.Map;
import java.util.Set;

/** One change in a write request. */
public sealed interface WriteOp {
  /** Stores a document, in place of the one with the same id if there is one. */
  record Upsert(Document document) implements WriteOp {}

  /**
   * Changes parts of a document; what is not named stays as it is. A document that does not exist
   * is created from the parts.
   *
   * @param id which document
   * @param vectors vector fields to set
   * @param attributes attributes to set
   * @param removed attributes to remove
   */
  record Patch(
      DocId id, Map<String, float[]> vectors, Map<String, Value> attributes, Set<String> removed)
      implements WriteOp {}

  /** Deletes a document; one that does not exist is no error. */
  record Delete(DocId id) implements WriteOp {}

  /** Deletes every document that matches when the write takes its turn. */
  record DeleteMatching(Filter filter) implements WriteOp {}
}
