package io.elacsym.engine.check;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteConditions;
import java.util.Optional;

/**
 * Conditions of a write that fit the schema.
 *
 * @param upsert of upserts, and of patches that may create
 * @param patch of other patches
 * @param delete of deletes by id
 * @param createsAbsent whether upserts may make documents that are not there
 */
public record CheckedConditions(
    Optional<CheckedCondition> upsert,
    Optional<CheckedCondition> patch,
    Optional<CheckedCondition> delete,
    boolean createsAbsent) {

  static CheckedConditions of(WriteConditions given, Schema schema, Optional<DocId.Kind> idKind) {
    return new CheckedConditions(
        checked(given.upsert(), schema, idKind),
        checked(given.patch(), schema, idKind),
        checked(given.delete(), schema, idKind),
        given.createsAbsent());
  }

  private static Optional<CheckedCondition> checked(
      Optional<Filter> filter, Schema schema, Optional<DocId.Kind> idKind) {
    return filter.map(given -> CheckedCondition.of(given, schema, idKind));
  }

  /** The condition of a change; empty when it is always made. */
  public Optional<CheckedCondition> of(CheckedOp op) {
    return switch (op) {
      case CheckedOp.Upsert _ -> upsert;
      case CheckedOp.Patch change -> change.creates() ? upsert : patch;
      case CheckedOp.Delete _ -> delete;
      case CheckedOp.DeleteMatching _, CheckedOp.PatchMatching _ -> Optional.empty();
    };
  }
}
