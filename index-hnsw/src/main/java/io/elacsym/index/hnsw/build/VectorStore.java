package io.elacsym.index.hnsw.build;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.index.hnsw.graph.Scorer;

/**
 * The vectors of all nodes while they are linked, and how they score each other: higher is nearer,
 * under every {@link Metric}.
 *
 * <p>They lie in pages of a power of two of vectors, so that more than 2^31 components fit. Plain
 * arrays, not memory segments: the host's kernel then only ever meets one kind of memory.
 */
final class VectorStore {
  private static final int PAGE_BYTES = 4 << 20;

  private final float[][] pages;
  private final int shift;
  private final int mask;
  private final int count;
  private final int dimension;
  private final boolean euclidean;
  private final VectorMath math;

  VectorStore(int count, int dimension, Metric metric, VectorMath math) {
    this.count = count;
    this.dimension = dimension;
    this.euclidean = metric == Metric.L2;
    this.math = math;
    this.shift = 31 - Integer.numberOfLeadingZeros(PAGE_BYTES / (Float.BYTES * dimension));
    this.mask = (1 << shift) - 1;
    this.pages = new float[(count + mask) >>> shift][];
    for (int page = 0; page < pages.length; page++) {
      pages[page] = new float[Math.min(1 << shift, count - (page << shift)) * dimension];
    }
  }

  int count() {
    return count;
  }

  /** The page in which {@code node}'s vector lies. */
  float[] pageOf(int node) {
    return pages[node >>> shift];
  }

  /** Where in its page {@code node}'s vector begins. */
  int offset(int node) {
    return (node & mask) * dimension;
  }

  /** What a node scores for {@code query[from..from+dimension)}. */
  float score(float[] query, int from, int node) {
    return euclidean
        ? -math.squaredDistance(query, from, pageOf(node), offset(node), dimension)
        : math.dot(query, from, pageOf(node), offset(node), dimension);
  }

  /** What nodes score for a vector. */
  final class Query implements Scorer {
    private float[] vector = {};
    private int from;

    /** Begins with another query, {@code vector[from..from+dimension)}. */
    void set(float[] vector, int from) {
      this.vector = vector;
      this.from = from;
    }

    /** Begins with the vector of a node. */
    void set(int node) {
      set(pageOf(node), offset(node));
    }

    @Override
    public void scores(int[] nodes, int size, float[] scores) {
      for (int i = 0; i < size; i++) {
        scores[i] = score(vector, from, nodes[i]);
      }
    }
  }

  /** What one node scores for another. */
  float between(int a, int b) {
    return score(pageOf(a), offset(a), b);
  }
}
