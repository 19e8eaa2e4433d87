package io.elacsym.index.ivf.search;

import io.elacsym.index.codes.NormalDistribution;

/**
 * How far estimates may be off, in standard deviations: an item whose score may be so much higher
 * is looked at again. An item at the threshold is then lost with a known probability, and others
 * with less, since most hits score more than that.
 *
 * @param refined of an estimate that is refined; it may lose more, because it saves more
 * @param last of the estimate after which vectors decide
 */
record Doubt(float refined, float last) {
  /** Parts of the hits that a recall target allows to miss. */
  private static final double REFINED_PART = 0.5;

  private static final double LAST_PART = 0.25;

  /**
   * Also where more may be missed, no more is risked. Of many items that score alike, the highest
   * estimate is too high by several deviations, so an item at the threshold is then lost much more
   * often than once in so many times: with one bit a component, and the half of 4,000 rows accepted
   * that is least like the query, a third was lost where a fifth was allowed.
   */
  private static final double MOST_MISSED = 0.05;

  static Doubt at(double recallTarget) {
    double missed = Math.min(1 - recallTarget, MOST_MISSED);
    return new Doubt(
        NormalDistribution.exceeded(REFINED_PART * missed),
        NormalDistribution.exceeded(LAST_PART * missed));
  }
}
