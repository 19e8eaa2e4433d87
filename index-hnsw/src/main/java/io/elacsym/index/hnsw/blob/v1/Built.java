package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.VectorStore;

/**
 * What a build has made, still in the order in which it inserted.
 *
 * @param layout of the blob to be
 * @param vectors by build number
 * @param graph over build numbers; without levels and links when the layout has none
 * @param calibration what the graph was measured to find; without points when the layout has none
 * @param order the build number of each node
 * @param starts where the rows of each node begin in {@code rows}, and the end of the last
 * @param rows of the nodes, node after node, as the blob shall say it
 */
public record Built(
    BlobLayout layout,
    VectorStore vectors,
    Graph graph,
    Calibration calibration,
    int[] order,
    int[] starts,
    int[] rows) {}
