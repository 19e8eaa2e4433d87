package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorHits;
import java.util.Arrays;

/** What rows score for queries, in doubles, and how much of the best was found. */
final class ZooTruth {
  /** How far sums of products of floats may be off, relative to the lengths of the vectors. */
  private static final double ROUNDING = 4e-6;

  private final Metric metric;
  private final float[][] rows;
  private final double[] lengths;

  /**
   * @param rows as the index numbers them
   */
  ZooTruth(Metric metric, float[][] rows) {
    this.metric = metric;
    this.rows = rows;
    this.lengths = Arrays.stream(rows).mapToDouble(row -> Math.sqrt(dot(row, row))).toArray();
  }

  /** Of each row what it scores; higher is nearer. */
  double[] scores(float[] query) {
    double length = Math.sqrt(dot(query, query));
    double[] scores = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      scores[row] =
          switch (metric) {
            case DOT -> dot(query, rows[row]);
            case COSINE -> dot(query, rows[row]) / (length * lengths[row]);
            case L2 -> -distance(query, rows[row]);
          };
    }
    return scores;
  }

  /**
   * What is to be found: the k best accepted rows. A hit is right when it scores no less than the
   * k-th best, up to what rounding may do, so that of rows that tie any will do.
   *
   * @param scores of all rows for the query
   */
  Wanted wanted(float[] query, double[] scores, RowSet accept, int k) {
    int size = 0;
    double[] accepted = new double[accept.cardinality()];
    for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
      accepted[size++] = scores[row];
    }
    int count = Math.min(k, size);
    double last = Selection.nth(accepted, size - count);
    return new Wanted(scores, count, last - rounding(query, scores, last));
  }

  /**
   * The rows that are to be found for one query.
   *
   * @param scores of all rows
   * @param count how many are wanted
   * @param least what each of them scores at least
   */
  record Wanted(double[] scores, int count, double least) {
    /** The share of them that was found, 0 to 1. */
    double recall(VectorHits hits) {
      int right = 0;
      for (int row : hits.rows()) {
        right += scores[row] >= least ? 1 : 0;
      }
      return Math.min(1, (double) right / count);
    }
  }

  /** By how much the score of the row that scores {@code score} may be off. */
  private double rounding(float[] query, double[] scores, double score) {
    return ROUNDING
        * switch (metric) {
          case COSINE -> 1;
          case L2 -> -score;
          case DOT -> {
            int row = 0;
            while (scores[row] != score) {
              row++;
            }
            yield Math.sqrt(dot(query, query)) * lengths[row];
          }
        };
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    double other = 0;
    int i = 0;
    for (; i + 1 < a.length; i += 2) {
      sum += (double) a[i] * b[i];
      other += (double) a[i + 1] * b[i + 1];
    }
    return sum + other + (i < a.length ? (double) a[i] * b[i] : 0);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
