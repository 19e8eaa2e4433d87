package io.elacsym.index.hnsw.graph;

/**
 * How near nodes are to one query: higher is nearer, under every metric. Where the literature on
 * graphs says distance, it is minus the score here. For one thread at a time.
 */
public interface Scorer {
  /**
   * Scores {@code nodes[0..size)}.
   *
   * @param scores receives what they score, which may be off by one number that is the same for all
   */
  void scores(int[] nodes, int size, float[] scores);

  /** The standard deviation of a node's score from what it is given; 0 where that is exact. */
  default float deviation(int node) {
    return 0;
  }
}
