package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.RecallCurve;
import io.elacsym.index.hnsw.graph.VectorStore;
import java.util.Arrays;

/** Measures a {@link RecallCurve} with nodes that are not linked yet as queries. */
final class Calibrator {
  private static final int FIRST_WIDTH = 10;
  private static final int MAX_WIDTH = 2048;
  private static final double GROWTH = 1.4;

  /** Recall beyond which no further width is measured. */
  private static final double ENOUGH = 0.9995;

  /** Vectors compared with several queries while they are in the cache. */
  private static final int BLOCK = 128;

  private static final int QUERIES_PER_BLOCK = 8;

  private final Graph graph;
  private final int linked;
  private final int queries;
  private final Workers workers;

  private Calibrator(Graph graph, int linked, Workers workers) {
    this.graph = graph;
    this.linked = linked;
    this.queries = graph.vectors().count() - linked;
    this.workers = workers;
  }

  /**
   * @param graph in which the nodes 0 to {@code linked - 1} are linked, with lists as long as they
   *     will be stored; there are at least 100 of them, and at least one more that is not
   */
  static RecallCurve measure(Graph graph, int linked, Workers workers, Runnable cancellation) {
    return new Calibrator(graph, linked, workers).curve(cancellation);
  }

  private RecallCurve curve(Runnable cancellation) {
    float[] tenth = new float[queries];
    float[] hundredth = new float[queries];
    findTruth(tenth, hundredth);

    Beam[] beams = new Beam[workers.count()];
    Arrays.setAll(beams, worker -> new Beam(linked, graph.base().stride()));
    int[] widths = new int[RecallCurve.MAX_POINTS];
    float[] scored = new float[RecallCurve.MAX_POINTS];
    float[] recall10 = new float[RecallCurve.MAX_POINTS];
    float[] recall100 = new float[RecallCurve.MAX_POINTS];
    int points = 0;
    int width = FIRST_WIDTH;
    int widest = Math.max(100, Math.min(MAX_WIDTH, linked / 2));
    while (true) {
      cancellation.run();
      int point = points++;
      widths[point] = width;
      measure(width, beams, tenth, hundredth, point, scored, recall10, recall100);
      boolean enough = recall10[point] >= ENOUGH && recall100[point] >= ENOUGH;
      if (enough || width >= widest || points == RecallCurve.MAX_POINTS) {
        break;
      }
      int wider = (int) Math.ceil(width * GROWTH);
      // 100 itself is a point: the narrowest beam that can find 100.
      width = width < 100 && wider > 100 ? 100 : Math.min(widest, wider);
    }
    return new RecallCurve(
        Arrays.copyOf(widths, points),
        Arrays.copyOf(scored, points),
        Arrays.copyOf(recall10, points),
        Arrays.copyOf(recall100, points));
  }

  /** Scores of the true 10th and 100th nearest of each query: what scores no less is a hit. */
  private void findTruth(float[] tenth, float[] hundredth) {
    VectorStore vectors = graph.vectors();
    int blocks = (queries + QUERIES_PER_BLOCK - 1) / QUERIES_PER_BLOCK;
    workers.loop(
        blocks,
        (worker, block) -> {
          int from = block * QUERIES_PER_BLOCK;
          int to = Math.min(queries, from + QUERIES_PER_BLOCK);
          TopK[] nearest = new TopK[to - from];
          Arrays.setAll(nearest, i -> new TopK(100, linked));
          for (int start = 0; start < linked; start += BLOCK) {
            int end = Math.min(linked, start + BLOCK);
            for (int query = from; query < to; query++) {
              float[] page = vectors.pageOf(linked + query);
              int offset = vectors.offset(linked + query);
              for (int node = start; node < end; node++) {
                nearest[query - from].offer(vectors.score(page, offset, node), node);
              }
            }
          }
          for (int query = from; query < to; query++) {
            long[] best = nearest[query - from].best();
            tenth[query] = ScoreKey.score(best[9]);
            hundredth[query] = ScoreKey.score(best[99]);
          }
        });
  }

  private void measure(
      int width,
      Beam[] beams,
      float[] tenth,
      float[] hundredth,
      int point,
      float[] scored,
      float[] recall10,
      float[] recall100) {
    VectorStore vectors = graph.vectors();
    int[] compared = new int[queries];
    int[] hits10 = new int[queries];
    int[] hits100 = new int[queries];
    workers.loop(
        queries,
        (worker, query) -> {
          Beam beam = beams[worker];
          float[] page = vectors.pageOf(linked + query);
          int offset = vectors.offset(linked + query);
          beam.start();
          int slot = 0;
          for (int level = graph.top(); level > 0; level--) {
            slot = beam.descend(graph, level, slot, page, offset);
          }
          int entry = graph.slotNodes()[slot];
          beam.widen(vectors, graph.base(), entry, page, offset, width);
          long[] found = beam.nearest().sort();
          int size = beam.nearest().size();
          compared[query] = beam.scored();
          hits10[query] = within(found, Math.min(size, 10), tenth[query]);
          hits100[query] = width < 100 ? 0 : within(found, Math.min(size, 100), hundredth[query]);
        });
    // A wider beam is never worse: what falls is noise, and would break the search for a width.
    scored[point] = rising(scored, point, mean(compared));
    recall10[point] = rising(recall10, point, surely(hits10) / 10);
    recall100[point] = rising(recall100, point, surely(hits100) / 100);
  }

  private static int within(long[] found, int size, float least) {
    int hits = 0;
    while (hits < size && ScoreKey.score(found[hits]) >= least) {
      hits++;
    }
    return hits;
  }

  private static double mean(int[] counts) {
    return Arrays.stream(counts).average().orElseThrow();
  }

  /** The mean less its standard error: other queries will have another mean. */
  private static double surely(int[] counts) {
    double mean = mean(counts);
    double squares = Arrays.stream(counts).mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return Math.max(0, mean - Math.sqrt(squares) / counts.length);
  }

  private static float rising(float[] values, int point, double value) {
    return (float) (point == 0 ? value : Math.max(value, values[point - 1]));
  }
}
