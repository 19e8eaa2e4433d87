package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.NodeRows;
import io.elacsym.index.hnsw.graph.VectorStore;

/**
 * A blob in memory.
 *
 * @param vectors by node
 * @param rows of the nodes
 * @param graph over the nodes; without levels when the blob has none
 * @param calibration what the graph was measured to find; without points when there is none
 */
public record Loaded(VectorStore vectors, NodeRows rows, Graph graph, Calibration calibration) {
  public boolean hasGraph() {
    return graph.top() > 0;
  }
}
