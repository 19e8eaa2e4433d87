package com.example.elacsym.flat;

import io.elacsym.api.index.VectorHits;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The best rows seen so far, at most {@code limit} of them. For one thread. */
final class BestRows {
  private record Row(int row, float score) {}

  /** Higher scores first, equal scores by row: the order of {@link VectorHits}. */
  private static final Comparator<Row> BEST_FIRST =
      Comparator.comparingDouble(Row::score).reversed().thenComparingInt(Row::row);

  private final int limit;
  private final PriorityQueue<Row> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());

  BestRows(int limit) {
    this.limit = limit;
  }

  /** Takes a row into account. Rows come in ascending order, so an equal score comes too late. */
  void offer(int row, float score) {
    if (worstFirst.size() < limit) {
      worstFirst.add(new Row(row, score));
    } else if (limit > 0 && score > worstFirst.element().score()) {
      worstFirst.remove();
      worstFirst.add(new Row(row, score));
    }
  }

  VectorHits hits(int scored) {
    int[] rows = new int[worstFirst.size()];
    float[] scores = new float[rows.length];
    for (int i = rows.length - 1; i >= 0; i--) {
      Row worst = worstFirst.remove();
      rows[i] = worst.row();
      scores[i] = worst.score();
    }
    return new VectorHits(rows, scores, scored);
  }
}
