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

  static Doubt at(double recallTarget) {
    double missed = 1 - recallTarget;
    return new Doubt(
        NormalDistribution.exceeded(REFINED_PART * missed),
        NormalDistribution.exceeded(LAST_PART * missed));
  }
}
