package io.elacsym.benchmarks.measure;

import io.elacsym.api.index.Metric;
import java.util.ArrayList;
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
    List<Best[]> found =
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
      Best best = new Best(kept);
      for (Best[] part : found) {
        best.addAll(part[q]);
      }
      items[q] = best.items();
      scores[q] = best.scores();
    }
    return new Neighbors(accepted.length, items, scores);
  }

  private static Best[] scan(
      Metric metric,
      Vectors vectors,
      List<float[]> queries,
      int kept,
      int[] share,
      Progress progress) {
    List<Best> best = new ArrayList<>();
    queries.forEach(_ -> best.add(new Best(Math.min(kept, share.length))));
    for (int block = 0; block < share.length; block += BLOCK) {
      int end = Math.min(share.length, block + BLOCK);
      for (int q = 0; q < queries.size(); q++) {
        float[] query = queries.get(q);
        Best of = best.get(q);
        for (int i = block; i < end; i++) {
          of.add(share[i], vectors.score(metric, query, share[i]));
        }
      }
      progress.add(end - block);
    }
    return best.toArray(Best[]::new);
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

  /** The best of what was added, best first. */
  private static final class Best {
    private final int[] items;
    private final float[] scores;
    private int size;

    Best(int capacity) {
      items = new int[capacity];
      scores = new float[capacity];
    }

    void add(int item, float score) {
      if (size == scores.length && (size == 0 || !(score > scores[size - 1]))) {
        return;
      }
      int i = Math.min(size, scores.length - 1);
      for (; i > 0 && scores[i - 1] < score; i--) {
        scores[i] = scores[i - 1];
        items[i] = items[i - 1];
      }
      scores[i] = score;
      items[i] = item;
      size = Math.min(size + 1, scores.length);
    }

    void addAll(Best other) {
      for (int i = 0; i < other.size; i++) {
        add(other.items[i], other.scores[i]);
      }
    }

    int[] items() {
      return Arrays.copyOf(items, size);
    }

    float[] scores() {
      return Arrays.copyOf(scores, size);
    }
  }
}
