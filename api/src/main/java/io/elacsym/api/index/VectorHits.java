package io.elacsym.api.index;

/**
 * Rows found, best first; equal scores by ascending row. {@link TopK} makes them.
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

  /**
   * The hits of the first {@code count} keys.
   *
   * @param keys {@linkplain ScoreKey keys} of distinct rows, ascending
   */
  public static VectorHits of(long[] keys, int count, int scored) {
    int[] rows = new int[count];
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      rows[i] = ScoreKey.row(keys[i]);
      scores[i] = ScoreKey.score(keys[i]);
    }
    return new VectorHits(rows, scores, scored);
  }
}
