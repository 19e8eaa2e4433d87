package io.elacsym.engine.query;

import io.elacsym.api.index.VectorHits;

/**
 * The k best rows of many: a binary heap with the worst of them at the top. Equal scores: the
 * smaller row is better. For one thread.
 */
final class TopRows {
  private final float[] scores;
  private final int[] rows;
  private int size;

  TopRows(int k) {
    this.scores = new float[k];
    this.rows = new int[k];
  }

  void offer(int row, float score) {
    if (size < scores.length) {
      int at = size++;
      while (at > 0 && worse(score, row, scores[(at - 1) / 2], rows[(at - 1) / 2])) {
        move((at - 1) / 2, at);
        at = (at - 1) / 2;
      }
      set(at, row, score);
    } else if (worse(scores[0], rows[0], score, row)) {
      sink(row, score);
    }
  }

  private void sink(int row, float score) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && worse(scores[child + 1], rows[child + 1], scores[child], rows[child])) {
        child++;
      }
      if (!worse(scores[child], rows[child], score, row)) {
        break;
      }
      move(child, at);
      at = child;
    }
    set(at, row, score);
  }

  private void move(int from, int to) {
    scores[to] = scores[from];
    rows[to] = rows[from];
  }

  private void set(int at, int row, float score) {
    scores[at] = score;
    rows[at] = row;
  }

  private static boolean worse(float score, int row, float thanScore, int thanRow) {
    return score < thanScore || (score == thanScore && row > thanRow);
  }

  /** Best first; empties the heap. */
  VectorHits drain(int scored) {
    int[] outRows = new int[size];
    float[] outScores = new float[size];
    while (size > 0) {
      int last = size - 1;
      outRows[last] = rows[0];
      outScores[last] = scores[0];
      int row = rows[last];
      float score = scores[last];
      size = last;
      if (size > 0) {
        sink(row, score);
      }
    }
    return new VectorHits(outRows, outScores, scored);
  }
}
