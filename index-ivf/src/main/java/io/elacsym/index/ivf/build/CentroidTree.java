package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import java.util.SplittableRandom;

/**
 * Centroids on one level or two. Few are compared one by one; above {@link #FLAT_LIMIT} each
 * belongs to a parent, and a vector is compared with the children of its nearest parents only, so
 * that the work of a build grows with the root of the number of lists.
 */
final class CentroidTree {
  private static final int FLAT_LIMIT = 1024;
  private static final int PARENTS_TRIED = 8;
  private static final int SAMPLE_PER_LIST = 64;
  private static final int SAMPLE_PER_PARENT = 256;
  private static final int ITERATIONS = 6;

  private final Vectors vectors;
  private final Centroids parents;
  private final int[] firstChild;
  private final Centroids children;

  private CentroidTree(Vectors vectors, Centroids parents, int[] firstChild, Centroids children) {
    this.vectors = vectors;
    this.parents = parents;
    this.firstChild = firstChild;
    this.children = children;
  }

  /** How many centroids there are, parents not counted. */
  int count() {
    return children.count();
  }

  /** Learns about {@code lists} centroids. */
  static CentroidTree train(
      Vectors vectors, int lists, SplittableRandom random, Parallel parallel, VectorMath math) {
    KMeans means = new KMeans(vectors, ITERATIONS, math);
    boolean flat = lists <= FLAT_LIMIT;
    int perList = flat ? SAMPLE_PER_LIST : SAMPLE_PER_LIST / 2;
    int size = (int) Math.min(vectors.count(), (long) perList * lists);
    int[] sample = Sampling.sample(vectors.count(), size, random);
    if (flat) {
      Centroids all = means.train(sample, lists, random, parallel::forEach);
      Centroids root = new Centroids(new float[vectors.dimension()], vectors.dimension(), math);
      return new CentroidTree(vectors, root, new int[] {0, lists}, all);
    }
    int parentCount = (int) Math.ceil(Math.sqrt(lists));
    int[] parentSample =
        Sampling.sample(sample, Math.min(size, SAMPLE_PER_PARENT * parentCount), random);
    Centroids parents = means.train(parentSample, parentCount, random, parallel::forEach);
    int[][] families = families(vectors, parents, sample, parallel);

    int[] firstChild = new int[parentCount + 1];
    long[] seeds = new long[parentCount];
    for (int parent = 0; parent < parentCount; parent++) {
      double share = (double) families[parent].length / size;
      int own = Math.clamp(Math.round(share * lists), 1, Math.max(1, families[parent].length));
      firstChild[parent + 1] = firstChild[parent] + (families[parent].length == 0 ? 0 : own);
      seeds[parent] = random.nextLong();
    }
    int dimension = vectors.dimension();
    float[] values = new float[firstChild[parentCount] * dimension];
    parallel.forEach(
        parentCount,
        1,
        () ->
            (from, to) -> {
              for (int parent = from; parent < to; parent++) {
                int own = firstChild[parent + 1] - firstChild[parent];
                if (own == 0) {
                  continue;
                }
                SplittableRandom ownRandom = new SplittableRandom(seeds[parent]);
                Centroids found = means.train(families[parent], own, ownRandom, KMeans.Loop.HERE);
                System.arraycopy(
                    found.values(), 0, values, firstChild[parent] * dimension, own * dimension);
              }
            });
    return new CentroidTree(vectors, parents, firstChild, new Centroids(values, dimension, math));
  }

  private static int[][] families(
      Vectors vectors, Centroids parents, int[] sample, Parallel parallel) {
    int[] nearest = new int[sample.length];
    parallel.forEach(
        sample.length,
        1024,
        () -> {
          float[] vector = new float[vectors.dimension()];
          float[] scratch = new float[parents.count()];
          return (from, to) -> {
            for (int i = from; i < to; i++) {
              vectors.load(sample[i], vector);
              nearest[i] = parents.nearest(vector, scratch);
            }
          };
        });
    int[][] families = Groups.positions(nearest, parents.count());
    for (int[] family : families) {
      for (int i = 0; i < family.length; i++) {
        family[i] = sample[family[i]];
      }
    }
    return families;
  }

  /**
   * Finds the nearest centroid of each of some items.
   *
   * @param items the items
   * @param closed centroids that take nobody; not all of them
   * @return for each of {@code items}, its centroid
   */
  int[] assign(int[] items, boolean[] closed, Parallel parallel) {
    int[] assigned = new int[items.length];
    parallel.forEach(
        items.length,
        1024,
        () -> {
          Finder finder = new Finder(closed);
          return (from, to) -> {
            for (int i = from; i < to; i++) {
              assigned[i] = finder.find(items[i]);
            }
          };
        });
    return assigned;
  }

  /** One thread's search for nearest centroids. */
  private final class Finder {
    private final boolean[] closed;
    private final float[] vector = new float[vectors.dimension()];
    private final float[] parentNearness = new float[parents.count()];
    private final float[] scratch = new float[children.count()];
    private int best;
    private float bestNearness;

    Finder(boolean[] closed) {
      this.closed = closed;
    }

    int find(int item) {
      vectors.load(item, vector);
      best = -1;
      bestNearness = Float.NEGATIVE_INFINITY;
      if (parents.count() > PARENTS_TRIED) {
        parents.nearness(vector, 0, parents.count(), parentNearness);
        for (int i = 0; i < PARENTS_TRIED; i++) {
          int parent = argMax(parentNearness);
          parentNearness[parent] = Float.NEGATIVE_INFINITY;
          tryAll(firstChild[parent], firstChild[parent + 1]);
        }
      }
      if (best < 0) {
        tryAll(0, children.count());
      }
      if (best < 0) {
        // Only distances that are no numbers (NaN) can lead here. Then any open centroid will do.
        best = 0;
        while (closed[best]) {
          best++;
        }
      }
      return best;
    }

    private void tryAll(int from, int to) {
      children.nearness(vector, from, to, scratch);
      for (int child = from; child < to; child++) {
        if (scratch[child - from] > bestNearness && !closed[child]) {
          bestNearness = scratch[child - from];
          best = child;
        }
      }
    }
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
