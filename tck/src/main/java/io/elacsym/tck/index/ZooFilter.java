package io.elacsym.tck.index;

import io.elacsym.api.index.RowSet;
import java.util.BitSet;
import java.util.Random;

/** Which rows a query of the zoo accepts. */
enum ZooFilter {
  ALL(1),
  A_RANDOM_TENTH(0.1),
  /** Nothing that is near the query. */
  THE_HALF_LEAST_LIKE_IT(0.5),
  THE_TENTH_LEAST_LIKE_IT(0.1);

  private final double share;

  ZooFilter(double share) {
    this.share = share;
  }

  /** How many of so many rows it accepts, at least. */
  int accepted(int rows) {
    return Math.max(1, (int) (rows * share));
  }

  /** Whether an index has to choose among the rows it leaves: else none of them can be missed. */
  boolean leavesAChoice(int rows, int k) {
    return accepted(rows) >= 2 * k;
  }

  /**
   * @param scores of all rows for the query; higher is nearer
   */
  RowSet accept(double[] scores, Random random) {
    int rows = scores.length;
    int wanted = accepted(rows);
    return switch (this) {
      case ALL -> RowSet.all(rows);
      case A_RANDOM_TENTH -> VectorAnswers.accepting(rows, wanted, random);
      case THE_HALF_LEAST_LIKE_IT, THE_TENTH_LEAST_LIKE_IT -> {
        // Of rows that tie with the best accepted one, all are accepted.
        double best = Selection.nth(scores.clone(), wanted - 1);
        BitSet bits = new BitSet(rows);
        for (int row = 0; row < rows; row++) {
          bits.set(row, scores[row] <= best);
        }
        yield RowSet.of(rows, bits);
      }
    };
  }
}
