package io.elacsym.index.hnsw.search;

import io.elacsym.api.index.RowSet;
import io.elacsym.index.codes.ReadOrder;
import io.elacsym.index.codes.Similarity;
import io.elacsym.index.hnsw.blob.v1.Loaded;

/** Scores nodes by their vectors, which decides between them. For one thread at a time. */
final class VectorScores {
  /** The most bytes of vectors that are read in one wave. */
  private static final int WAVE_BYTES = 32 << 20;

  private final Loaded index;
  private final Similarity similarity;
  private final Runnable checkCancelled;
  private final int dimension;
  private final float[] scores = new float[Scratch.BATCH];
  private final ReadOrder order = new ReadOrder();

  VectorScores(Loaded index, Runnable checkCancelled) {
    this.index = index;
    this.similarity = new Similarity(index.space().metric(), index.space().math());
    this.checkCancelled = checkCancelled;
    this.dimension = index.layout().dimension();
  }

  /** How many vectors are read in one wave. */
  int wave() {
    return Math.max(1, WAVE_BYTES / (Float.BYTES * dimension));
  }

  /**
   * Reads the vectors of nodes, and offers the nodes' accepted rows with what they score.
   *
   * @param query of length 1 where the metric is the cosine
   * @param size how many of {@code nodes}
   */
  void offer(float[] query, int[] nodes, int size, RowSet accept, Scratch scratch) {
    int most = wave();
    for (int from = 0; from < size; from += most) {
      checkCancelled.run();
      offer(query, nodes, from, Math.min(size, from + most), accept, scratch);
    }
  }

  private void offer(float[] query, int[] nodes, int from, int to, RowSet accept, Scratch scratch) {
    int[] ids = order.rows(nodes, from, to, index::vector);
    index
        .vectors()
        .read(
            ids,
            (first, end, vectors, offset) -> {
              long stride = (long) Float.BYTES * query.length;
              for (int at = first; at < end; at += scores.length) {
                int count = Math.min(scores.length, end - at);
                similarity.scores(query, vectors, offset + stride * (at - first), count, scores);
                for (int i = 0; i < count; i++) {
                  scratch.offerRows(index.rows(), order.item(at + i), scores[i], accept);
                }
              }
            });
  }
}
