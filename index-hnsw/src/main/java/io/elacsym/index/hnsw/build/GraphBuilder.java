package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.LevelSizes;
import io.elacsym.index.hnsw.graph.Links;
import io.elacsym.index.hnsw.graph.VectorStore;
import java.util.Arrays;

/**
 * Links nodes into a graph, after INSERT, algorithm 1 of Malkov and Yashunin.
 *
 * <p>Nodes are inserted in batches, as in M. Dobson and others, "Scaling Graph-Based ANNS
 * Algorithms to Billion-Size Datasets" (ParlayANN), 2023: first all nodes of a batch look for their
 * neighbours in the graph as it was before the batch, then all links back to them are added,
 * grouped by the node that gains them. No two threads write the same list, so there are no locks,
 * and the graph does not depend on how many threads built it. Batches stay a small part of what is
 * linked already, so the nodes of one batch, which do not see each other, lose nothing.
 *
 * <p>Nodes are numbered so that higher levels come first: slots are nodes.
 */
final class GraphBuilder {
  private static final int MAX_BATCH = 512;

  /** A batch is at most this part of the nodes linked before it. */
  private static final int BATCH_PART = 32;

  /** Smaller loops do not pay for waking other threads. */
  private static final int ALONE = 8;

  private final Graph graph;
  private final int[] levelSizes;
  private final int m;
  private final int efConstruction;
  private final int[] parents;
  private final Workers workers;
  private final Worker[] perWorker;
  private long[] edges = new long[1024];
  private int[] groups = new int[1024];
  private int linked;

  GraphBuilder(VectorStore vectors, int m, int efConstruction, Workers workers) {
    this.m = m;
    this.efConstruction = efConstruction;
    this.workers = workers;
    this.levelSizes = LevelSizes.of(vectors.count(), m);
    Links[] upper = new Links[levelSizes.length];
    for (int level = 1; level <= upper.length; level++) {
      upper[level - 1] = Links.empty(levelSizes[level - 1], slack(level));
    }
    int[] slotNodes = new int[levelSizes[0]];
    Arrays.setAll(slotNodes, slot -> slot);
    this.graph = new Graph(vectors, Links.empty(vectors.count(), slack(0)), upper, slotNodes);
    this.parents = new int[vectors.count()];
    this.perWorker = new Worker[workers.count()];
    for (int worker = 0; worker < perWorker.length; worker++) {
      perWorker[worker] = new Worker(vectors.count());
    }
  }

  /** The graph so far. Lists may be longer than {@link #limit} until {@link #trim}. */
  Graph graph() {
    return graph;
  }

  /** For each node, the nearest node found one level above its highest; 0 on the top level. */
  int[] parents() {
    return parents;
  }

  /** The most links of a node on a finished level: 2m on level 0, m above. */
  int limit(int level) {
    return level == 0 ? 2 * m : m;
  }

  /**
   * Places for links while building. Half as many again as the limit: a full list is cut down to
   * what is worth keeping, and then takes many more links before it must be looked at again.
   */
  private int slack(int level) {
    return limit(level) + limit(level) / 2;
  }

  /** Links the nodes from the first that is not linked yet up to {@code to}, exclusive. */
  void insert(int to, Runnable cancellation) {
    if (linked == 0 && to > 0) {
      linked = 1; // nothing to link the first node to
    }
    while (linked < to) {
      cancellation.run();
      int from = linked;
      int size = Math.min(Math.min(to - from, MAX_BATCH), 1 + from / BATCH_PART);
      each(size, (worker, i) -> perWorker[worker].findNeighbours(from + i));
      for (int level = 0; level <= graph.top(); level++) {
        int end = level == 0 ? from + size : Math.min(from + size, levelSizes[level - 1]);
        if (end > from) {
          linkBack(level, from, end);
        }
      }
      linked += size;
    }
  }

  /** Cuts every list down to its limit. */
  void trim() {
    int chunk = 1024;
    for (int level = 0; level <= graph.top(); level++) {
      int atLevel = level;
      int size = level == 0 ? linked : Math.min(linked, levelSizes[level - 1]);
      workers.loop(
          (size + chunk - 1) / chunk,
          (worker, i) -> {
            int end = Math.min(size, (i + 1) * chunk);
            for (int node = i * chunk; node < end; node++) {
              perWorker[worker].trim(atLevel, node);
            }
          });
    }
  }

  private void each(int size, Workers.Body body) {
    if (size < ALONE) {
      for (int i = 0; i < size; i++) {
        body.run(0, i);
      }
    } else {
      workers.loop(size, body);
    }
  }

  /** Adds, for every link of the new nodes {@code from..end}, the link in the other direction. */
  private void linkBack(int level, int from, int end) {
    Links links = graph.level(level);
    int count = 0;
    for (int node = from; node < end; node++) {
      int degree = links.count(node);
      if (count + degree > edges.length) {
        edges = Arrays.copyOf(edges, 2 * (count + degree));
      }
      for (int i = 0; i < degree; i++) {
        edges[count++] = ((long) links.get(node, i) << 32) | node;
      }
    }
    Arrays.sort(edges, 0, count);
    if (groups.length < count + 1) {
      groups = new int[2 * count + 1];
    }
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || edges[i] >>> 32 != edges[i - 1] >>> 32) {
        groups[size++] = i;
      }
    }
    groups[size] = count;
    each(size, (worker, i) -> perWorker[worker].gain(level, groups[i], groups[i + 1]));
  }

  /** What one thread needs. */
  private final class Worker {
    private final Beam beam;
    private final Diversity diversity = new Diversity(2 * m);
    private long[] candidates = new long[256];

    Worker(int nodes) {
      beam = new Beam(nodes, slack(0));
    }

    /** Chooses the links of a new node on each of its levels. */
    void findNeighbours(int node) {
      VectorStore vectors = graph.vectors();
      float[] page = vectors.pageOf(node);
      int offset = vectors.offset(node);
      int highest = 0;
      while (highest < graph.top() && node < levelSizes[highest]) {
        highest++;
      }
      int entry = 0;
      for (int level = graph.top(); level > highest; level--) {
        entry = beam.descend(graph, level, entry, page, offset);
      }
      parents[node] = entry;
      for (int level = highest; level >= 0; level--) {
        beam.widen(vectors, graph.level(level), entry, page, offset, efConstruction);
        long[] found = beam.nearest().sort();
        diversity.choose(vectors, found, beam.nearest().size(), m);
        graph.level(level).set(node, diversity.chosen(), diversity.size());
        entry = ScoreKey.row(found[0]);
      }
    }

    /** Gives the target of {@code edges[from..to)} links to all their sources. */
    void gain(int level, int from, int to) {
      Links links = graph.level(level);
      int node = (int) (edges[from] >>> 32);
      int degree = links.count(node);
      if (degree + to - from <= links.stride()) {
        for (int i = from; i < to; i++) {
          links.append(node, degree++, (int) edges[i]);
        }
        return;
      }
      gather(links, node, degree, to - from);
      VectorStore vectors = graph.vectors();
      for (int i = from; i < to; i++) {
        int source = (int) edges[i];
        candidates[degree++] = ScoreKey.of(vectors.between(node, source), source);
      }
      keepBest(level, node, degree);
    }

    void trim(int level, int node) {
      Links links = graph.level(level);
      int degree = links.count(node);
      if (degree > limit(level)) {
        gather(links, node, degree, 0);
        keepBest(level, node, degree);
      }
    }

    private void gather(Links links, int node, int degree, int more) {
      if (candidates.length < degree + more) {
        candidates = new long[2 * (degree + more)];
      }
      VectorStore vectors = graph.vectors();
      for (int i = 0; i < degree; i++) {
        int neighbour = links.get(node, i);
        candidates[i] = ScoreKey.of(vectors.between(node, neighbour), neighbour);
      }
    }

    private void keepBest(int level, int node, int count) {
      Arrays.sort(candidates, 0, count);
      diversity.choose(graph.vectors(), candidates, count, limit(level));
      graph.level(level).set(node, diversity.chosen(), diversity.size());
    }
  }
}
