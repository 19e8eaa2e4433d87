package io.elacsym.api.index;

/**
 * The score that a row must reach to be a hit of a query over several segments. It rises while the
 * query is answered: what was found elsewhere leaves no place for rows that score less. Safe for
 * use by many threads.
 */
public final class ScoreBar {
  private volatile float score = Float.NEGATIVE_INFINITY;

  /** The least score that matters, as {@link Metric} defines it; negative infinity at first. */
  public float score() {
    return score;
  }

  /** Says that there are k hits elsewhere that reach a score. It never falls. */
  public synchronized void raise(float reached) {
    if (reached > score) {
      score = reached;
    }
  }
}
