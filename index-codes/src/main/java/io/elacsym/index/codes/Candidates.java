package io.elacsym.index.codes;

import io.elacsym.api.index.ScoreBar;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import java.util.Arrays;

/**
 * Items that may be hits after what their codes say: those whose highest possible score reaches the
 * k-th best of the lowest possible ones. The k-th best estimate would be too high a bound where
 * many items score alike: the best of many estimates are mostly those that are too high. Nor is an
 * item a hit that does not reach the bar of its query. For one thread.
 */
public final class Candidates {
  /** Never raised. */
  private static final ScoreBar NONE = new ScoreBar();

  private final HighestScores sure = new HighestScores();
  private ScoreBar bar = NONE;
  private int[] items = new int[256];
  private float[] estimates = new float[256];
  private float[] spreads = new float[256];
  private int count;
  private int first;

  /** Without items; {@link #reset} comes first. */
  public Candidates() {}

  /**
   * @param k how many hits are wanted, from 1
   * @param bar of the query
   */
  public Candidates(int k, ScoreBar bar) {
    reset(k);
    this.bar = bar;
  }

  /**
   * Forgets all items and keeps the memory, for a query without a bar.
   *
   * @param k how many hits are wanted, from 1
   */
  public void reset(int k) {
    sure.reset(k);
    bar = NONE;
    count = 0;
    first = 0;
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

  /** The items of the highest estimates, so many of them, ascending. */
  public int[] best(int wanted) {
    if (count > wanted) {
      moveBest(wanted);
    }
    int[] best = Arrays.copyOf(items, Math.min(count, wanted));
    Arrays.sort(best);
    first = best.length;
    return best;
  }

  /**
   * What {@link #best} left out and may be hits, ascending.
   *
   * @param least what a hit scores at least, as is known by now
   */
  public int[] others(float least) {
    return reaching(Math.max(least, threshold()), first);
  }

  /** All that may be hits, ascending. */
  public int[] likely() {
    return reaching(threshold(), 0);
  }

  private int[] reaching(float least, int from) {
    int size = 0;
    for (int i = from; i < count; i++) {
      size += reaches(i, least) ? 1 : 0;
    }
    int[] likely = new int[size];
    for (int i = count - 1; size > 0; i--) {
      if (reaches(i, least)) {
        likely[--size] = items[i];
      }
    }
    Arrays.sort(likely);
    return likely;
  }

  private boolean reaches(int i, float least) {
    return !(estimates[i] + spreads[i] < least);
  }

  /** Moves the items of the highest estimates to the front. */
  private void moveBest(int wanted) {
    TopK top = new TopK(wanted, count);
    for (int i = 0; i < count; i++) {
      top.offer(estimates[i], i);
    }
    int[] places = Arrays.stream(top.best()).mapToInt(ScoreKey::row).sorted().toArray();
    // Ascending, so that what is moved away from the front is none that is still to be moved there.
    for (int i = 0; i < places.length; i++) {
      swap(i, places[i]);
    }
  }

  private void swap(int i, int j) {
    int item = items[i];
    items[i] = items[j];
    items[j] = item;
    float estimate = estimates[i];
    estimates[i] = estimates[j];
    estimates[j] = estimate;
    float spread = spreads[i];
    spreads[i] = spreads[j];
    spreads[j] = spread;
  }
}
