package io.elacsym.index.ivf.blob.v1;

import io.elacsym.api.VectorMath;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.ivf.quantizer.QueryTables;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where each list lies and how its items scatter. Immutable, safe for use by many threads.
 *
 * @param components of a centroid, in the rotated space
 * @param first the first item of each list, and the count of items at the end
 * @param step of each list: what a unit of its centroid's code is worth
 * @param variance of each list: mean of {@code |item - centroid|^2}, divided by the components of
 *     an item
 * @param radiusVariance of each list: variance of {@code |item - centroid|^2}
 * @param radius of each list: its largest {@code |item - centroid|}
 * @param codes of the centroids, list after list, a signed byte a component
 * @param norm of each list: {@code |centroid|^2}
 * @param alongMiddle of each list: product of its centroid and the middle of the data, rotated
 * @param signs of the centroids; nothing where they would save little
 */
public record ListTable(
    int components,
    int[] first,
    float[] step,
    float[] variance,
    float[] radiusVariance,
    float[] radius,
    MemorySegment codes,
    float[] norm,
    float[] alongMiddle,
    Optional<CentroidSigns> signs) {
  /** Codes of so many bytes or more take longer than their signs. */
  private static final int LEAST_COMPONENTS = 256;

  private static final int LEAST_LISTS = 256;

  /**
   * As the other, with what follows from the codes.
   *
   * @param middle of the data, rotated
   */
  public static ListTable of(
      int components,
      int[] first,
      float[] step,
      float[] variance,
      float[] radiusVariance,
      float[] radius,
      MemorySegment codes,
      float[] middle) {
    float[] alongMiddle = new float[step.length];
    float[] norm = new float[step.length];
    float[] centroid = new float[components];
    for (int list = 0; list < norm.length; list++) {
      decode(codes, list, step[list], centroid);
      double square = 0;
      double product = 0;
      for (int j = 0; j < components; j++) {
        square += (double) centroid[j] * centroid[j];
        product += (double) centroid[j] * middle[j];
      }
      norm[list] = (float) square;
      alongMiddle[list] = (float) product;
    }
    ListTable table =
        new ListTable(
            components,
            first,
            step,
            variance,
            radiusVariance,
            radius,
            codes,
            norm,
            alongMiddle,
            Optional.empty());
    boolean saves = components >= LEAST_COMPONENTS && table.lists() >= LEAST_LISTS;
    return saves ? table.with(CentroidSigns.of(table)) : table;
  }

  private ListTable with(CentroidSigns found) {
    return new ListTable(
        components,
        first,
        step,
        variance,
        radiusVariance,
        radius,
        codes,
        norm,
        alongMiddle,
        Optional.of(found));
  }

  /**
   * Products of a query with all centroids.
   *
   * @param query rotated
   * @param tables of the query, for signs
   * @param out receives them
   * @return whether they are exact; else they are estimates
   */
  public boolean products(float[] query, QueryTables tables, VectorMath math, float[] out) {
    if (signs.isPresent()) {
      signs.get().products(tables, math, out);
      return false;
    }
    math.byteDots(query, codes, 0, components, lists(), out, 0);
    for (int list = 0; list < lists(); list++) {
      out[list] *= step[list];
    }
    return true;
  }

  /**
   * The exact product of a query with one centroid.
   *
   * @param query rotated
   * @param out receives it at {@code list}
   */
  public void product(float[] query, VectorMath math, int list, float[] out) {
    math.byteDots(query, codes, (long) components * list, components, 1, out, list);
    out[list] *= step[list];
  }

  public int lists() {
    return step.length;
  }

  public int size(int list) {
    return first[list + 1] - first[list];
  }

  /** Items of the largest list. */
  public int largest() {
    int largest = 0;
    for (int list = 0; list < lists(); list++) {
      largest = Math.max(largest, size(list));
    }
    return largest;
  }

  /** The list of an item. */
  public int listOf(int item) {
    int at = Arrays.binarySearch(first, item);
    return at >= 0 ? at : -at - 2;
  }

  /** A centroid, in the rotated space. */
  public void centroid(int list, float[] to) {
    decode(codes, list, step[list], to);
  }

  /** Decodes the code of a centroid. */
  public static void decode(MemorySegment codes, int list, float step, float[] to) {
    long at = (long) to.length * list;
    for (int j = 0; j < to.length; j++) {
      to[j] = step * codes.get(ValueLayout.JAVA_BYTE, at + j);
    }
  }

  /**
   * Codes a centroid.
   *
   * @param centroid in the rotated space
   * @param codes receives a byte a component, as those of {@code list}
   * @return the step
   */
  public static float encode(float[] centroid, MemorySegment codes, int list) {
    float most = 0;
    for (float component : centroid) {
      most = Math.max(most, Math.abs(component));
    }
    float step = most / Byte.MAX_VALUE;
    float inverse = step > 0 && Float.isFinite(1 / step) ? 1 / step : 0;
    long at = (long) centroid.length * list;
    for (int j = 0; j < centroid.length; j++) {
      codes.set(ValueLayout.JAVA_BYTE, at + j, (byte) Math.round(centroid[j] * inverse));
    }
    return inverse == 0 ? 0 : step;
  }

  /** Codes of so many centroids, all zero. */
  public static MemorySegment codes(int lists, int components) {
    return Bytes.allocate((long) lists * components);
  }
}
