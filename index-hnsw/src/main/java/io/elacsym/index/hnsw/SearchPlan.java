package io.elacsym.index.hnsw;

import java.util.OptionalInt;

/** How one search is done. */
sealed interface SearchPlan {
  /** Compare every accepted row. */
  record Scan() implements SearchPlan {}

  /**
   * Walk the graph; all rows are accepted.
   *
   * @param width of the beam
   */
  record Walk(int width) implements SearchPlan {}

  /**
   * Walk the graph through all rows and keep the accepted ones.
   *
   * @param width how many accepted rows the beam must find
   * @param budget how many vectors to compare before a scan is the better way after all
   */
  record FilteredWalk(int width, int budget) implements SearchPlan {}

  /**
   * What comparing a vector costs when it is met in the graph, relative to meeting it in a scan, which
   * the memory system sees coming.
   */
  double WALK_COST = 2;

  /**
   * A filter that keeps away from the query makes the ball grow far beyond what its share of rows
   * suggests; by then a scan is cheaper.
   */
  double PATIENCE = 3;

  /**
   * Chooses. Pure.
   *
   * @param covered rows of the index
   * @param accepted how many of them may be returned, at least 1
   * @param k wanted, at most {@code accepted}
   */
  static SearchPlan of(
      Calibration calibration,
      int covered,
      int accepted,
      int k,
      double recallTarget,
      OptionalInt effort) {
    if (calibration.points() == 0 || k >= accepted) {
      return new Scan();
    }
    int width;
    if (effort.isPresent()) {
      width = Math.max(k, effort.getAsInt());
    } else {
      // "Not below 1" is also true of no number at all.
      width = recallTarget < 1 ? calibration.width(k, recallTarget) : Calibration.NEVER;
    }
    if (width == Calibration.NEVER || width >= accepted) {
      return new Scan();
    }
    if (accepted == covered) {
      boolean scanIsCheaper = WALK_COST * calibration.scored(width) > covered;
      return scanIsCheaper && effort.isEmpty() ? new Scan() : new Walk(width);
    }
    double ball = calibration.scored(width) * covered / accepted;
    if (WALK_COST * ball > accepted) {
      return new Scan();
    }
    return new FilteredWalk(width, (int) Math.min(accepted, PATIENCE * ball));
  }
}
