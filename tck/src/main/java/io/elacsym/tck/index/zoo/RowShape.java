package io.elacsym.tck.index.zoo;

import java.util.Random;

/**
 * One way in which the rows of a segment may be spread. No row is zero, so that each has a cosine.
 *
 * @param name what it is called in reports; no other is called so
 * @param rows how many rows an index of it has, 2,000 to 10,000 in the zoo
 * @param dimension components of a row
 * @param draw draws rows
 */
public record RowShape(String name, int rows, int dimension, Draw draw) {
  /** Draws rows. */
  @FunctionalInterface
  public interface Draw {
    /**
     * @param count how many rows, at least 2
     * @return {@code count} rows of {@code dimension} finite components. What is special about a
     *     single row is so of the first; the others are alike in kind
     */
    float[][] rows(int count, int dimension, Random random);
  }

  /** Draws rows of this shape. */
  public float[][] draw(int count, Random random) {
    float[][] rows = draw.rows(count, dimension, random);
    for (float[] row : rows) {
      Rows.keepFromZero(row);
    }
    return rows;
  }

  @Override
  public String toString() {
    return name;
  }
}
