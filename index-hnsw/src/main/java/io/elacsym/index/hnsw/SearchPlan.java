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
   * @param width how many accepted rows always suffice
   * @param enough the widths that would do without a filter, by which fewer may suffice
   * @param budget how many vectors to compare before a scan is the better way after all
   */
  record FilteredWalk(int width, BeamWidth enough, int budget) implements SearchPlan {}

  /**
   * What comparing a vector costs when it is met in the graph, relative to meeting it in a scan, which
   * the memory system sees coming.
   */
  double WALK_COST = 1.5;

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
    // "Not below 1" is also true of no number at all.
    if (calibration.points() == 0
        || k >= accepted
        || (effort.isEmpty() && !(recallTarget < 1))) {
      return new Scan();
    }
    BeamWidth enough =
        effort.isPresent() ? BeamWidth.UNKNOWN : calibration.forRecall(recallTarget);
    double width = effort.isPresent() ? Math.max(k, effort.getAsInt()) : Math.ceil(enough.of(k));
    if (!(width < accepted)) {
      return new Scan();
    }
    if (accepted == covered) {
      boolean scanIsCheaper = WALK_COST * calibration.scored(width) > covered;
      return scanIsCheaper && effort.isEmpty() ? new Scan() : new Walk((int) width);
    }
    // The k nearest of a share of the rows are about the k / share nearest of all.
    double all = (double) covered / accepted;
    double ball = effort.isPresent() ? width * all : enough.of(k * all);
    if (!(WALK_COST * calibration.scored(ball) < accepted)) {
      return new Scan();
    }
    // A filter that keeps away from the query makes the ball grow far beyond that. Giving up when the
    // walk has cost as much as a scan means never to pay more than twice what was needed.
    width = Math.min(accepted - 1, Math.max(width, Double.parseDouble(System.getProperty("wf","1")) * k * enough.hundred() / 100));
    return new FilteredWalk((int) width, enough, (int) (accepted / WALK_COST));
  }
}
