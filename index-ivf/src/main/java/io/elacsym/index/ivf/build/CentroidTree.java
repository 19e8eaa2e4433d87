package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import java.util.Arrays;
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
      Centroids root = new Centroids(new float[1][vectors.dimension()], math);
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
    float[][] values = new float[firstChild[parentCount]][];
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
                System.arraycopy(found.values(), 0, values, firstChild[parent], own);
              }
            });
    return new CentroidTree(vectors, parents, firstChild, new Centroids(values, math));
  }

  private static int[][] families(
      Vectors vectors, Centroids parents, int[] sample, Parallel parallel) {
    int[] nearest = new int[sample.length];
    parallel.forEach(
        sample.length,
        1024,
        () -> {
          VectorBlock block = new VectorBlock(vectors.dimension());
          return (from, to) -> parents.nearest(vectors, sample, from, to, block, nearest);
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
          return (from, to) -> finder.find(items, from, to, assigned);
        });
    return assigned;
  }

  /** One thread's search for the nearest centroids of some items at a time. */
  private final class Finder {
    private final boolean[] closed;
    private final VectorBlock block = new VectorBlock(vectors.dimension());
    private final float[] toParents = new float[parents.count() * block.capacity()];
    private final float[] scratch = new float[block.capacity()];
    private int[] items = {};
    private int[] nearest = {};
    private float[] nearness = {};

    Finder(boolean[] closed) {
      this.closed = closed;
    }

    /** Finds the centroids of {@code all[from..to)}. */
    void find(int[] all, int from, int to, int[] assigned) {
      items = Arrays.copyOfRange(all, from, to);
      nearest = new int[items.length];
      nearness = new float[items.length];
      Arrays.fill(nearest, -1);
      Arrays.fill(nearness, Float.NEGATIVE_INFINITY);
      if (parents.count() > PARENTS_TRIED) {
        findInFamilies();
      }
      // Without families, or where all of those that were tried are closed.
      findAmong(0, children.count(), Groups.where(nearest, -1));
      for (int i = 0; i < items.length; i++) {
        // Only distances that are no numbers (NaN) leave none. Then any open centroid will do.
        assigned[from + i] = nearest[i] < 0 ? firstOpen() : nearest[i];
      }
    }

    private int firstOpen() {
      int centroid = 0;
      while (closed[centroid]) {
        centroid++;
      }
      return centroid;
    }

    /** Looks for each item among the children of its nearest parents, parent after parent. */
    private void findInFamilies() {
      int[] parentOf = new int[PARENTS_TRIED * items.length];
      for (int first = 0; first < items.length; first += block.capacity()) {
        block.load(vectors, items, first, Math.min(items.length, first + block.capacity()));
        for (int parent = 0; parent < parents.count(); parent++) {
          parents.nearness(parent, block, toParents, parent * block.capacity());
        }
        for (int i = 0; i < block.count(); i++) {
          for (int n = 0; n < PARENTS_TRIED; n++) {
            parentOf[PARENTS_TRIED * (first + i) + n] = takeNearestParent(i);
          }
        }
      }
      int[][] tried = Groups.positions(parentOf, parents.count());
      for (int parent = 0; parent < tried.length; parent++) {
        int[] places = Arrays.stream(tried[parent]).map(at -> at / PARENTS_TRIED).toArray();
        findAmong(firstChild[parent], firstChild[parent + 1], places);
      }
    }

    private int takeNearestParent(int i) {
      int best = i;
      for (int at = i; at < toParents.length; at += block.capacity()) {
        if (toParents[at] > toParents[best]) {
          best = at;
        }
      }
      toParents[best] = Float.NEGATIVE_INFINITY;
      return best / block.capacity();
    }

    /** Looks for some of the items among some children. */
    private void findAmong(int from, int to, int[] places) {
      int[] wanted = Arrays.stream(places).map(place -> items[place]).toArray();
      for (int first = 0; first < wanted.length; first += block.capacity()) {
        block.load(vectors, wanted, first, Math.min(wanted.length, first + block.capacity()));
        children.offer(from, to, closed, block, scratch);
        for (int i = 0; i < block.count(); i++) {
          int place = places[first + i];
          if (block.bestNearness(i) > nearness[place]) {
            nearness[place] = block.bestNearness(i);
            nearest[place] = block.best(i);
          }
        }
      }
    }
  }
}
