package io.elacsym.index.hnsw;

/** The memory one search works in. */
final class Scratch {
  /** How many rows a scan compares in one call. */
  static final int BATCH = 128;

  final Beam beam;
  final Nearest nearest = new Nearest();
  final float[] query;
  final int[] nodes = new int[BATCH];
  final int[] rows = new int[BATCH];
  final float[] distances = new float[BATCH];

  Scratch(Graph graph, int dimension) {
    beam = new Beam(graph.top() == 0 ? 0 : graph.vectors().count(), graph.base().stride());
    query = new float[dimension];
  }
}
