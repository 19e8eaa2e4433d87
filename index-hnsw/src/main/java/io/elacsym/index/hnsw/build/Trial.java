package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.hnsw.code.CodeQuery;
import io.elacsym.index.hnsw.code.NodeCodes;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.Nearest;
import io.elacsym.index.hnsw.graph.Resemblance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Queries, what is nearest to them, and what beams find of it in a graph as it is now. */
final class Trial {
  /** Vectors compared with several queries while they are in the cache. */
  private static final int BLOCK = 128;

  private static final int QUERIES_PER_BLOCK = 8;

  private final LinkSpace space;
  private final Graph graph;
  private final int linked;
  private final Workers workers;
  private final Runnable cancellation;
  private final NodeCodes codes;
  private final Beam[] beams;
  private final CodeQuery[] coded;
  private final List<float[]> queries;
  private final float[][] asked;
  // Of each query the nearest node and the scores of the true nearest, 10th and 100th: what scores
  // no less is a hit.
  private final int[] nearest;
  private final float[] first;
  private final float[] tenth;
  private final float[] hundredth;

  /**
   * Finds what is nearest.
   *
   * @param graph in which the nodes 0 to {@code linked - 1} are linked, with lists as long as they
   *     will be stored; there are at least 100 of them
   * @param codes of all nodes, by which a search walks
   * @param queries as the metric scales them
   * @param cancellation throws when the work shall end
   */
  Trial(
      LinkSpace space,
      NodeCodes codes,
      Graph graph,
      int linked,
      Workers workers,
      List<float[]> queries,
      Runnable cancellation) {
    this.cancellation = cancellation;
    this.space = space;
    this.codes = codes;
    this.graph = graph;
    this.linked = linked;
    this.workers = workers;
    this.beams = new Beam[workers.count()];
    int[] starts =
        Arrays.stream(codes.starts(space.metric())).filter(node -> node < linked).toArray();
    Arrays.setAll(beams, worker -> new Beam(linked, graph.base().stride(), starts, () -> {}));
    this.coded = new CodeQuery[workers.count()];
    Arrays.setAll(coded, worker -> new CodeQuery(space.codes(), codes));
    this.queries = queries;
    asked = new float[queries.size()][];
    Arrays.setAll(asked, query -> space.query(queries.get(query)));
    nearest = new int[asked.length];
    first = new float[asked.length];
    tenth = new float[asked.length];
    hundredth = new float[asked.length];
    findTruth();
  }

  int queries() {
    return asked.length;
  }

  /** How near the center is to a query. */
  double ofCenter(Resemblance resemblance, int query) {
    return resemblance.ofCenter(space.metric(), space.math(), queries.get(query));
  }

  /** How near the nearest node is to a query. */
  double ofBest(Resemblance resemblance, int query) {
    float score = first[query] + (float) space.offset(queries.get(query));
    return ofBest(resemblance, query, nearest[query], score);
  }

  private double ofBest(Resemblance resemblance, int query, int node, double score) {
    return resemblance.ofBest(
        space.metric(), space.math(), queries.get(query), codes.length(node), score);
  }

  private void findTruth() {
    VectorStore vectors = space.vectors();
    int blocks = (asked.length + QUERIES_PER_BLOCK - 1) / QUERIES_PER_BLOCK;
    workers.loop(
        blocks,
        (worker, block) -> {
          cancellation.run();
          int from = block * QUERIES_PER_BLOCK;
          int to = Math.min(asked.length, from + QUERIES_PER_BLOCK);
          TopK[] best = new TopK[to - from];
          Arrays.setAll(best, i -> new TopK(100, linked));
          for (int start = 0; start < linked; start += BLOCK) {
            int end = Math.min(linked, start + BLOCK);
            for (int query = from; query < to; query++) {
              for (int node = start; node < end; node++) {
                best[query - from].offer(vectors.score(asked[query], 0, node), node);
              }
            }
          }
          for (int query = from; query < to; query++) {
            long[] keys = best[query - from].best();
            nearest[query] = ScoreKey.row(keys[0]);
            first[query] = ScoreKey.score(keys[0]);
            tenth[query] = ScoreKey.score(keys[9]);
            hundredth[query] = ScoreKey.score(keys[99]);
          }
        });
  }

  /**
   * Walks with beams of one width, by codes, and scores what they find, as a search does.
   *
   * @param members the queries to ask
   * @param likeRows with which a walk is repeated that found nothing near, as a search does
   */
  WidthSample sample(int width, int[] members, Optional<Resemblance> likeRows) {
    WidthSample sample = new WidthSample(width, asked.length);
    workers.loop(
        members.length,
        (worker, index) -> {
          cancellation.run();
          int query = members[index];
          Beam beam = beams[worker];
          CodeQuery code = coded[worker];
          code.prepare(queries.get(query));
          beam.start();
          int slot = 0;
          for (int level = graph.top(); level > 0; level--) {
            slot = beam.descend(graph, level, slot, code);
          }
          beam.widen(code, graph.base(), graph.slotNodes()[slot], width);
          if (likeRows.isPresent()) {
            double score = code.least(beam.closest(), beam.closestScore());
            double ofBest = ofBest(likeRows.get(), query, beam.closest(), score);
            if (!likeRows.get().isLikeBest(ofBest)) {
              // A search does the same.
              beam.widen(code, graph.base(), beam.closest(), Beam.SECOND_LOOK * width);
            }
          }
          long[] found = scored(beam.nearest(), asked[query]);
          int size = found.length;
          sample.scored()[query] = beam.scored();
          sample.hits1()[query] = within(found, Math.min(size, 1), first[query]);
          sample.hits10()[query] = within(found, Math.min(size, 10), tenth[query]);
          sample.hits100()[query] =
              width < 100 ? 0 : within(found, Math.min(size, 100), hundredth[query]);
        });
    return sample;
  }

  /** The nodes that were found, nearest first. */
  private long[] scored(Nearest nearest, float[] query) {
    long[] found = Arrays.copyOf(nearest.sort(), nearest.size());
    for (int i = 0; i < found.length; i++) {
      int node = ScoreKey.row(found[i]);
      found[i] = ScoreKey.of(space.vectors().score(query, 0, node), node);
    }
    Arrays.sort(found);
    return found;
  }

  private static int within(long[] found, int size, float least) {
    int hits = 0;
    while (hits < size && ScoreKey.score(found[hits]) >= least) {
      hits++;
    }
    return hits;
  }
}
