package io.elacsym.index.codes;

import io.elacsym.api.index.ScoreBar;
import java.util.Arrays;

/**
 * Items that may be hits after what their codes say: those whose highest possible score reaches the
 * k-th best of the lowest possible ones. The k-th best estimate would be too high a bound where
 * many items score alike: the best of many estimates are mostly those that are too high. Nor is an
 * item a hit that does not reach the bar of its query. For one thread.
 */
public final class Candidates {
  private final HighestScores sure;
  private final ScoreBar bar;
  private int[] items = new int[256];
  private float[] estimates = new float[256];
  private float[] spreads = new float[256];
  private int count;

  /**
   * @param k how many hits are wanted, from 1
   * @param bar of the query
   */
  public Candidates(int k, ScoreBar bar) {
    this.sure = new HighestScores(k);
    this.bar = bar;
  }

  /** What an item must possibly score to be worth offering. */
  public float threshold() {
    return Math.max(sure.kth(), bar.score());
  }

  /**
   * @param estimate of the item's score
   * @param spread how far its score may be from that
   */
  public void offer(int item, float estimate, float spread) {
    if (estimate + spread < threshold()) {
      return;
    }
    sure.offer(estimate - spread);
    if (count == items.length) {
      items = Arrays.copyOf(items, 2 * count);
      estimates = Arrays.copyOf(estimates, 2 * count);
      spreads = Arrays.copyOf(spreads, 2 * count);
    }
    items[count] = item;
    estimates[count] = estimate;
    spreads[count++] = spread;
  }

  /** The score that so many items, up to k, reach for sure; negative infinity if there are less. */
  public float sure(int rank) {
    return sure.rank(rank);
  }

  /** All that may be hits, ascending. */
  public int[] likely() {
    float least = threshold();
    int[] likely = new int[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (!(estimates[i] + spreads[i] < least)) {
        likely[size++] = items[i];
      }
    }
    likely = Arrays.copyOf(likely, size);
    Arrays.sort(likely);
    return likely;
  }
}
