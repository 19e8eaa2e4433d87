package io.elacsym.index.ivf.build;

import io.elacsym.api.index.Metric;
import java.util.SplittableRandom;

/**
 * Kinds of queries that a recall target must hold for. Real queries are not rows: they lie between
 * or beside the clusters, and sometimes far away from all of them.
 */
enum QueryKind {
  /** A row, which does not count as its own neighbour. */
  ROW(128),
  /** A row that noise of twice the data's deviation has moved. */
  MOVED(64),
  /** The middle of two rows. */
  BETWEEN(32),
  /** All moved in one direction each, by three times the data's deviation. */
  SHIFTED(32),
  /** Minus a row. */
  NEGATED(32),
  /** A row times 5. */
  LONG(32),
  /** A row times 50. */
  FAR(32),
  /** Noise around the origin, as long as the rows. */
  NOISE(32),
  /** The absolute values of a row. */
  POSITIVE(32),
  /** One component alone, as long as a row. */
  AXIS(32);

  private final int queries;

  QueryKind(int queries) {
    this.queries = queries;
  }

  /** How many are tried, where there are enough rows. */
  int queries() {
    return queries;
  }

  /** Whether it is another query than a row under a metric. */
  boolean differsUnder(Metric metric) {
    return metric == Metric.L2 || (this != LONG && this != FAR);
  }

  /**
   * Makes a query of a row.
   *
   * @param row the row; becomes the query
   * @param other another row
   * @param deviation of each component
   * @param length root of the mean square of all components
   */
  void make(
      float[] row, float[] other, double[] deviation, double length, SplittableRandom random) {
    double[] direction = new double[row.length];
    double size = 0;
    double scatter = 0;
    for (int j = 0; j < row.length; j++) {
      direction[j] = random.nextGaussian();
      size += direction[j] * direction[j];
      scatter += deviation[j] * deviation[j];
    }
    int axis = random.nextInt(row.length);
    double shift = 3 * Math.sqrt(scatter / size);
    for (int j = 0; j < row.length; j++) {
      row[j] =
          switch (this) {
            case ROW -> row[j];
            case MOVED -> row[j] + (float) (2 * deviation[j] * direction[j]);
            case BETWEEN -> (row[j] + other[j]) / 2;
            case SHIFTED -> row[j] + (float) (shift * direction[j]);
            case NEGATED -> -row[j];
            case LONG -> 5 * row[j];
            case FAR -> 50 * row[j];
            case NOISE -> (float) (length * direction[j]);
            case POSITIVE -> Math.abs(row[j]);
            case AXIS -> j == axis ? (float) (length * Math.sqrt(row.length)) : 0;
          };
    }
  }
}
