package io.elacsym.index.hnsw;

import io.elacsym.api.index.RowSet;

/** Compares every accepted row with the query. */
final class ExactScan {
  private ExactScan() {}

  /**
   * Leaves the {@code k} nearest accepted rows in {@code scratch.nearest}, {@linkplain Key keyed}
   * by row.
   *
   * @return how many vectors were compared
   */
  static int run(Loaded index, float[] query, int k, RowSet accept, Scratch scratch) {
    NodeRows rows = index.rows();
    scratch.nearest.reset(k);
    int scored = 0;
    int size = 0;
    for (int row = accept.next(0); row >= 0; row = accept.next(row + 1)) {
      int node = rows.node(row);
      if (node < 0) {
        continue;
      }
      scratch.nodes[size] = node;
      scratch.rows[size++] = row;
      if (size == Scratch.BATCH) {
        compare(index.vectors(), query, size, scratch);
        scored += size;
        size = 0;
      }
    }
    compare(index.vectors(), query, size, scratch);
    return scored + size;
  }

  private static void compare(VectorStore vectors, float[] query, int size, Scratch scratch) {
    vectors.distances(query, 0, scratch.nodes, size, scratch.distances);
    for (int i = 0; i < size; i++) {
      scratch.nearest.offer(Key.of(scratch.distances[i], scratch.rows[i]));
    }
  }
}
