package io.elacsym.index.ivf.build;

import io.elacsym.index.codes.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A few vectors side by side, and the nearest centroid found for each. They are so few that they
 * stay in the processor's cache while all centroids are compared with them; one vector at a time,
 * the centroids would have to come from memory for each. For one thread.
 */
final class VectorBlock {
  private static final int BYTES = 96 << 10;
  private static final int MOST = 256;

  private final int dimension;
  private final MemorySegment vectors;
  private final float[] vector;
  private final int[] best;
  private final float[] bestNearness;
  private int count;

  VectorBlock(int dimension) {
    this.dimension = dimension;
    int capacity = Math.clamp(BYTES / (Float.BYTES * (long) dimension), 4, MOST);
    this.vectors = Bytes.allocate((long) Float.BYTES * dimension * capacity);
    this.vector = new float[dimension];
    this.best = new int[capacity];
    this.bestNearness = new float[capacity];
  }

  /** How many vectors it takes. */
  int capacity() {
    return best.length;
  }

  /** How many vectors it has. */
  int count() {
    return count;
  }

  MemorySegment vectors() {
    return vectors;
  }

  /** Takes {@code items[from]} to {@code items[to - 1]} in place of what it had. */
  void load(Vectors of, int[] items, int from, int to) {
    count = to - from;
    for (int i = 0; i < count; i++) {
      of.load(items[from + i], vector);
      Bytes.put(vector, vectors, (long) Float.BYTES * dimension * i);
    }
    Arrays.fill(best, 0, count, -1);
    Arrays.fill(bestNearness, 0, count, Float.NEGATIVE_INFINITY);
  }

  /**
   * Offers a centroid to every vector.
   *
   * @param nearness for each vector, how near it is
   */
  void offer(int centroid, float[] nearness) {
    for (int i = 0; i < count; i++) {
      if (nearness[i] > bestNearness[i]) {
        bestNearness[i] = nearness[i];
        best[i] = centroid;
      }
    }
  }

  /** The nearest of the offered centroids; -1 if there was none, or no distance was a number. */
  int best(int i) {
    return best[i];
  }

  /** How near that is. */
  float bestNearness(int i) {
    return bestNearness[i];
  }
}
