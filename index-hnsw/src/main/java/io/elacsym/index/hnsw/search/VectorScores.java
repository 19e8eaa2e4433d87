package io.elacsym.index.hnsw.search;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.UnitLength;
import io.elacsym.index.codes.Bytes;
import io.elacsym.index.hnsw.blob.v1.Loaded;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Scores nodes by their vectors, which decides between them. For one thread at a time. */
final class VectorScores {
  /** The most bytes of vectors that are read in one wave. */
  private static final int WAVE_BYTES = 32 << 20;

  private final Loaded index;
  private final Metric metric;
  private final VectorMath math;
  private final Runnable checkCancelled;
  private final float[] vector;
  private final float[] scores = new float[Scratch.BATCH];
  private long[] order = new long[Scratch.BATCH];

  VectorScores(Loaded index, Runnable checkCancelled) {
    this.index = index;
    this.metric = index.space().metric();
    this.math = index.space().math();
    this.checkCancelled = checkCancelled;
    this.vector = new float[index.layout().dimension()];
  }

  /** How many vectors are read in one wave. */
  int wave() {
    return Math.max(1, WAVE_BYTES / (Float.BYTES * vector.length));
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
    int[] ids = sorted(nodes, from, to);
    index
        .vectors()
        .read(
            ids,
            (first, end, vectors, offset) -> {
              long stride = (long) Float.BYTES * query.length;
              for (int at = first; at < end; at += scores.length) {
                int count = Math.min(scores.length, end - at);
                score(query, vectors, offset + stride * (at - first), count);
                for (int i = 0; i < count; i++) {
                  scratch.offerRows(index.rows(), (int) order[at + i], scores[i], accept);
                }
              }
            });
  }

  /** The vectors to read, ascending; {@link #order} has the node of each in its lower half. */
  private int[] sorted(int[] nodes, int from, int to) {
    int size = to - from;
    if (order.length < size) {
      order = new long[size];
    }
    for (int i = 0; i < size; i++) {
      int node = nodes[from + i];
      order[i] = ((long) index.vector(node) << 32) | node;
    }
    Arrays.sort(order, 0, size);
    int[] ids = new int[size];
    for (int i = 0; i < size; i++) {
      ids[i] = (int) (order[i] >>> 32);
    }
    return ids;
  }

  private void score(float[] query, MemorySegment vectors, long offset, int count) {
    switch (metric) {
      case DOT -> math.dots(query, vectors, offset, count, scores, 0);
      case L2 -> {
        math.squaredDistances(query, vectors, offset, count, scores, 0);
        for (int i = 0; i < count; i++) {
          scores[i] = -scores[i];
        }
      }
      case COSINE -> {
        for (int i = 0; i < count; i++) {
          long at = offset + (long) Float.BYTES * query.length * i;
          MemorySegment.copy(vectors, Bytes.F32, at, vector, 0, vector.length);
          UnitLength.scale(math, vector, 0, vector.length);
          scores[i] = math.dot(query, 0, vector, 0, vector.length);
        }
      }
    }
  }
}
