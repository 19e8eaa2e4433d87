package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.LevelSizes;
import io.elacsym.index.hnsw.graph.Links;
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
 *
 * <p>With an {@link Inheritance} most links are there before anything is inserted. Nodes that lost
 * some of theirs, because what they led to is gone, are linked to what that led to.
 */
final class GraphBuilder {
  private static final int MAX_BATCH = 512;

  /** A batch is at most this part of the nodes linked before it. */
  private static final int BATCH_PART = 32;

  /** Smaller loops do not pay for waking other threads. */
  private static final int ALONE = 8;

  private final VectorStore vectors;
  private final Graph graph;
  private final int[] levelSizes;
  private final int m;
  private final int efConstruction;
  private final int[] parents;
  private final Workers workers;
  private final Worker[] perWorker;
  private long[] edges = new long[1024];
  private int[] groups = new int[1024];
  // On how many levels a node is linked already, the lowest ones, before it is inserted.
  private final byte[] inherited;
  private final int[] batch = new int[MAX_BATCH];
  private int next;
  private int linked;

  GraphBuilder(VectorStore vectors, int m, int efConstruction, Workers workers) {
    this.vectors = vectors;
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
    this.graph = new Graph(Links.empty(vectors.count(), slack(0)), upper, slotNodes);
    this.parents = new int[vectors.count()];
    this.inherited = new byte[vectors.count()];
    this.perWorker = new Worker[workers.count()];
    for (int worker = 0; worker < perWorker.length; worker++) {
      perWorker[worker] = new Worker(vectors.count());
    }
  }

  VectorStore vectors() {
    return vectors;
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

  /** Takes over the links of a former graph, before anything is inserted. */
  void inherit(Inheritance inheritance, Runnable cancellation) {
    for (int node = 0; node < inherited.length; node++) {
      inherited[node] = (byte) inheritance.levels(node, highest(node));
      linked += inherited[node] > 0 ? 1 : 0;
    }
    for (int level = 0; level <= graph.top(); level++) {
      cancellation.run();
      int atLevel = level;
      each(
          size(level, inherited.length),
          (worker, node) -> {
            if (inherited[node] > atLevel) {
              perWorker[worker].inherit(inheritance, atLevel, node);
            }
          });
    }
    inheritParents(inheritance);
  }

  /** The former order is one in which near nodes are neighbours: what comes first is a parent. */
  private void inheritParents(Inheritance inheritance) {
    int[] latest = new int[graph.top() + 2];
    for (int node : inheritance.numbers()) {
      if (node != Inheritance.NONE) {
        int highest = highest(node);
        parents[node] = latest[highest + 1];
        Arrays.fill(latest, 0, highest + 1, node);
      }
    }
  }

  /** The highest level of a node. */
  private int highest(int node) {
    int highest = 0;
    while (highest < graph.top() && node < levelSizes[highest]) {
      highest++;
    }
    return highest;
  }

  /** How many of the first {@code count} nodes are on a level. */
  private int size(int level, int count) {
    return level == 0 ? count : Math.min(count, levelSizes[level - 1]);
  }

  /** Links the nodes from the first that was not linked yet up to {@code to}, exclusive. */
  void insert(int to, Runnable cancellation) {
    if (next == 0 && to > 0) {
      next = 1; // nothing to link the first node to
      linked = Math.max(1, linked);
    }
    while (next < to) {
      cancellation.run();
      int size = nextBatch(to);
      each(size, (worker, i) -> perWorker[worker].findNeighbours(batch[i]));
      for (int level = 0; level <= graph.top(); level++) {
        linkBack(level, size);
      }
    }
  }

  /** Puts the next nodes that lack links into {@link #batch}. */
  private int nextBatch(int to) {
    int most = Math.min(MAX_BATCH, 1 + linked / BATCH_PART);
    int size = 0;
    while (size < most && next < to) {
      int node = next++;
      if (inherited[node] <= highest(node)) {
        batch[size++] = node;
        linked += inherited[node] == 0 ? 1 : 0;
      }
    }
    return size;
  }

  /** Cuts every list of the first {@code count} nodes down to its limit. */
  void trim(int count) {
    int chunk = 1024;
    for (int level = 0; level <= graph.top(); level++) {
      int atLevel = level;
      int size = size(level, count);
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

  /** Adds, for every new link of the first nodes of the batch, that in the other direction. */
  private void linkBack(int level, int size) {
    Links links = graph.level(level);
    int count = 0;
    for (int member = 0; member < size; member++) {
      int node = batch[member];
      if (inherited[node] > level || highest(node) < level) {
        continue;
      }
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
    int targets = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || edges[i] >>> 32 != edges[i - 1] >>> 32) {
        groups[targets++] = i;
      }
    }
    groups[targets] = count;
    each(targets, (worker, i) -> perWorker[worker].gain(level, groups[i], groups[i + 1]));
  }

  /** What one thread needs. */
  private final class Worker {
    private final Beam beam;
    private final VectorStore.Query query = vectors.new Query();
    private final Diversity diversity = new Diversity(2 * m);
    private long[] candidates = new long[256];

    Worker(int nodes) {
      beam = new Beam(nodes, slack(0));
    }

    /** Takes over the links of a node on a level, and mends what is lost of them. */
    void inherit(Inheritance former, int level, int node) {
      int degree = former.count(level, node);
      candidates = room(degree + degree * former.links(level).stride());
      int size = 0;
      boolean lost = false;
      for (int i = 0; i < degree; i++) {
        int to = inherited(former, level, former.link(level, node, i));
        if (to == Inheritance.NONE) {
          lost = true;
        } else {
          candidates[size++] = to;
        }
      }
      if (lost) {
        mend(former, level, node, size);
        return;
      }
      Links links = graph.level(level);
      for (int i = 0; i < size; i++) {
        links.append(node, i, (int) candidates[i]);
      }
    }

    /** The number of what a former link leads to, if it is still on the level. */
    private int inherited(Inheritance former, int level, int link) {
      int to = former.number(level, link);
      return to == Inheritance.NONE || highest(to) < level ? Inheritance.NONE : to;
    }

    /** Links a node to the best of what it has left and of what the lost ones led to. */
    private void mend(Inheritance former, int level, int node, int left) {
      Links links = former.links(level);
      int size = left;
      for (int i = 0; i < former.count(level, node); i++) {
        int link = former.link(level, node, i);
        if (inherited(former, level, link) == Inheritance.NONE) {
          for (int j = 0; j < links.count(link); j++) {
            int to = inherited(former, level, links.get(link, j));
            if (to != Inheritance.NONE && to != node) {
              candidates[size++] = to;
            }
          }
        }
      }
      Arrays.sort(candidates, 0, size);
      int distinct = 0;
      for (int i = 0; i < size; i++) {
        int to = (int) candidates[i];
        if (i == 0 || to != ScoreKey.row(candidates[distinct - 1])) {
          candidates[distinct++] = ScoreKey.of(vectors.between(node, to), to);
        }
      }
      keepBest(level, node, distinct);
    }

    private long[] room(int size) {
      return candidates.length < size ? new long[2 * size] : candidates;
    }

    /** Chooses the links of a new node on each level that it has none on. */
    void findNeighbours(int node) {
      query.set(node);
      int highest = highest(node);
      int entry = 0;
      for (int level = graph.top(); level > highest; level--) {
        entry = beam.descend(graph, level, entry, query);
      }
      parents[node] = entry;
      for (int level = highest; level >= inherited[node]; level--) {
        beam.widen(query, graph.level(level), entry, efConstruction);
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
      for (int i = 0; i < degree; i++) {
        int neighbour = links.get(node, i);
        candidates[i] = ScoreKey.of(vectors.between(node, neighbour), neighbour);
      }
    }

    private void keepBest(int level, int node, int count) {
      Arrays.sort(candidates, 0, count);
      diversity.choose(vectors, candidates, count, limit(level));
      graph.level(level).set(node, diversity.chosen(), diversity.size());
    }
  }
}
