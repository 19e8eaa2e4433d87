package io.elacsym.tck.index.zoo;

import java.util.List;
import java.util.Random;

/** Rows in clusters, or on something of fewer dimensions than they have components. */
final class Clusters {
  private Clusters() {}

  static List<RowShape> shapes() {
    return List.of(
        new RowShape("clusters", 5000, 32, (n, d, r) -> around(n, d, 50, 0.35, r)),
        new RowShape("tight clusters", 4000, 32, (n, d, r) -> around(n, d, 40, 0.01, r)),
        new RowShape("400 topics", 6000, 48, (n, d, r) -> around(n, d, 400, 0.3, r)),
        new RowShape("two clusters far apart", 3000, 16, Clusters::farApart),
        new RowShape("clusters of all sizes and widths", 4000, 24, Clusters::uneven),
        new RowShape("clusters one after the other", 4000, 24, Clusters::inOrder),
        new RowShape("4 dimensions in 64", 4000, 64, Clusters::manifold),
        new RowShape("a line", 3000, 16, Clusters::line),
        new RowShape("a spiral", 3000, 3, Clusters::spiral));
  }

  /** Normal clouds around normal centers. */
  static float[][] around(int count, int dimension, int clusters, double spread, Random random) {
    float[][] centers = Rows.normal(clusters, dimension, 0, random);
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Rows.near(centers[random.nextInt(clusters)], spread, random);
    }
    return rows;
  }

  private static float[][] farApart(int count, int dimension, Random random) {
    float[][] rows = Rows.normal(count, dimension, 0, random);
    for (float[] row : rows) {
      row[0] += random.nextInt(2) * 1000;
    }
    return rows;
  }

  /** The n-th cluster has an n-th of the rows of the first; widths differ by a thousand. */
  private static float[][] uneven(int count, int dimension, Random random) {
    int clusters = 60;
    float[][] centers = Rows.normal(clusters, dimension, 0, random);
    double[] spreads = new double[clusters];
    for (int i = 0; i < clusters; i++) {
      spreads[i] = Math.pow(10, 1 - 3 * random.nextDouble());
      Rows.scale(centers[i], 3);
    }
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      int cluster = (int) Math.pow(clusters, random.nextDouble());
      rows[i] = Rows.near(centers[cluster], spreads[cluster], random);
    }
    return rows;
  }

  private static float[][] inOrder(int count, int dimension, Random random) {
    int clusters = 20;
    float[][] centers = Rows.normal(clusters, dimension, 0, random);
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Rows.near(centers[(int) ((long) i * clusters / count)], 0.3, random);
    }
    return rows;
  }

  private static float[][] manifold(int count, int dimension, Random random) {
    int inner = 4;
    float[][] axes = Rows.normal(inner, dimension, 0, random);
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] row = new float[dimension];
      for (float[] axis : axes) {
        double along = random.nextGaussian();
        for (int j = 0; j < dimension; j++) {
          row[j] += (float) (along * axis[j]);
        }
      }
      rows[i] = Rows.near(row, 0.01, random);
    }
    return rows;
  }

  private static float[][] line(int count, int dimension, Random random) {
    float[] from = Rows.normal(1, dimension, 0, random)[0];
    float[] along = Rows.normal(1, dimension, 0, random)[0];
    float[][] rows = new float[count][dimension];
    for (float[] row : rows) {
      double at = 10 * random.nextDouble() - 5;
      for (int j = 0; j < dimension; j++) {
        row[j] = (float) (from[j] + at * along[j]);
      }
    }
    return rows;
  }

  private static float[][] spiral(int count, int dimension, Random random) {
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      double at = 40 * random.nextDouble();
      float[] row = new float[dimension];
      row[0] = (float) (at * Math.cos(at));
      row[1] = (float) (at * Math.sin(at));
      row[2] = (float) at;
      rows[i] = Rows.near(row, 0.05, random);
    }
    return rows;
  }
}
