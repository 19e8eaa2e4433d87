package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.Links;
import java.util.BitSet;

/**
 * Makes every node reachable on level 0 from the entry point. Choosing diverse links can leave
 * nodes to which nobody links: of many equal vectors, say, or small ones under the inner product.
 */
final class Connectivity {
  /** Among how many of the nearest reachable nodes a free place is looked for first. */
  private static final int WIDTH = 48;

  private final Graph graph;
  private final VectorStore.Query query;
  private final int limit;
  private final BitSet reached;
  private final int[] queue;
  private final Beam beam;
  private int expanded;
  private int queued;
  private int rotating;

  private Connectivity(Graph graph, VectorStore vectors, int limit) {
    this.graph = graph;
    this.query = vectors.new Query();
    this.limit = limit;
    int count = vectors.count();
    reached = new BitSet(count);
    queue = new int[count];
    beam = new Beam(count, graph.base().stride());
  }

  /**
   * Adds links until every node is reached, never more than {@code limit} for a node.
   *
   * @param linked how many nodes the graph has by now
   * @return how many nodes were out of reach
   */
  static int repair(
      Graph graph, VectorStore vectors, int linked, int limit, Runnable cancellation) {
    Connectivity connectivity = new Connectivity(graph, vectors, limit);
    connectivity.reach(graph.entryNode());
    int lost = 0;
    for (int node = connectivity.reached.nextClearBit(0);
        node < linked;
        node = connectivity.reached.nextClearBit(node + 1)) {
      if ((lost++ & 255) == 0) {
        cancellation.run();
      }
      connectivity.rescue(node);
    }
    return lost;
  }

  /** Marks everything that {@code start} leads to, in breadth-first order. */
  private void reach(int start) {
    Links base = graph.base();
    reached.set(start);
    queue[queued++] = start;
    while (expanded < queued) {
      int node = queue[expanded++];
      int degree = base.count(node);
      for (int i = 0; i < degree; i++) {
        int neighbour = base.get(node, i);
        if (!reached.get(neighbour)) {
          reached.set(neighbour);
          queue[queued++] = neighbour;
        }
      }
    }
  }

  private void rescue(int node) {
    int from = freeNear(node);
    if (from < 0) {
      return; // every list is full: a search that finds too little falls back to a scan
    }
    Links base = graph.base();
    base.append(from, base.count(from), node);
    int degree = base.count(node);
    if (degree < limit && !linked(base, node, degree, from)) {
      base.append(node, degree, from);
    }
    reach(node);
  }

  private static boolean linked(Links base, int node, int degree, int to) {
    for (int i = 0; i < degree; i++) {
      if (base.get(node, i) == to) {
        return true;
      }
    }
    return false;
  }

  /** A reached node with a free place: near {@code node} if there is one, or -1. */
  private int freeNear(int node) {
    query.set(node);
    int slot = 0;
    for (int level = graph.top(); level > 0; level--) {
      slot = beam.descend(graph, level, slot, query);
    }
    // An upper level may lead to a node that level 0 has lost; the entry point is always reached.
    int entry = graph.slotNodes()[slot];
    if (!reached.get(entry)) {
      entry = graph.entryNode();
    }
    beam.widen(query, graph.base(), entry, WIDTH);
    long[] found = beam.nearest().sort();
    for (int i = 0; i < beam.nearest().size(); i++) {
      int candidate = ScoreKey.row(found[i]);
      if (candidate != node && graph.base().count(candidate) < limit) {
        return candidate;
      }
    }
    while (rotating < queued) {
      if (graph.base().count(queue[rotating]) < limit) {
        return queue[rotating];
      }
      rotating++;
    }
    return -1;
  }
}
