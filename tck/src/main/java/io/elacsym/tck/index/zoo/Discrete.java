package io.elacsym.tck.index.zoo;

import java.util.List;
import java.util.Random;

/** Rows of few different values, which tie with each other, or which are equal. */
final class Discrete {
  private Discrete() {}

  static List<RowShape> shapes() {
    return List.of(
        new RowShape("two-hot", 3000, 128, (n, d, r) -> hot(n, d, 2, r)),
        new RowShape("sparse", 4000, 200, Discrete::sparse),
        new RowShape(
            "binary", 4000, 32, (n, d, r) -> Rows.each(new float[n][d], x -> r.nextInt(2))),
        new RowShape(
            "signs", 4000, 24, (n, d, r) -> Rows.each(new float[n][d], x -> 2 * r.nextInt(2) - 1)),
        new RowShape(
            "integer grid", 4000, 3, (n, d, r) -> Rows.each(new float[n][d], x -> r.nextInt(12))),
        new RowShape(
            "small integers",
            4000,
            16,
            (n, d, r) -> Rows.each(new float[n][d], x -> r.nextInt(5) - 2)),
        new RowShape("duplicates", 6000, 16, (n, d, r) -> repeated(n, d, n / 4, r)),
        new RowShape("half of them equal", 4000, 16, Discrete::halfEqual),
        new RowShape("all equal", 2000, 8, (n, d, r) -> repeated(n, d, 1, r)));
  }

  private static float[][] hot(int count, int dimension, int ones, Random random) {
    float[][] rows = new float[count][dimension];
    for (float[] row : rows) {
      for (int i = 0; i < ones; i++) {
        row[random.nextInt(dimension)] = 1;
      }
    }
    return rows;
  }

  private static float[][] sparse(int count, int dimension, Random random) {
    float[][] rows = new float[count][dimension];
    for (float[] row : rows) {
      for (int i = 0; i < 6; i++) {
        row[random.nextInt(dimension)] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static float[][] repeated(int count, int dimension, int different, Random random) {
    float[][] rows = Rows.normal(Math.max(1, different), dimension, 0, random);
    float[][] all = new float[count][];
    for (int i = 0; i < count; i++) {
      all[i] = rows[random.nextInt(rows.length)].clone();
    }
    return all;
  }

  private static float[][] halfEqual(int count, int dimension, Random random) {
    float[][] rows = Rows.normal(count, dimension, 0, random);
    for (int i = 0; i < count; i += 2) {
      rows[i] = rows[0].clone();
    }
    return rows;
  }
}
