package io.elacsym.benchmarks.measure;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.VectorHits;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The nearest vectors of queries, found by comparing with all of them.
 *
 * @param matching how many vectors pass the filter
 * @param items per query, best first; as many as were wanted, or {@code matching} if that is less
 * @param scores of the items
 */
public record Neighbors(int matching, int[][] items, float[][] scores) {
  /** Vectors that are compared with all queries while they are in the CPU's cache. */
  private static final int BLOCK = 128;

  /**
   * Finds them on all cores. Each reads its share of the vectors once, so that files larger than
   * the memory are read once as well.
   *
   * @param accept which vectors may be found
   */
  public static Neighbors of(
      Metric metric, Vectors vectors, List<float[]> queries, int wanted, IntPredicate accept) {
    int[] accepted = IntStream.range(0, vectors.count()).filter(accept).toArray();
    int kept = Math.min(wanted, accepted.length);
    int parts = Runtime.getRuntime().availableProcessors();
    Progress progress = new Progress(System.err, "exact neighbours", accepted.length);
    List<TopK[]> found =
        IntStream.range(0, parts)
            .parallel()
            .mapToObj(part -> {
              int from = (int) ((long) accepted.length * part / parts);
              int to = (int) ((long) accepted.length * (part + 1) / parts);
              int[] share = Arrays.copyOfRange(accepted, from, to);
              return scan(metric, vectors, queries, kept, share, progress);
            })
            .toList();
    int[][] items = new int[queries.size()][];
    float[][] scores = new float[queries.size()][];
    for (int q = 0; q < items.length; q++) {
      TopK best = new TopK(kept, parts * kept);
      for (TopK[] part : found) {
        best.offerAll(part[q]);
      }
      VectorHits hits = best.hits(accepted.length);
      items[q] = hits.rows();
      scores[q] = hits.scores();
    }
    return new Neighbors(accepted.length, items, scores);
  }

  private static TopK[] scan(
      Metric metric,
      Vectors vectors,
      List<float[]> queries,
      int kept,
      int[] share,
      Progress progress) {
    TopK[] best = new TopK[queries.size()];
    Arrays.setAll(best, _ -> new TopK(kept, share.length));
    for (int block = 0; block < share.length; block += BLOCK) {
      int end = Math.min(share.length, block + BLOCK);
      for (int q = 0; q < queries.size(); q++) {
        float[] query = queries.get(q);
        for (int i = block; i < end; i++) {
          best[q].offer(vectors.score(metric, query, share[i]), share[i]);
        }
      }
      progress.add(end - block);
    }
    return best;
  }

  /** What the first {@code k} of them demand of an answer. */
  public Truth truth(int k) {
    float[] last = new float[scores.length];
    int wanted = Math.min(k, matching);
    for (int q = 0; q < last.length && wanted > 0; q++) {
      last[q] = scores[q][wanted - 1];
    }
    return new Truth(matching, k, last);
  }

  /** The same of some queries only. */
  public Neighbors of(int[] queries) {
    return new Neighbors(
        matching,
        Arrays.stream(queries).mapToObj(q -> items[q]).toArray(int[][]::new),
        Arrays.stream(queries).mapToObj(q -> scores[q]).toArray(float[][]::new));
  }
}
