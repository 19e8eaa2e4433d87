package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.NodeRows;
import io.elacsym.index.hnsw.graph.RecallCurve;
import io.elacsym.index.hnsw.graph.VectorStore;

/**
 * A blob in memory.
 *
 * @param vectors by node
 * @param rows of the nodes
 * @param graph over the nodes; without levels when the blob has none
 * @param curve what the graph was measured to find; without points when there is none
 */
public record Loaded(VectorStore vectors, NodeRows rows, Graph graph, RecallCurve curve) {
  public boolean hasGraph() {
    return graph.top() > 0;
  }
}
