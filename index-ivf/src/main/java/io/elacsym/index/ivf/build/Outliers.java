package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes out of the lists the few items that lie far off all others. One such item would spoil what
 * a list says of itself, its centroid and how far its items scatter; together they are a list of
 * their own, which every search visits.
 */
final class Outliers {
  /** How many times farther from its centroid than others an item lies that is taken out. */
  private static final float FAR = 3;

  /** At most one item in so many is taken out: if more are far off, that is how the data are. */
  private static final int RARE = 128;

  private static final int MOST = 4096;

  private Outliers() {}

  /**
   * The lists without outliers, which are the first list; nothing if there are none.
   *
   * @param means of the lists, list after list
   */
  static Optional<Clustering> apart(
      Vectors vectors, Clustering clustering, float[] means, VectorMath math, Parallel parallel) {
    int dimension = vectors.dimension();
    List<int[]> lists = clustering.lists();
    float[][] distances = new float[lists.size()][];
    float[] usual = new float[lists.size()];
    parallel.forEach(
        lists.size(),
        4,
        () -> {
          float[] vector = new float[dimension];
          return (from, to) -> {
            for (int list = from; list < to; list++) {
              int[] members = lists.get(list);
              float[] own = new float[members.length];
              for (int i = 0; i < own.length; i++) {
                vectors.load(members[i], vector);
                own[i] =
                    (float)
                        Math.sqrt(
                            math.squaredDistance(vector, 0, means, list * dimension, dimension));
              }
              distances[list] = own;
              usual[list] = median(own);
            }
          };
        });
    float limit = FAR * median(usual);
    int count = 0;
    for (int list = 0; list < usual.length; list++) {
      for (float distance : distances[list]) {
        count += isFar(distance, limit, usual[list]) ? 1 : 0;
      }
    }
    if (count == 0 || count > Math.min(MOST, vectors.count() / RARE)) {
      return Optional.empty();
    }
    List<int[]> apart = new ArrayList<>();
    int[] far = new int[count];
    apart.add(far);
    int next = 0;
    for (int list = 0; list < usual.length; list++) {
      int[] members = lists.get(list);
      int[] near = new int[members.length];
      int kept = 0;
      for (int i = 0; i < members.length; i++) {
        if (isFar(distances[list][i], limit, usual[list])) {
          far[next++] = members[i];
        } else {
          near[kept++] = members[i];
        }
      }
      if (kept > 0) {
        apart.add(Arrays.copyOf(near, kept));
      }
    }
    return Optional.of(new Clustering(apart));
  }

  private static boolean isFar(float distance, float limit, float usual) {
    return distance > limit && distance > FAR * usual;
  }

  private static float median(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
