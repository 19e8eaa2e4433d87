package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.NodeRows;
import io.elacsym.index.hnsw.graph.RecallCurve;
import java.util.Optional;

/**
 * What a build may take over from a blob.
 *
 * @param layout of the blob
 * @param rows of its nodes
 * @param graph over the nodes, if there is one
 * @param ordinary what the graph was measured to find for queries that resemble the rows
 */
public record Former(
    BlobLayout layout, NodeRows rows, Optional<Graph> graph, RecallCurve ordinary) {}
