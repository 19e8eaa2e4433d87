package io.elacsym.engine.check;

import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Value;
import java.util.Map;
import java.util.Set;

/** A change of a write that fits the schema. */
public sealed interface CheckedOp {
  /** Stores a document, in place of the one with the same id if there is one. */
  record Upsert(Document document) implements CheckedOp {}

  /**
   * Changes parts of a document; where there is none with the id, makes one of the parts.
   *
   * @param vectors to be set
   * @param attributes to be set
   * @param removed attributes that are to be removed
   */
  record Patch(
      DocId id, Map<String, float[]> vectors, Map<String, Value> attributes, Set<String> removed)
      implements CheckedOp {}

  /** Deletes a document, which need not exist. */
  record Delete(DocId id) implements CheckedOp {}

  /** Deletes every document that matches. */
  record DeleteMatching(TypedFilter filter) implements CheckedOp {}
}
