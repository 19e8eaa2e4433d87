package io.elacsym.index.hnsw;

/**
 * Chooses which candidates become links (SELECT-NEIGHBORS-HEURISTIC, algorithm 4 of Malkov and
 * Yashunin): a candidate that is nearer to a chosen one than to the base is left out, since the chosen
 * one leads there. For one thread at a time.
 */
final class Diversity {
  private final int[] chosen;
  private int size;

  /**
   * @param most the most links that will ever be asked for
   */
  Diversity(int most) {
    chosen = new int[most];
  }

  /** The ids chosen last, in {@code [0..size)}. */
  int[] chosen() {
    return chosen;
  }

  /** How many were chosen last. */
  int size() {
    return size;
  }

  /**
   * Chooses at most {@code limit} of {@code candidates[0..count)}, {@linkplain Key keys} with the
   * distance to the base, ascending.
   */
  void choose(VectorStore vectors, long[] candidates, int count, int limit) {
    size = 0;
    for (int i = 0; i < count && size < limit; i++) {
      int candidate = Key.id(candidates[i]);
      // "Not farther" instead of "nearer": of equal vectors one is enough to lead to the others.
      if (!covered(vectors, candidate, Key.distance(candidates[i]))) {
        chosen[size++] = candidate;
      }
    }
  }

  private boolean covered(VectorStore vectors, int candidate, float distance) {
    float[] page = vectors.pageOf(candidate);
    int offset = vectors.offset(candidate);
    for (int i = 0; i < size; i++) {
      if (vectors.distance(page, offset, chosen[i]) <= distance) {
        return true;
      }
    }
    return false;
  }
}
