package io.elacsym.api.index;

import java.util.List;

/**
 * What an index is to be built from.
 *
 * @param field what it is over
 * @param rows the vectors, at least one
 * @param mayReorder whether the segment can still be laid out in the index's own row order; false
 *     when an index is rebuilt for a stored segment, or another field decides the order
 * @param vectorsAtHand whether a reader of the index will be able to read single {@linkplain
 *     StoredVectors vectors of the segment} quickly, so that the index need not store them too
 * @param former indexes of the segments that are merged, the one with the most rows left first, as
 *     far as the provider can read them
 */
public record VectorIndexInput(
    VectorField field,
    VectorRows rows,
    boolean mayReorder,
    boolean vectorsAtHand,
    List<FormerVectorIndex> former) {
  /** Rows that were in no index before, of a segment whose vectors are not at hand. */
  public static VectorIndexInput of(VectorField field, VectorRows rows, boolean mayReorder) {
    return new VectorIndexInput(field, rows, mayReorder, false, List.of());
  }
}
