package io.elacsym.index.hnsw.graph;

/**
 * How wide a beam must be to find the k nearest with one wanted recall. Between 10 and 100 the
 * width grows as a power of k, beyond them in proportion to k; fewer than 10 are looked for as
 * carefully as 10.
 *
 * @param ten the width for 10
 * @param hundred the width for 100
 */
public record BeamWidth(double ten, double hundred) {
  /** What no width reaches. */
  public static final double NEVER = Double.POSITIVE_INFINITY;

  /** No recall at all is promised by any width. */
  public static final BeamWidth UNKNOWN = new BeamWidth(NEVER, NEVER);

  /**
   * @param k a number of nearest, which need not be whole
   * @return the width, at least {@code k}, or {@link #NEVER}
   */
  public double of(double k) {
    if (k <= 10) {
      return ten;
    }
    if (hundred == NEVER || ten == NEVER) {
      return NEVER;
    }
    double width = k >= 100 ? hundred * k / 100 : ten * Math.pow(hundred / ten, Math.log10(k / 10));
    return Math.max(k, width);
  }
}
