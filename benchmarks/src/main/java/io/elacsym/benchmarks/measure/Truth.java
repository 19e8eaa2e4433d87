package io.elacsym.benchmarks.measure;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The exact answers to queries over unit vectors, by comparing with every document.
 *
 * @param matching how many documents pass the filter
 * @param k how many hits were wanted
 * @param last per query, the cosine of the last of the {@code min(k, matching)} best
 */
public record Truth(int matching, int k, float[] last) {
  /** Cosines this close are equal: kernels add in different orders. */
  private static final float ROUNDING = 1e-5f;

  /** Documents compared with all queries while they are in the CPU's cache. */
  private static final int BLOCK = 256;

  /**
   * Finds them on all cores.
   *
   * @param accept which documents may be found
   */
  public static Truth of(Vectors documents, List<float[]> queries, int k, IntPredicate accept) {
    int[] accepted = IntStream.range(0, documents.count()).filter(accept).toArray();
    int wanted = Math.min(k, accepted.length);
    float[] last = new float[queries.size()];
    int share = 64;
    IntStream.range(0, (queries.size() + share - 1) / share)
        .parallel()
        .forEach(part -> {
          int from = part * share;
          int to = Math.min(queries.size(), from + share);
          lowest(documents, queries.subList(from, to), accepted, wanted, last, from);
        });
    return new Truth(accepted.length, k, last);
  }

  private static void lowest(
      Vectors documents,
      List<float[]> queries,
      int[] accepted,
      int wanted,
      float[] out,
      int outFrom) {
    if (wanted == 0) {
      return;
    }
    // Ascending, so that the worst of the best comes first.
    float[][] best = new float[queries.size()][wanted];
    for (float[] one : best) {
      Arrays.fill(one, Float.NEGATIVE_INFINITY);
    }
    for (int block = 0; block < accepted.length; block += BLOCK) {
      int end = Math.min(accepted.length, block + BLOCK);
      for (int q = 0; q < best.length; q++) {
        for (int i = block; i < end; i++) {
          float cosine = documents.dot(queries.get(q), accepted[i]);
          if (cosine > best[q][0]) {
            insert(best[q], cosine);
          }
        }
      }
    }
    for (int q = 0; q < best.length; q++) {
      out[outFrom + q] = best[q][0];
    }
  }

  private static void insert(float[] ascending, float value) {
    int i = 1;
    while (i < ascending.length && ascending[i] < value) {
      ascending[i - 1] = ascending[i];
      i++;
    }
    ascending[i - 1] = value;
  }

  /**
   * The share of the exact answer that was found, 0 to 1. A hit counts when it is as near as the
   * last of the exact answer, so that among equally near documents any will do.
   *
   * @param query which one
   * @param cosines the true cosines of the distinct documents found
   */
  public double recall(int query, float[] cosines) {
    int wanted = Math.min(k, matching);
    if (wanted == 0) {
      return 1;
    }
    int good = 0;
    for (float cosine : cosines) {
      good += cosine >= last[query] - ROUNDING ? 1 : 0;
    }
    return Math.min(1, (double) good / wanted);
  }
}
