package io.elacsym.index.hnsw;

/**
 * A blob in memory.
 *
 * @param vectors by node
 * @param rows of the nodes
 * @param graph over the nodes; without levels when the blob has none
 * @param calibration of the graph; without points when there is none
 */
record Loaded(VectorStore vectors, NodeRows rows, Graph graph, Calibration calibration) {
  boolean hasGraph() {
    return graph.top() > 0;
  }
}
