package io.elacsym.tck.index.zoo;

import java.util.List;
import java.util.Random;

/** Rows without clusters: normal components, some moved, folded or stretched. */
final class Normals {
  private Normals() {}

  static List<RowShape> shapes() {
    return List.of(
        normal(1, 2000),
        normal(2, 3000),
        normal(3, 3000),
        normal(8, 4000),
        normal(64, 4000),
        normal(256, 2000),
        // Cones: seen from the origin, all rows lie in much the same direction.
        moved(1),
        moved(3),
        moved(10),
        new RowShape("far from the origin", 3000, 16, (n, d, r) -> Rows.normal(n, d, 1e4, r)),
        new RowShape(
            "non-negative", 4000, 32, (n, d, r) -> Rows.each(Rows.normal(n, d, 0, r), Math::abs)),
        new RowShape(
            "non-positive",
            4000,
            32,
            (n, d, r) -> Rows.each(Rows.normal(n, d, 0, r), x -> -Math.abs(x))),
        new RowShape(
            "tiny", 3000, 16, (n, d, r) -> Rows.each(Rows.normal(n, d, 0, r), x -> 1e-6 * x)),
        new RowShape("one large dimension", 4000, 24, Normals::oneLargeDimension),
        new RowShape(
            "uniform",
            4000,
            16,
            (n, d, r) -> Rows.each(new float[n][d], x -> 2 * r.nextDouble() - 1)),
        new RowShape("on a sphere", 4000, 24, Normals::onSphere));
  }

  private static RowShape normal(int dimension, int rows) {
    return new RowShape(
        "N(0,1) in " + dimension, rows, dimension, (n, d, r) -> Rows.normal(n, d, 0, r));
  }

  private static RowShape moved(int mean) {
    return new RowShape("N(" + mean + ",1)", 4000, 32, (n, d, r) -> Rows.normal(n, d, mean, r));
  }

  private static float[][] oneLargeDimension(int count, int dimension, Random random) {
    float[][] rows = Rows.normal(count, dimension, 0, random);
    for (float[] row : rows) {
      row[dimension / 2] *= 100;
    }
    return rows;
  }

  private static float[][] onSphere(int count, int dimension, Random random) {
    float[][] rows = Rows.normal(count, dimension, 0, random);
    for (float[] row : rows) {
      double squares = 0;
      for (float x : row) {
        squares += (double) x * x;
      }
      Rows.scale(row, 1 / Math.sqrt(squares));
    }
    return rows;
  }
}
