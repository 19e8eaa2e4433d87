package io.elacsym.index.ivf.search;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.codes.Similarity;
import java.lang.foreign.MemorySegment;

/** Scores items by their vectors, exactly. */
final class VectorScan implements Scan {
  /** Items that one call of the kernel scores. */
  private static final int PART = 256;

  /**
   * When at least one in this many of some consecutive items is accepted, all of them are scored:
   * the kernel is fast on long runs, and scores of other items are dropped.
   */
  private static final int DENSE = 3;

  private final float[] query;
  private final Similarity similarity;
  private final Accepted accepted;
  private final TopK top;
  private final long stride;
  private final float[] scores = new float[PART];
  private int scored;

  /**
   * @param query as {@link Similarity#prepare} left it
   * @param offers how many items will be accepted, at most
   */
  VectorScan(float[] query, Similarity similarity, Accepted accepted, int k, int offers) {
    this.query = query;
    this.similarity = similarity;
    this.accepted = accepted;
    this.top = new TopK(k, offers);
    this.stride = (long) Float.BYTES * query.length;
  }

  TopK top() {
    return top;
  }

  @Override
  public ByteRange range(int first, int end) {
    return new ByteRange(stride * first, stride * (end - first));
  }

  @Override
  public void scan(int list, int first, int end, MemorySegment bytes) {
    for (int from = first; from < end; from += PART) {
      int to = Math.min(end, from + PART);
      if (accepted.items().cardinality(from, to) * DENSE >= to - from) {
        score(first, from, to, bytes);
      } else {
        scanRuns(first, from, to, bytes);
      }
    }
  }

  /** Scores run by run: neighbours that are both accepted go to the kernel together. */
  private void scanRuns(int first, int from, int to, MemorySegment bytes) {
    int item = accepted.items().next(from);
    while (item >= 0 && item < to) {
      int end = item + 1;
      while (end < to && accepted.contains(end)) {
        end++;
      }
      score(first, item, end, bytes);
      item = accepted.items().next(end);
    }
  }

  private void score(int first, int from, int to, MemorySegment bytes) {
    similarity.scores(query, bytes, stride * (from - first), to - from, scores);
    float threshold = top.threshold();
    for (int item = from; item < to; item++) {
      float score = scores[item - from];
      if (accepted.contains(item)) {
        scored++;
        if (!(score < threshold)) {
          top.offer(score, item);
          threshold = top.threshold();
        }
      }
    }
  }

  @Override
  public float score(int rank) {
    long[] best = top.best();
    return best.length < rank ? Float.NEGATIVE_INFINITY : ScoreKey.score(best[rank - 1]);
  }

  @Override
  public int scored() {
    return scored;
  }
}
