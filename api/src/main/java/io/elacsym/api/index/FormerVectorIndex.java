package io.elacsym.api.index;

/**
 * The index of a segment that is being merged into another, from which the index of that one may
 * take over what it can use. It may be damaged, which is no reason for a build to fail.
 *
 * @param index an index that the provider can read
 * @param items {@code items[row]} is the item of the build that a row of the former segment has
 *     become, or {@link #GONE}; not to be changed
 */
public record FormerVectorIndex(StoredVectorIndex index, int[] items) {
  /** In place of an item: the row is deleted, or has no vector. */
  public static final int GONE = -1;
}
