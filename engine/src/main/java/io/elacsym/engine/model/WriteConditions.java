package io.elacsym.engine.model;

import java.util.Optional;

/**
 * What must hold of the stored document for a change of it to be made. It is looked at when the
 * write takes its turn, after all writes before it and after the earlier changes of its own
 * request, so nothing can come between the look and the change. Operands may be {@link
 * Given.Incoming}: what the change itself brings. A change whose condition does not hold is left
 * out and counted as refused; the others of its request are made.
 *
 * <p>Changes of documents that match a filter have no other condition than that.
 *
 * @param upsert for {@link WriteOp.Upsert}, {@link WriteOp.PatchOrCreate} and {@link
 *     WriteOp.UpsertOrPatch} of a document that is there; where there is none, it is not asked
 * @param patch for {@link WriteOp.Patch}
 * @param delete for {@link WriteOp.Delete}
 * @param createsAbsent whether upserts may make documents that are not there; else they only change
 *     those that are, and the others are counted as missing
 */
public record WriteConditions(
    Optional<Filter> upsert,
    Optional<Filter> patch,
    Optional<Filter> delete,
    boolean createsAbsent) {
  /** Every change is made. */
  public static final WriteConditions NONE =
      new WriteConditions(Optional.empty(), Optional.empty(), Optional.empty(), true);
}
