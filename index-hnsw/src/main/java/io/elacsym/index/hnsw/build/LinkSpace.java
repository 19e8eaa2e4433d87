package io.elacsym.index.hnsw.build;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.index.hnsw.code.CodeSpace;
import java.util.Arrays;

/**
 * The space in which nodes are linked, and walked while they are. Under {@code l2} it is that of
 * the vectors. Otherwise a vector {@code x} becomes {@code (x - c, h)} with inner products, where
 * {@code c} is the center of all:
 *
 * <ul>
 *   <li>Moving all vectors adds the same number to what each scores for one query, so it changes no
 *       ranking; but vectors that all lie in one direction from the origin are linked by how they
 *       differ, and not by which is longest in that direction.
 *   <li>{@code h} fills up {@code |x - c|} to a length {@code M} that most vectors do not exceed,
 *       so that of them the nearest score best for each other (Bachrach and others, "Speeding up
 *       the Xbox recommender system using a Euclidean transformation for inner-product spaces",
 *       2014). Without it short vectors would be linked to none but long ones. The few that are
 *       longer have 0, and stay what long vectors are in a graph of inner products: the ways out of
 *       everywhere (Morozov and Babenko, "Non-metric similarity graphs for maximum inner product
 *       search", 2018).
 * </ul>
 *
 * <p>A query becomes {@code (q, 0)}.
 *
 * @param codes where vectors are coded, around the same center
 * @param vectors in this space, by build number
 * @param size the median distance from the origin, as stored
 * @param spread the median distance from the center
 */
record LinkSpace(CodeSpace codes, VectorStore vectors, double size, double spread) {
  /** The share of vectors that are no longer than {@code M}. */
  private static final double FILLED = 0.9;

  /**
   * In few dimensions there are not many ways out to have: the longest vector in about one
   * direction covers all others there, and they would be left without links to themselves.
   */
  private static final int FEW_DIMENSIONS = 4;

  private static final double FILLED_IN_FEW = 0.99;

  /**
   * Vectors of length 1 whose mean is no longer than this lie all around the origin. They are all
   * filled up, which makes the space that of their directions again: none is a way out.
   */
  private static final double AROUND = 0.5;

  /** The share of vectors whose mean the center is: a few far ones must not move it. */
  private static final double TRIMMED = 0.9;

  /** Gives the vectors. */
  interface Source {
    /** Copies the vector of a build number as it will be stored. */
    void copy(int number, float[] to, int at);
  }

  static LinkSpace of(Metric metric, VectorMath math, int count, int dimension, Source source) {
    boolean filled = metric != Metric.L2;
    VectorStore vectors =
        new VectorStore(
            count, filled ? dimension + 1 : dimension, filled ? Metric.DOT : Metric.L2, math);
    for (int i = 0; i < count; i++) {
      source.copy(i, vectors.pageOf(i), vectors.offset(i));
    }
    double[] fromOrigin = distances(vectors, new float[dimension]);
    float[] mean = mean(vectors, fromOrigin, Double.POSITIVE_INFINITY, dimension);
    double[] fromMean = distances(vectors, mean);
    float[] center = mean(vectors, fromMean, quantile(fromMean, TRIMMED), dimension);
    double[] fromCenter = distances(vectors, center);
    if (filled) {
      fill(vectors, center, fromCenter, quantile(fromCenter, filled(metric, center)));
    }
    return new LinkSpace(
        CodeSpace.around(center, metric, math),
        vectors,
        quantile(fromOrigin, 0.5),
        quantile(fromCenter, 0.5));
  }

  private static double filled(Metric metric, float[] center) {
    if (metric == Metric.COSINE && length(center) <= AROUND) {
      return 1;
    }
    return center.length <= FEW_DIMENSIONS ? FILLED_IN_FEW : FILLED;
  }

  Metric metric() {
    return codes.metric();
  }

  VectorMath math() {
    return codes.math();
  }

  /** About the mean of the vectors as they are stored. */
  float[] center() {
    return codes.center();
  }

  int dimension() {
    return center().length;
  }

  /** Puts a query into this space. */
  float[] query(float[] vector) {
    return metric() == Metric.L2 ? vector : Arrays.copyOf(vector, vector.length + 1);
  }

  /** By how much a score in this space is less than that of the vectors as they are stored. */
  double offset(float[] query) {
    return metric() == Metric.L2 ? 0 : math().dot(query, 0, center(), 0, dimension());
  }

  /** Copies a vector as it is stored, up to rounding. */
  float[] stored(int number) {
    int from = vectors.offset(number);
    float[] center = center();
    float[] vector = Arrays.copyOfRange(vectors.pageOf(number), from, from + center.length);
    if (metric() != Metric.L2) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] += center[i];
      }
    }
    return vector;
  }

  /** Moves all vectors and adds the component that fills them up to a length of {@code most}. */
  private static void fill(VectorStore vectors, float[] center, double[] lengths, double most) {
    for (int number = 0; number < lengths.length; number++) {
      float[] page = vectors.pageOf(number);
      int from = vectors.offset(number);
      for (int i = 0; i < center.length; i++) {
        page[from + i] -= center[i];
      }
      double length = lengths[number];
      page[from + center.length] =
          (float) Math.sqrt(Math.max(0, (most - length) * (most + length)));
    }
  }

  /** The mean of the vectors whose distance does not exceed a limit. */
  private static float[] mean(
      VectorStore vectors, double[] distances, double limit, int dimension) {
    double[] sums = new double[dimension];
    int count = 0;
    for (int number = 0; number < distances.length; number++) {
      if (distances[number] <= limit) {
        float[] page = vectors.pageOf(number);
        int from = vectors.offset(number);
        for (int i = 0; i < dimension; i++) {
          sums[i] += page[from + i];
        }
        count++;
      }
    }
    float[] mean = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      mean[i] = (float) (sums[i] / count);
    }
    return mean;
  }

  private static double[] distances(VectorStore vectors, float[] from) {
    double[] distances = new double[vectors.count()];
    for (int number = 0; number < distances.length; number++) {
      float[] page = vectors.pageOf(number);
      int at = vectors.offset(number);
      double squares = 0;
      for (int i = 0; i < from.length; i++) {
        double difference = (double) page[at + i] - from[i];
        squares += difference * difference;
      }
      distances[number] = Math.sqrt(squares);
    }
    return distances;
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    return Math.sqrt(squares);
  }

  private static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (part * (sorted.length - 1))];
  }
}
