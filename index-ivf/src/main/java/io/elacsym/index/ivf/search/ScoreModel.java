package io.elacsym.index.ivf.search;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.codes.NormalDistribution;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What can be said of the scores of each list's items before they are read: they are taken to be
 * normally distributed around what the centroid scores, and none is better than the list's radius
 * allows. This is how the right lists are visited, and enough of them, for every query, k and
 * filter. Formulas: {@code docs/format/index-ivf.md}.
 */
public final class ScoreModel {
  private static final int HALVINGS = 24;

  /** One list in so many is near enough for an exact product with its centroid. */
  private static final int NEAR_PART = 8;

  private static final int LEAST_NEAR = 64;

  /** The k-th score is predicted from lists with so many times k items. */
  private static final int ENOUGH = 64;

  /** Steps of a standard deviation by which lists are ordered. */
  private static final int STEPS = 32;

  private static final int PLACES = 2 * NormalDistribution.LIMIT * STEPS + 2;

  /** Rounding must not make a list impossible that has an item just at its bound. */
  private static final float ROUNDING = 1e-4f;

  private final float[] mean;
  private final float[] deviation;
  private final float[] bound;
  private final int[] accepted;
  private final int[] near;

  private ScoreModel(float[] mean, float[] deviation, float[] bound, int[] accepted, int[] near) {
    this.mean = mean;
    this.deviation = deviation;
    this.bound = bound;
    this.accepted = accepted;
    this.near = near;
  }

  /**
   * @param accepted for each list that is not visited anyway, how many of its items may be returned
   */
  public static ScoreModel of(ListTable table, SpaceQuery query, float spread, int[] accepted) {
    int lists = table.lists();
    VectorMath math = query.similarity().math();
    float[] products = new float[lists];
    boolean exact = table.products(query.rotated(), query.signs(), math, products);
    int[] near = exact ? new int[0] : near(table, query, products);
    for (int list : near) {
      table.product(query.rotated(), math, list, products);
    }
    float[] mean = new float[lists];
    float[] deviation = new float[lists];
    float[] bound = new float[lists];
    int dimension = query.vector().length;
    for (int list = 0; list < lists; list++) {
      float product = products[list];
      float along = spread * table.variance()[list];
      float radius = table.radius()[list] * (1 + ROUNDING);
      float variance;
      float score;
      if (query.isL2()) {
        float square = Math.max(0, query.square() - 2 * product + table.norm()[list]);
        float gap = (float) Math.sqrt(square) * (1 + ROUNDING) - radius;
        bound[list] = gap > 0 ? -gap * gap : 0;
        variance = 4 * square * along + table.radiusVariance()[list];
        score = -square;
        mean[list] = score - dimension * table.variance()[list];
      } else {
        score = product + query.alongMiddle() + table.alongMiddle()[list];
        bound[list] = score + Math.abs(score) * ROUNDING + query.length() * radius;
        variance = query.length() * query.length() * along;
        mean[list] = score;
      }
      // Never quite 0, so that a list of equal items is no division by zero.
      deviation[list] = (float) Math.sqrt(variance) + Math.abs(mean[list]) * 1e-6f + 1e-30f;
    }
    if (!exact) {
      unbind(bound, near);
    }
    return new ScoreModel(mean, deviation, bound, accepted, near);
  }

  /** The lists whose centroids are nearest after estimated products. */
  private static int[] near(ListTable table, SpaceQuery query, float[] products) {
    int lists = table.lists();
    TopK top = new TopK(Math.max(LEAST_NEAR, lists / NEAR_PART), lists);
    for (int list = 0; list < lists; list++) {
      float score =
          query.isL2()
              ? 2 * products[list] - table.norm()[list]
              : products[list] + table.alongMiddle()[list];
      top.offer(score, list);
    }
    return Arrays.stream(top.best()).mapToInt(ScoreKey::row).toArray();
  }

  /** An estimate rules nothing out: only lists with an exact product have a bound. */
  private static void unbind(float[] bound, int[] near) {
    float[] bounds = new float[near.length];
    for (int i = 0; i < near.length; i++) {
      bounds[i] = bound[near[i]];
    }
    Arrays.fill(bound, Float.MAX_VALUE);
    for (int i = 0; i < near.length; i++) {
      bound[near[i]] = bounds[i];
    }
  }

  /** The same lists with other numbers of accepted items. */
  ScoreModel withAccepted(int[] other) {
    return new ScoreModel(mean, deviation, bound, other, near);
  }

  /** Whether all numbers are finite, without which nothing can be predicted. */
  public boolean isUsable() {
    float sum = 0;
    for (int list = 0; list < mean.length; list++) {
      sum += 0 * mean[list] + 0 * deviation[list] + 0 * bound[list];
    }
    return sum == 0;
  }

  /** How many accepted items of a list score more than {@code score}. */
  private float expectedAbove(int list, float score) {
    return accepted[list] == 0 || bound[list] < score
        ? 0
        : accepted[list] * NormalDistribution.above(standard(list, score));
  }

  /**
   * How many accepted items of each list score more than {@code low}, but not than {@code high}.
   */
  public float[] expectedBetween(float low, float high) {
    float[] expected = new float[mean.length];
    boolean open = high == Float.POSITIVE_INFINITY;
    for (int list = 0; list < expected.length; list++) {
      float above = expectedAbove(list, low);
      expected[list] = open ? above : Math.max(0, above - expectedAbove(list, high));
    }
    return expected;
  }

  /** How many items are expected of all lists. */
  public static double sum(float[] expected) {
    double sum = 0;
    for (float items : expected) {
      sum += items;
    }
    return sum;
  }

  /** All lists but some whose radius does not rule out that they have items above a score. */
  int[] possible(float score, int[] but) {
    boolean[] left = new boolean[mean.length];
    for (int list = 0; list < left.length; list++) {
      left[list] = accepted[list] > 0 && !(bound[list] < score);
    }
    for (int list : but) {
      left[list] = false;
    }
    return IntStream.range(0, left.length).filter(list -> left[list]).toArray();
  }

  /** How many standard deviations {@code score} lies above the mean of a list. */
  private float standard(int list, float score) {
    return (score - mean[list]) / deviation[list];
  }

  public float deviation(int list) {
    return deviation[list];
  }

  /** The predicted score of the k-th best accepted item. */
  public float kthScore(int k) {
    int[] lists = nearWith(k);
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int list : lists) {
      if (accepted[list] > 0) {
        low = Math.min(low, mean[list] - 8 * deviation[list]);
        high = Math.max(high, Math.min(bound[list], mean[list] + 8 * deviation[list]));
      }
    }
    for (int i = 0; i < HALVINGS; i++) {
      float middle = low + (high - low) / 2;
      if (moreThan(k, middle, lists)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + (high - low) / 2;
  }

  /**
   * The near lists if they have some times k accepted items, else all. What the others add to the
   * best items is little, and there are many of them.
   */
  private int[] nearWith(int k) {
    long items = 0;
    for (int list : near) {
      items += accepted[list];
    }
    return items >= (long) ENOUGH * k ? near : IntStream.range(0, mean.length).toArray();
  }

  private boolean moreThan(int k, float score, int[] lists) {
    float sum = 0;
    for (int list : lists) {
      sum += expectedAbove(list, score);
      if (sum > k) {
        return true;
      }
    }
    return false;
  }

  /**
   * The lists with accepted items; first those whose items are likeliest to beat {@code score},
   * last those that cannot. Lists that are about as likely, to a 32nd of a deviation, come in the
   * order of their numbers: that costs a fraction of what sorting does.
   */
  public int[] promising(float score) {
    int lists = mean.length;
    short[] place = new short[lists];
    int[] starts = new int[PLACES + 1];
    for (int list = 0; list < lists; list++) {
      if (accepted[list] > 0) {
        place[list] = place(list, score);
        starts[place[list] + 1]++;
      }
    }
    for (int i = 0; i < PLACES; i++) {
      starts[i + 1] += starts[i];
    }
    int[] order = new int[starts[PLACES]];
    for (int list = 0; list < lists; list++) {
      if (accepted[list] > 0) {
        order[starts[place[list]]++] = list;
      }
    }
    return order;
  }

  private short place(int list, float score) {
    if (bound[list] < score) {
      return PLACES - 1;
    }
    float steps = (standard(list, score) + NormalDistribution.LIMIT) * STEPS;
    return (short) Math.clamp((int) steps, 0, PLACES - 2);
  }
}
