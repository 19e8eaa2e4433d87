package io.elacsym.index.hnsw.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TopK;
import io.elacsym.index.codes.Candidates;
import io.elacsym.index.hnsw.blob.v1.BlobLayout;
import io.elacsym.index.hnsw.blob.v1.Loaded;
import io.elacsym.index.hnsw.code.CodeQuery;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.NodeRows;

/** The memory one search works in. */
final class Scratch {
  /** How many nodes a scan compares in one call. */
  static final int BATCH = 128;

  final Beam beam;
  final CodeQuery code;
  final Candidates candidates = new Candidates();
  final VectorScores vectors;
  final TopK top = new TopK(0, 0);
  final float[] query;
  final int[] nodes = new int[BATCH];
  final float[] scores = new float[BATCH];

  final Runnable checkCancelled;
  private final int nodesOfAll;
  private int[] wave = {};

  /**
   * @param checkCancelled throws when a search should end
   */
  Scratch(Loaded index, Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.nodesOfAll = index.nodes();
    BlobLayout layout = index.layout();
    beam =
        index.hasGraph()
            ? new Beam(index.nodes(), 2 * layout.m(), index.starts(), checkCancelled)
            : new Beam(0, 0);
    code = new CodeQuery(index.space(), index.codes());
    vectors = new VectorScores(index, checkCancelled);
    query = new float[layout.dimension()];
  }

  /** As many nodes as vectors are read in one wave, or all. */
  int[] wave() {
    if (wave.length == 0) {
      wave = new int[Math.min(vectors.wave(), nodesOfAll)];
    }
    return wave;
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
