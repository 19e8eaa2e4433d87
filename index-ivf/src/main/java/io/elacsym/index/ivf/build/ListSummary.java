package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.codes.Space;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.lang.foreign.MemorySegment;

/** Measures the lists as they will be written. */
final class ListSummary {
  private ListSummary() {}

  /**
   * The table of the lists as a reader will see it, with centroids that come from their codes.
   *
   * @param packed all vectors, in list order
   * @param first the first item of each list, and the count of items at the end
   * @param math for distances
   */
  static ListTable of(
      MemorySegment packed, int[] first, Space space, VectorMath math, Parallel parallel) {
    int lists = first.length - 1;
    int dimension = space.middle().length;
    int components = space.components();
    MemorySegment codes = ListTable.codes(lists, components);
    float[] step = new float[lists];
    float[] variance = new float[lists];
    float[] radiusVariance = new float[lists];
    float[] radius = new float[lists];
    parallel.forEach(
        lists,
        4,
        () -> {
          float[] moved = new float[dimension];
          float[] rotated = new float[components];
          return (from, to) -> {
            for (int list = from; list < to; list++) {
              float[] centroid = mean(packed, first[list], first[list + 1], dimension);
              space.enter(centroid, moved, rotated);
              step[list] = ListTable.encode(rotated, codes, list);
              ListTable.decode(codes, list, step[list], rotated);
              float lost = space.leave(rotated, centroid);
              float[] squares = new float[first[list + 1] - first[list]];
              long at = 4L * dimension * first[list];
              math.squaredDistances(centroid, packed, at, squares.length, squares, 0);
              double sum = 0;
              double squared = 0;
              for (float square : squares) {
                double distance = square + lost;
                sum += distance;
                squared += distance * distance;
                radius[list] = Math.max(radius[list], (float) Math.sqrt(distance));
              }
              double mean = sum / squares.length;
              double spread = squared / squares.length - mean * mean;
              variance[list] = finite(mean / dimension);
              radiusVariance[list] = finite(Math.max(0, spread));
              radius[list] = finite(radius[list]);
            }
          };
        });
    return ListTable.of(
        components, first, step, variance, radiusVariance, radius, codes, space.rotatedMiddle());
  }

  /** What is no number, as the distances of huge vectors may be, counts as without a bound. */
  private static float finite(double value) {
    return Double.isNaN(value) ? Float.POSITIVE_INFINITY : (float) value;
  }

  private static float[] mean(MemorySegment packed, int from, int to, int dimension) {
    float[] vector = new float[dimension];
    double[] sum = new double[dimension];
    for (int item = from; item < to; item++) {
      MemorySegment.copy(packed, Bytes.F32, 4L * dimension * item, vector, 0, dimension);
      for (int j = 0; j < dimension; j++) {
        sum[j] += vector[j];
      }
    }
    for (int j = 0; j < dimension; j++) {
      vector[j] = (float) (sum[j] / (to - from));
    }
    return vector;
  }
}
