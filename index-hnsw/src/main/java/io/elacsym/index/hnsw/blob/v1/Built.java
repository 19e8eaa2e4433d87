package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.index.hnsw.code.NodeCodes;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;

/**
 * What a build has made, still in the order in which it inserted.
 *
 * @param layout of the blob to be
 * @param codes by build number
 * @param vectors as the user gave them, by build number, if the layout says that the blob has them
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
    float[][] vectors,
    Graph graph,
    float[] center,
    Calibration calibration,
    int[] order,
    int[] starts,
    int[] rows) {}
