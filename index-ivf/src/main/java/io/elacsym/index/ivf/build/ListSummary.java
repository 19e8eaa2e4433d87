package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.index.ivf.quantizer.Bytes;
import io.elacsym.index.ivf.quantizer.Scale;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The lists as they will be written.
 *
 * @param table the lists as a reader will see them, with decoded centroids
 * @param scale of the centroids
 * @param codes of the centroids
 */
record ListSummary(ListTable table, Scale scale, byte[] codes) {

  /**
   * Measures lists.
   *
   * @param packed all vectors, in list order
   * @param math for distances
   * @param first the first item of each list, and the count of items at the end
   */
  static ListSummary of(
      MemorySegment packed, int[] first, int dimension, VectorMath math, Parallel parallel) {
    int lists = first.length - 1;
    float[] means = new float[lists * dimension];
    parallel.forEach(
        lists,
        4,
        () -> {
          float[] vector = new float[dimension];
          double[] sum = new double[dimension];
          return (from, to) -> {
            for (int list = from; list < to; list++) {
              Arrays.fill(sum, 0);
              for (int item = first[list]; item < first[list + 1]; item++) {
                load(packed, item, vector);
                for (int j = 0; j < dimension; j++) {
                  sum[j] += vector[j];
                }
              }
              for (int j = 0; j < dimension; j++) {
                means[list * dimension + j] = (float) (sum[j] / (first[list + 1] - first[list]));
              }
            }
          };
        });

    Scale scale = Scale.of(means, dimension);
    float[] inverse = scale.inverse();
    byte[] codes = new byte[lists * dimension];
    for (int list = 0; list < lists; list++) {
      scale.encode(means, list * dimension, inverse, codes, list * dimension);
    }
    MemorySegment coded = Bytes.allocate(codes.length);
    MemorySegment.copy(codes, 0, coded, ValueLayout.JAVA_BYTE, 0, codes.length);
    MemorySegment centroids = BlobHead.decoded(scale, coded, 0, lists);

    float[] variance = new float[lists];
    float[] radiusVariance = new float[lists];
    parallel.forEach(
        lists,
        4,
        () -> {
          float[] vector = new float[dimension];
          float[] centroid = new float[dimension];
          return (from, to) -> {
            for (int list = from; list < to; list++) {
              load(centroids, list, centroid);
              double sum = 0;
              double squares = 0;
              for (int item = first[list]; item < first[list + 1]; item++) {
                load(packed, item, vector);
                double radius = math.squaredDistance(vector, 0, centroid, 0, dimension);
                sum += radius;
                squares += radius * radius;
              }
              int size = first[list + 1] - first[list];
              double mean = sum / size;
              variance[list] = (float) (mean / dimension);
              double spread = squares / size - mean * mean;
              radiusVariance[list] =
                  Double.isNaN(spread) ? Float.POSITIVE_INFINITY : (float) Math.max(0, spread);
            }
          };
        });
    ListTable table = new ListTable(dimension, first, variance, radiusVariance, centroids);
    return new ListSummary(table, scale, codes);
  }

  private static void load(MemorySegment packed, int index, float[] to) {
    MemorySegment.copy(packed, Bytes.F32, 4L * to.length * index, to, 0, to.length);
  }
}
