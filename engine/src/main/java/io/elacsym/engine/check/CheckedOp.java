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
   * Changes parts of a document.
   *
   * @param vectors to be set
   * @param attributes to be set
   * @param removed attributes that are to be removed
   * @param creates whether it makes a document of the parts where there is none with the id
   */
  record Patch(
      DocId id,
      Map<String, float[]> vectors,
      Map<String, Value> attributes,
      Set<String> removed,
      boolean creates)
      implements CheckedOp {}

  /** Deletes a document, which need not exist. */
  record Delete(DocId id) implements CheckedOp {}

  /**
   * Deletes every document that matches.
   *
   * @param partial whether to delete as many as can be, if not all can
   */
  record DeleteMatching(TypedFilter filter, boolean partial) implements CheckedOp {}

  /**
   * Changes attributes of every document that matches.
   *
   * @param attributes to be set
   * @param removed attributes that are to be removed
   * @param partial whether to change as many as can be, if not all can
   */
  record PatchMatching(
      TypedFilter filter, Map<String, Value> attributes, Set<String> removed, boolean partial)
      implements CheckedOp {}
}
