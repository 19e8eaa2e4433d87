package io.elacsym.index.hnsw.search;

import io.elacsym.index.hnsw.graph.BeamWidth;
import io.elacsym.index.hnsw.graph.RecallCurve;
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
   * @param share of the index's rows that are accepted
   * @param budget how many vectors to compare before a scan is the better way after all
   */
  record FilteredWalk(int width, BeamWidth enough, double share, int budget)
      implements SearchPlan {}

  /** Whether another plan looks at more; a scan looks at all. */
  default boolean isNarrowerThan(SearchPlan other) {
    return switch (this) {
      case Scan() -> false;
      case Walk(int width) -> !(other instanceof Walk(int wider)) || width < wider;
      case FilteredWalk walk ->
          !(other instanceof FilteredWalk wider) || !walk.enough().equals(wider.enough());
    };
  }

  /**
   * What comparing a vector costs when it is met in the graph, relative to meeting it in a scan,
   * which the memory system sees coming.
   */
  double WALK_COST = 1.5;

  /**
   * By how much a filter may widen the calibrated beam, at most. The recall curve was measured with
   * rows of the index, whose neighbours lie in one cluster. A filter that accepts nothing near the
   * query makes the search walk from one cluster to the next, which takes a wider beam.
   */
  double FAR_FROM_HOME = 4;

  /**
   * Chooses. Pure.
   *
   * @param covered rows of the index
   * @param accepted how many of them may be returned, at least 1
   * @param k wanted, at most {@code accepted}
   */
  static SearchPlan of(
      RecallCurve curve,
      int covered,
      int accepted,
      int k,
      double recallTarget,
      OptionalInt effort) {
    // Written as "not below 1", so that NaN, which is not below 1 either, leads to a scan.
    if (curve.points() == 0 || k >= accepted || (effort.isEmpty() && !(recallTarget < 1))) {
      return new Scan();
    }
    BeamWidth enough = effort.isPresent() ? BeamWidth.UNKNOWN : curve.forRecall(recallTarget);
    double width = effort.isPresent() ? Math.max(k, effort.getAsInt()) : Math.ceil(enough.of(k));
    if (!(width < accepted)) {
      return new Scan();
    }
    if (accepted == covered) {
      boolean scanIsCheaper = WALK_COST * curve.scored(width) > covered;
      return scanIsCheaper && effort.isEmpty() ? new Scan() : new Walk((int) width);
    }
    double share = (double) accepted / covered;
    // The k nearest of a share of the rows are about the k / share nearest of all.
    double ball = effort.isPresent() ? width / share : enough.of(k / share);
    if (!(WALK_COST * curve.scored(ball) < accepted)) {
      return new Scan();
    }
    if (effort.isEmpty()) {
      // The curve for 100 hits shows better than that for 10 what it costs to find rows beyond the
      // query's own cluster.
      double far = FAR_FROM_HOME * Math.max(width, k * enough.of(100) / 100);
      width = Math.min(far, accepted);
    }
    return new FilteredWalk((int) width, enough, share, budget(accepted));
  }

  /**
   * How many nodes a walk may score. It gives up when it has cost as much as a scan, so a query
   * never costs more than twice the scan, whatever it asks for.
   */
  static int budget(int accepted) {
    return (int) (accepted / WALK_COST);
  }
}
