package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.UnitLength;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Queries unlike the rows, to measure the graph with: what somebody asks who embeds questions and
 * documents with two models, subtracts vectors, or makes them up. Each is made of a vector that is
 * like the rows.
 */
final class Strangers {
  /** One kind of queries. */
  @FunctionalInterface
  private interface Kind {
    float[] make(float[] vector, float[] other);
  }

  private final LinkSpace space;
  private final SplittableRandom random;

  private Strangers(LinkSpace space, long seed) {
    this.space = space;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Queries of each kind, scaled as the metric asks for.
   *
   * @param from the first of the numbers of vectors that the graph does not have
   * @param each how many of each kind, at most as many as there are such vectors
   */
  static List<float[][]> of(LinkSpace space, int from, int each, long seed) {
    Strangers strangers = new Strangers(space, seed);
    List<float[][]> groups = new ArrayList<>();
    for (Kind kind : strangers.kinds()) {
      float[][] group = new float[each][];
      for (int i = 0; i < each; i++) {
        float[] vector = space.stored(from + i);
        float[] other = space.stored(from + (i + 1) % each);
        group[i] = strangers.scaled(kind.make(vector, other));
      }
      groups.add(group);
    }
    return groups;
  }

  private List<Kind> kinds() {
    double size = space.size();
    double spread = space.spread();
    List<Kind> kinds = new ArrayList<>();
    if (space.metric() == Metric.L2) {
      // Under the other metrics these rank as the vector itself does.
      kinds.add((x, other) -> sum(x, 4, x, 0));
      kinds.add((x, other) -> sum(x, 30, x, 0));
    }
    Collections.addAll(
        kinds,
        (x, other) -> sum(x, 1, noise(spread, false), 1),
        (x, other) -> sum(x, -1, x, 0),
        (x, other) -> sum(space.center(), 2, x, -1),
        (x, other) -> sum(space.center(), -3, x, 4),
        (x, other) -> sum(space.center(), -29, x, 30),
        (x, other) -> noise(size, false),
        (x, other) -> noise(size, true),
        (x, other) -> sum(space.center(), 1, axis(spread), 1),
        (x, other) -> axis(size),
        (x, other) -> sum(x, 0.5, other, 0.5));
    return kinds;
  }

  private static float[] sum(float[] a, double times, float[] b, double timesB) {
    float[] sum = new float[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (times * a[i] + timesB * b[i]);
    }
    return sum;
  }

  private float[] noise(double length, boolean positive) {
    float[] noise = new float[space.dimension()];
    double deviation = length / Math.sqrt(noise.length);
    for (int i = 0; i < noise.length; i++) {
      double component = deviation * random.nextGaussian();
      noise[i] = (float) (positive ? Math.abs(component) : component);
    }
    return noise;
  }

  private float[] axis(double length) {
    float[] axis = new float[space.dimension()];
    axis[random.nextInt(axis.length)] = (float) (random.nextBoolean() ? length : -length);
    return axis;
  }

  private float[] scaled(float[] query) {
    if (space.metric() == Metric.COSINE) {
      UnitLength.scale(space.math(), query, 0, query.length);
    }
    return query;
  }
}
