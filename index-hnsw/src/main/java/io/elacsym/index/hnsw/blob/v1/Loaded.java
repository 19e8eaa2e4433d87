package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.index.StoredVectors;
import io.elacsym.index.hnsw.code.CodeSpace;
import io.elacsym.index.hnsw.code.NodeCodes;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.NodeRows;

/**
 * A blob in memory, but for its links, which may come later, and vectors, which are read as they
 * are asked for.
 *
 * @param layout of the blob
 * @param space of the codes
 * @param codes of the nodes
 * @param rows of the nodes
 * @param starts nodes at which searches begin, too
 * @param calibration what the graph was measured to find; without points when there is none
 * @param links of the graph
 * @param vectors of the nodes, as the user gave them, by {@link #vector}
 */
public record Loaded(
    BlobLayout layout,
    CodeSpace space,
    NodeCodes codes,
    NodeRows rows,
    int[] starts,
    Calibration calibration,
    StoredLinks links,
    StoredVectors vectors) {
  public boolean hasGraph() {
    return layout.hasGraph();
  }

  public int nodes() {
    return layout.nodes();
  }

  /** As what {@link #vectors} know the vector of a node. */
  public int vector(int node) {
    return layout.vectorsPresent() ? node : rows.firstRow(node);
  }
}
