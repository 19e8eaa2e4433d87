package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.measure.Neighbors;
import io.elacsym.benchmarks.sets.TruthCache;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Filters whose matches have nothing to do with the queries, and one that avoids them. */
final class Filters {
  private static final double[] SHARES = {.5, .1, .01, .001};
  private static final double AVOIDING_SHARE = .1;
  private static final long SEED = 42;

  /**
   * Queries under a filter.
   *
   * @param name for people, and for the cache of exact neighbours
   */
  record Filtered(String name, Asked asked) {}

  private Filters() {}

  static List<Filtered> of(VectorSet set, TruthCache truths, int k) throws IOException {
    List<Filtered> all = new ArrayList<>();
    for (double share : SHARES) {
      SplittableRandom random = new SplittableRandom(SEED);
      BitSet items = new BitSet(set.count());
      for (int item = 0; item < set.count(); item++) {
        items.set(item, random.nextDouble() < share);
      }
      String name = shown(share) + " % at random";
      int[] queries = IntStream.range(0, set.queries().size()).toArray();
      all.add(filtered(name, set, truths, k, items, queries));
    }
    all.add(avoiding(set, truths, k));
    return all;
  }

  /** The vectors least like one query match, and those most like it ask. */
  private static Filtered avoiding(VectorSet set, TruthCache truths, int k) throws IOException {
    float[] pivot = set.queries().getFirst();
    float[] scores = new float[set.count()];
    for (int item = 0; item < scores.length; item++) {
      scores[item] = set.vectors().score(set.metric(), pivot, item);
    }
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    float limit = sorted[(int) (AVOIDING_SHARE * (sorted.length - 1))];
    BitSet items = new BitSet(set.count());
    for (int item = 0; item < scores.length; item++) {
      items.set(item, scores[item] <= limit);
    }
    List<float[]> queries = set.queries();
    int[] alike =
        IntStream.range(0, queries.size())
            .boxed()
            .sorted(Comparator.comparingDouble(q -> distance(pivot, queries.get(q))))
            .limit(Math.max(1, (long) (AVOIDING_SHARE * queries.size())))
            .mapToInt(Integer::intValue)
            .toArray();
    String name = shown(AVOIDING_SHARE) + " %, least like the queries";
    return filtered(name, set, truths, k, items, alike);
  }

  private static double distance(float[] a, float[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return square;
  }

  private static Filtered filtered(
      String name, VectorSet set, TruthCache truths, int k, BitSet items, int[] queries)
      throws IOException {
    Neighbors neighbors = truths.neighbors(name + ", seed " + SEED, items::get);
    return new Filtered(name, Asked.of(set, k, queries, Optional.of(items), neighbors));
  }

  private static String shown(double share) {
    double percent = 100 * share;
    return percent < 1 ? Double.toString(percent) : Integer.toString((int) percent);
  }
}
