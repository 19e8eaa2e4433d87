package io.elacsym.tck.index.zoo;

import java.util.Arrays;
import java.util.Random;

/**
 * Rows of one shape, and what queries are made of.
 *
 * @param rows what to build an index of
 * @param heldOut drawn together with the rows, and not among them
 * @param center the mean of the rows
 * @param size the median length of a row
 * @param spread the median distance of a row from the center, greater than 0
 */
public record Drawn(float[][] rows, float[][] heldOut, float[] center, double size, double spread) {

  /**
   * @param heldOut how many rows to draw beside those of the shape
   */
  public static Drawn of(RowShape shape, int heldOut, Random random) {
    float[][] all = shape.draw(shape.rows() + heldOut, random);
    // A random part is held out, so that rows in clusters, or in an order, lose some everywhere.
    // The first, which may be like no other, is never among them.
    int[] order = new int[all.length];
    for (int i = 1; i < order.length; i++) {
      int j = 1 + random.nextInt(i);
      order[i] = order[j];
      order[j] = i;
    }
    int[] kept = Arrays.copyOf(order, shape.rows());
    Arrays.sort(kept);
    float[][] rows = new float[kept.length][];
    Arrays.setAll(rows, i -> all[kept[i]]);
    float[][] others = new float[heldOut][];
    Arrays.setAll(others, i -> all[order[shape.rows() + i]]);
    float[] center = center(rows);
    double spread = median(rows, center);
    return new Drawn(
        rows, others, center, median(rows, new float[shape.dimension()]), spread == 0 ? 1 : spread);
  }

  private static float[] center(float[][] rows) {
    double[] sums = new double[rows[0].length];
    for (float[] row : rows) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += row[i];
      }
    }
    float[] center = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      center[i] = (float) (sums[i] / rows.length);
    }
    return center;
  }

  private static double median(float[][] rows, float[] from) {
    double[] distances = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      double squares = 0;
      for (int i = 0; i < from.length; i++) {
        double difference = (double) rows[row][i] - from[i];
        squares += difference * difference;
      }
      distances[row] = Math.sqrt(squares);
    }
    Arrays.sort(distances);
    return distances[distances.length / 2];
  }
}
