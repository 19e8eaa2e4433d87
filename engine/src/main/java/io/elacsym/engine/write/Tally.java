package io.elacsym.engine.write;

import io.elacsym.engine.model.Affected;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.WriteResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts what one write does to documents, each of them once for each kind. */
final class Tally {
  private final boolean keepsIds;
  private final Set<DocId> upserted = new LinkedHashSet<>();
  private final Set<DocId> patched = new LinkedHashSet<>();
  private final Set<DocId> deleted = new LinkedHashSet<>();
  private final Set<DocId> missing = new LinkedHashSet<>();
  private final Set<DocId> refused = new LinkedHashSet<>();
  private boolean remaining;

  /**
   * @param keepsIds whether the result names the documents
   */
  Tally(boolean keepsIds) {
    this.keepsIds = keepsIds;
  }

  void upserted(DocId id) {
    upserted.add(id);
  }

  void patched(DocId id) {
    patched.add(id);
  }

  void deleted(DocId id) {
    deleted.add(id);
  }

  void missing(DocId id) {
    missing.add(id);
  }

  void refused(DocId id) {
    refused.add(id);
  }

  /** There are more that match than could be changed. */
  void remains() {
    remaining = true;
  }

  WriteResult result() {
    return new WriteResult(
        affected(upserted),
        affected(patched),
        affected(deleted),
        affected(missing),
        affected(refused),
        remaining,
        0);
  }

  private Affected affected(Set<DocId> ids) {
    return new Affected(ids.size(), keepsIds ? List.copyOf(ids) : List.of());
  }
}
