package io.elacsym.index.hnsw.graph;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;

/**
 * The vectors of all nodes, and how they score each other: higher is nearer, under every {@link
 * Metric}. Where the literature on graphs says distance, it is minus the score here.
 *
 * <p>They lie in pages of a power of two of vectors, so that more than 2^31 components fit and one
 * page is one piece of the blob. Plain arrays, not memory segments: the host's kernel then only
 * ever meets one kind of memory.
 */
public final class VectorStore {
  /** The most bytes of one page, and of one range read. */
  public static final int PAGE_BYTES = 4 << 20;

  private final float[][] pages;
  private final int shift;
  private final int mask;
  private final int count;
  private final int dimension;
  private final boolean euclidean;
  private final VectorMath math;

  public VectorStore(int count, int dimension, Metric metric, VectorMath math) {
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

  public int count() {
    return count;
  }

  public int pages() {
    return pages.length;
  }

  /** All components of one page, vector after vector. */
  public float[] page(int page) {
    return pages[page];
  }

  /** The page in which {@code node}'s vector lies. */
  public float[] pageOf(int node) {
    return pages[node >>> shift];
  }

  /** Where in its page {@code node}'s vector begins. */
  public int offset(int node) {
    return (node & mask) * dimension;
  }

  /** What a node scores for {@code query[from..from+dimension)}. */
  public float score(float[] query, int from, int node) {
    return euclidean
        ? -math.squaredDistance(query, from, pageOf(node), offset(node), dimension)
        : math.dot(query, from, pageOf(node), offset(node), dimension);
  }

  /** Scores of {@code nodes[0..size)}, as {@link #score}, into {@code scores}. */
  public void scores(float[] query, int from, int[] nodes, int size, float[] scores) {
    if (euclidean) {
      for (int i = 0; i < size; i++) {
        int node = nodes[i];
        scores[i] = -math.squaredDistance(query, from, pageOf(node), offset(node), dimension);
      }
    } else {
      for (int i = 0; i < size; i++) {
        int node = nodes[i];
        scores[i] = math.dot(query, from, pageOf(node), offset(node), dimension);
      }
    }
  }

  /** What one node scores for another. */
  public float between(int a, int b) {
    return score(pageOf(a), offset(a), b);
  }
}
