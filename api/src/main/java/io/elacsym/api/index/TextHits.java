package io.elacsym.api.index;

/**
 * Rows found, best first; equal scores by ascending row.
 *
 * @param rows distinct rows
 * @param scores of the rows, more than 0
 */
public record TextHits(int[] rows, float[] scores) {
  public TextHits {
    if (rows.length != scores.length) {
      throw new IllegalArgumentException(rows.length + " rows, " + scores.length + " scores");
    }
  }
}
