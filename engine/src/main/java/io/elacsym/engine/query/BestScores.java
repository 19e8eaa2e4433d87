package io.elacsym.engine.query;

import io.elacsym.api.index.ScoreBar;
import java.util.PriorityQueue;

/**
 * The k best scores that the parts of a snapshot have found so far. What is searched later need not
 * find rows that score less than all of them. Safe for use by many threads.
 */
final class BestScores {
  private final int k;
  private final ScoreBar bar = new ScoreBar();
  private final PriorityQueue<Float> best = new PriorityQueue<>();

  /**
   * @param k how many results are wanted
   */
  BestScores(int k) {
    this.k = k;
  }

  /** The least of the k best scores, once there are k. */
  ScoreBar bar() {
    return bar;
  }

  /** Adds what a part has found, best first. */
  synchronized void add(float[] scores) {
    for (float score : scores) {
      if (best.size() == k) {
        if (score <= best.element()) {
          break;
        }
        best.remove();
      }
      best.add(score);
    }
    if (best.size() == k) {
      bar.raise(best.element());
    }
  }
}
