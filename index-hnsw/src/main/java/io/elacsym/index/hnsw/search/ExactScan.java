package io.elacsym.index.hnsw.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.index.hnsw.blob.v1.Loaded;
import io.elacsym.index.hnsw.graph.NodeRows;

/**
 * Compares every accepted row with the query; rows with the same vector at once where that saves.
 */
final class ExactScan {
  private final Loaded index;
  private final float[] query;
  private final RowSet accept;
  private final Scratch scratch;
  private int scored;
  private int size;

  private ExactScan(Loaded index, float[] query, RowSet accept, Scratch scratch) {
    this.index = index;
    this.query = query;
    this.accept = accept;
    this.scratch = scratch;
  }

  /**
   * Leaves the {@code k} nearest accepted rows in {@code scratch.top}.
   *
   * @param accepted how many accepted rows have a vector
   * @return how many vectors were compared
   */
  static int run(Loaded index, float[] query, int k, RowSet accept, int accepted, Scratch scratch) {
    scratch.top.reset(k, accepted);
    ExactScan scan = new ExactScan(index, query, accept, scratch);
    if (index.vectors().count() < accepted) {
      scan.byNode();
    } else {
      scan.byRow();
    }
    return scan.scored;
  }

  private void byRow() {
    NodeRows rows = index.rows();
    for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
      int node = rows.node(row);
      if (node >= 0) {
        scratch.rows[size] = row;
        scratch.nodes[size++] = node;
        if (size == Scratch.BATCH) {
          offerRows();
        }
      }
    }
    offerRows();
  }

  private void offerRows() {
    compare();
    for (int i = 0; i < size; i++) {
      scratch.top.offer(scratch.scores[i], scratch.rows[i]);
    }
    size = 0;
  }

  private void byNode() {
    int nodes = index.vectors().count();
    for (int node = 0; node < nodes; node++) {
      if (index.rows().anyOf(node, accept)) {
        scratch.nodes[size++] = node;
        if (size == Scratch.BATCH) {
          offerNodes();
        }
      }
    }
    offerNodes();
  }

  private void offerNodes() {
    compare();
    for (int i = 0; i < size; i++) {
      scratch.offerRows(index.rows(), scratch.nodes[i], scratch.scores[i], accept);
    }
    size = 0;
  }

  private void compare() {
    scratch.checkCancelled.run();
    index.vectors().scores(query, 0, scratch.nodes, size, scratch.scores);
    scored += size;
  }
}
