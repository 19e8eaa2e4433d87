package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.index.hnsw.code.NodeCodes;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;

/**
 * What a build has made, still in the order in which it inserted.
 *
 * @param layout of the blob to be
 * @param codes by build number
 * @param vectors those that the blob has if the layout says so
 * @param graph over build numbers; without levels and links when the layout has none
 * @param center about the mean of the vectors
 * @param calibration what the graph was measured to find; without points when the layout has none
 * @param order the build number of each node
 * @param starts where the rows of each node begin in {@code rows}, and the end of the last
 * @param rows of the nodes, node after node, as the blob shall say it
 */
public record Built(
    BlobLayout layout,
    NodeCodes codes,
    Vectors vectors,
    Graph graph,
    float[] center,
    Calibration calibration,
    int[] order,
    int[] starts,
    int[] rows) {

  /** Gives vectors as the user gave them. */
  @FunctionalInterface
  public interface Vectors {
    /** Copies the vector of a build number to the front of {@code to}. */
    void copy(int number, float[] to);
  }
}
