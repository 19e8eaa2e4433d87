package io.elacsym.tck.index.zoo;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Rows whose lengths differ widely, or of which one is unlike all others. */
final class Lengths {
  private Lengths() {}

  static List<RowShape> shapes() {
    return List.of(
        new RowShape("one large component", 6000, 64, Lengths::oneLargeComponent),
        oneLong("one row x 10", 4000, 10),
        oneLong("one row x 100", 4000, 100),
        oneLong("one row x 10,000", 8000, 10_000),
        new RowShape(
            "log-normal lengths",
            4000,
            24,
            (n, d, r) -> stretched(n, d, r, () -> Math.exp(1.5 * r.nextGaussian()))),
        new RowShape(
            "lengths from 1 to 100",
            4000,
            32,
            (n, d, r) -> mixture(n, d, r, () -> Math.pow(100, r.nextDouble()))),
        new RowShape(
            "clusters of log-normal lengths",
            4000,
            24,
            (n, d, r) -> mixture(n, d, r, () -> Math.exp(0.5 * r.nextGaussian()))),
        new RowShape(
            "Cauchy",
            3000,
            16,
            (n, d, r) ->
                Rows.each(new float[n][d], x -> Math.tan(Math.PI * (r.nextDouble() - 0.5)))));
  }

  private static float[][] oneLargeComponent(int count, int dimension, Random random) {
    float[][] rows = Rows.normal(count, dimension, 0, random);
    rows[0][dimension / 3] = 100;
    return rows;
  }

  private static RowShape oneLong(String name, int rows, double factor) {
    return new RowShape(
        name,
        rows,
        24,
        (n, d, r) -> {
          float[][] drawn = Rows.normal(n, d, 0, r);
          Rows.scale(drawn[0], factor);
          return drawn;
        });
  }

  private static float[][] stretched(
      int count, int dimension, Random random, DoubleSupplier factor) {
    float[][] rows = Rows.normal(count, dimension, 0, random);
    for (float[] row : rows) {
      Rows.scale(row, factor.getAsDouble());
    }
    return rows;
  }

  private static float[][] mixture(int count, int dimension, Random random, DoubleSupplier factor) {
    float[][] rows = Clusters.around(count, dimension, 40, 0.35, random);
    for (float[] row : rows) {
      Rows.scale(row, factor.getAsDouble());
    }
    return rows;
  }
}
