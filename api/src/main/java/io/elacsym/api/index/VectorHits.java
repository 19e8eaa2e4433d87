package io.elacsym.api.index;

/**
 * Rows found, best first; equal scores by ascending row.
 *
 * @param rows distinct segment rows
 * @param scores of the rows, as {@link Metric} defines them
 * @param scored how many vectors were compared with the query, approximately or exactly
 */
public record VectorHits(int[] rows, float[] scores, int scored) {
  public VectorHits {
    if (rows.length != scores.length) {
      throw new IllegalArgumentException(rows.length + " rows, " + scores.length + " scores");
    }
  }
}
