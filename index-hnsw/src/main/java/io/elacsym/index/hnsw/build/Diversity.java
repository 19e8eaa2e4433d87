package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.ScoreKey;

/**
 * Chooses which candidates become links (SELECT-NEIGHBORS-HEURISTIC, algorithm 4 of Malkov and
 * Yashunin): a candidate that is nearer to a chosen one than to the base is left out, since the
 * chosen one leads there. For one thread at a time.
 *
 * <p>Equal vectors need care. Of several equal candidates one is enough, or they would fill the
 * list; but a chosen one that equals the base is as far from everything as the base is, and must
 * not push all others out, or equal vectors would link to each other only.
 */
final class Diversity {
  private final int[] chosen;
  private final float[] scores;
  private int size;

  /**
   * @param most the most links that will ever be asked for
   */
  Diversity(int most) {
    chosen = new int[most];
    scores = new float[most];
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
   * Chooses at most {@code limit} of {@code candidates[0..count)}, {@linkplain ScoreKey keys} with
   * what they score for the base, ascending.
   */
  void choose(VectorStore vectors, long[] candidates, int count, int limit) {
    size = 0;
    for (int i = 0; i < count && size < limit; i++) {
      int candidate = ScoreKey.row(candidates[i]);
      float score = ScoreKey.score(candidates[i]);
      if (!covered(vectors, candidate, score)) {
        scores[size] = score;
        chosen[size++] = candidate;
      }
    }
  }

  private boolean covered(VectorStore vectors, int candidate, float score) {
    float[] page = vectors.pageOf(candidate);
    int offset = vectors.offset(candidate);
    for (int i = 0; i < size; i++) {
      float between = vectors.score(page, offset, chosen[i]);
      if (between > score || (between == score && scores[i] == score)) {
        return true;
      }
    }
    return false;
  }
}
