package io.elacsym.index.hnsw.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.index.hnsw.graph.NodeRows;

/** The nodes that have an accepted row, each once, in the order of the nodes or of the rows. */
final class AcceptedNodes {
  private final NodeRows rows;
  private final RowSet accept;
  private final int nodes;
  private int next;

  AcceptedNodes(NodeRows rows, int nodes, RowSet accept) {
    this.rows = rows;
    this.nodes = nodes;
    this.accept = accept;
  }

  /** Fills {@code to} with the next ones and says how many; fewer than fit are the last. */
  int next(int[] to) {
    // Where each node has one row, rows that are not accepted need not be looked at.
    return nodes == rows.rows() ? byRow(to) : byNode(to);
  }

  private int byRow(int[] to) {
    int size = 0;
    while (size < to.length && next >= 0) {
      int row = accept.next(next);
      if (row < 0) {
        next = -1;
        break;
      }
      int node = rows.node(row);
      if (node >= 0) {
        to[size++] = node;
      }
      next = row + 1;
    }
    return size;
  }

  private int byNode(int[] to) {
    int size = 0;
    while (size < to.length && next < nodes) {
      if (rows.anyOf(next, accept)) {
        to[size++] = next;
      }
      next++;
    }
    return size;
  }
}
