package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

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

  /** One thread's search for nearest centroids. */
  private final class Finder {
    private final boolean[] closed;
    private final VectorBlock block = new VectorBlock(vectors.dimension());
    private final float[] nearness = new float[parents.count() * block.capacity()];
    private final float[] scratch = new float[block.capacity()];

    Finder(boolean[] closed) {
      this.closed = closed;
    }

    void find(int[] items, int from, int to, int[] assigned) {
      Arrays.fill(assigned, from, to, -1);
      int[] left = IntStream.range(from, to).toArray();
      if (parents.count() > PARENTS_TRIED) {
        findInFamilies(items, left, assigned);
        left = Arrays.stream(left).filter(place -> assigned[place] < 0).toArray();
      }
      findAmong(0, children.count(), items, left, assigned, new float[0], from);
      for (int place : left) {
        if (assigned[place] < 0) {
          // Only distances that are no numbers (NaN) can lead here. Then any open centroid will do.
          assigned[place] = firstOpen();
        }
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
    private void findInFamilies(int[] items, int[] places, int[] assigned) {
      int[][] tried = new int[parents.count()][16];
      int[] counts = new int[parents.count()];
      for (int first = 0; first < places.length; first += block.capacity()) {
        int end = Math.min(places.length, first + block.capacity());
        block.load(vectors, items, places[first], places[end - 1] + 1);
        for (int parent = 0; parent < parents.count(); parent++) {
          parents.nearness(parent, block, nearness, parent * block.capacity());
        }
        for (int i = 0; i < block.count(); i++) {
          for (int n = 0; n < PARENTS_TRIED; n++) {
            int parent = takeNearest(i);
            if (counts[parent] == tried[parent].length) {
              tried[parent] = Arrays.copyOf(tried[parent], 2 * counts[parent]);
            }
            tried[parent][counts[parent]++] = places[first + i];
          }
        }
      }
      float[] best = new float[places.length];
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      for (int parent = 0; parent < parents.count(); parent++) {
        int[] family = Arrays.copyOf(tried[parent], counts[parent]);
        findAmong(
            firstChild[parent], firstChild[parent + 1], items, family, assigned, best, places[0]);
      }
    }

    private int takeNearest(int i) {
      int nearest = 0;
      for (int parent = 1; parent < parents.count(); parent++) {
        if (nearness[parent * block.capacity() + i] > nearness[nearest * block.capacity() + i]) {
          nearest = parent;
        }
      }
      nearness[nearest * block.capacity() + i] = Float.NEGATIVE_INFINITY;
      return nearest;
    }

    /**
     * Looks for items among some children.
     *
     * @param places of the items
     * @param best how near the one is that was found before, by place from {@code firstPlace} on;
     *     empty if none was
     */
    private void findAmong(
        int from, int to, int[] items, int[] places, int[] assigned, float[] best, int firstPlace) {
      int[] wanted = Arrays.stream(places).map(place -> items[place]).toArray();
      for (int first = 0; first < places.length; first += block.capacity()) {
        int end = Math.min(places.length, first + block.capacity());
        block.load(vectors, wanted, first, end);
        children.offer(from, to, closed, block, scratch);
        for (int i = 0; i < block.count(); i++) {
          int place = places[first + i];
          int slot = place - firstPlace;
          if (block.best(i) >= 0 && (best.length == 0 || block.bestNearness(i) > best[slot])) {
            assigned[place] = block.best(i);
            if (best.length > 0) {
              best[slot] = block.bestNearness(i);
            }
          }
        }
      }
    }
  }
}
