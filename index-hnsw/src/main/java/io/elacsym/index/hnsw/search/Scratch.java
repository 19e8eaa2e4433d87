package io.elacsym.index.hnsw.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TopK;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.NodeRows;

/** The memory one search works in. */
final class Scratch {
  /** How many rows a scan compares in one call. */
  static final int BATCH = 128;

  final Beam beam;
  final TopK top = new TopK(0, 0);
  final float[] query;
  final int[] nodes = new int[BATCH];
  final int[] rows = new int[BATCH];
  final float[] scores = new float[BATCH];

  final Runnable checkCancelled;

  /**
   * @param checkCancelled throws when a search should end
   */
  Scratch(Graph graph, int dimension, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    beam =
        new Beam(
            graph.top() == 0 ? 0 : graph.vectors().count(), graph.base().stride(), checkCancelled);
    query = new float[dimension];
  }

  /** Offers the accepted rows of a node to {@link #top}. */
  void offerRows(NodeRows rows, int node, float score, RowSet accept) {
    int end = rows.end(node);
    for (int place = rows.start(node); place < end; place++) {
      int row = rows.row(place);
      if (accept.contains(row)) {
        top.offer(score, row);
      }
    }
  }
}
