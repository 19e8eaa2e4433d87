package io.elacsym.api.index;

import java.util.OptionalInt;

/**
 * One search.
 *
 * @param vector the query, of the field's dimension, finite; not changed by anybody while the
 *     search runs. Afterwards the caller may use the array for something else, so an index keeps no
 *     more of it than a copy
 * @param k how many rows are wanted, from 1
 * @param accept rows that may be returned: alive and matching the filter
 * @param recallTarget wanted share of the true k nearest among those returned, 0 to 1; 1 asks for
 *     the exact answer
 * @param effort the index's own measure of work (lists visited, beam width), forced by the caller
 *     instead of the recall target
 * @param bar rows that score less need not be found. An index may look at it as often as it likes,
 *     or not at all; the share that {@code recallTarget} asks for is then one of those that reach
 *     it
 */
public record VectorQuery(
    float[] vector, int k, RowSet accept, double recallTarget, OptionalInt effort, ScoreBar bar) {

  /** A search that is not a part of another: every score matters. */
  public VectorQuery(
      float[] vector, int k, RowSet accept, double recallTarget, OptionalInt effort) {
    this(vector, k, accept, recallTarget, effort, new ScoreBar());
  }
}
